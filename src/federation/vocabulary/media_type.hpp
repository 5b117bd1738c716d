// The media types that mean "this is an ActivityStreams document".
#pragma once

#include <string_view>

namespace posy::federation {

constexpr std::string_view activity_json = "application/activity+json";
constexpr std::string_view ld_json =
    R"(application/ld+json; profile="https://www.w3.org/ns/activitystreams")";

// True for application/activity+json, and for application/ld+json with the ActivityStreams profile (which
// may be one of several). Nothing else is to be believed (ActivityPub, section 3.2).
bool is_activity_media_type(std::string_view media_type);

}  // namespace posy::federation
