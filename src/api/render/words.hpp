// Mastodon's words for what the store calls otherwise, as they stand in parameters and answers.
#pragma once

#include <optional>
#include <string_view>

#include "store/post.hpp"
#include "store/reach.hpp"

namespace posy::api {

std::string_view visibility_name(store::Visibility visibility);  // public, unlisted, private, direct
store::Visibility parse_visibility(std::string_view name);       // the parsers refuse what is unknown
std::string_view quote_policy_name(store::QuotePolicy policy);   // public, followers, nobody
store::QuotePolicy parse_quote_policy(std::string_view name);
store::Reach parse_reach(std::string_view name);  // followers, people
std::string_view content_type_name(store::SourceType type);
store::SourceType parse_content_type(std::string_view name);  // text/plain, text/markdown

}  // namespace posy::api
