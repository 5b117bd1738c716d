// Where a web page says that what it shows can be had as a document of another kind.
#pragma once

#include <string>
#include <string_view>

namespace posy::text {

// The address in `<link rel="alternate" type="application/activity+json" href="...">` in the head of a page, or with
// the type of JSON-LD that means the same, as it stands there: it may be relative. The first one counts; empty when
// there is none. Any bytes in UTF-8, as in page_metadata.hpp.
std::string alternate_activity(std::string_view html);

}  // namespace posy::text
