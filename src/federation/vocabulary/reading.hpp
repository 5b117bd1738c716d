// Reading members of documents from strangers, where anything may be of any type: what does not fit counts as
// absent. A member may be a list where one value is meant; then the first that fits is taken. Lists in
// lists are not followed, so nothing here recurses.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace posy::federation {

// Null when it is absent or null.
boost::json::value const* find_member(boost::json::object const& document, std::string_view name);
// Likewise, when it is no object. Of a list the first object.
boost::json::object const* find_object(boost::json::object const& document, std::string_view name);

// The elements of a list, or the one value alone.
struct Values {
  boost::json::value const* first = nullptr;
  std::size_t count = 0;
  boost::json::value const* begin() const { return first; }
  boost::json::value const* end() const { return first + count; }
};
Values values_of(boost::json::value const& value, std::size_t max);
Values values_in(boost::json::object const& document, std::string_view name, std::size_t max);

// Empty when there is none. Without NUL, which databases refuse; cut between characters.
std::string read_text(boost::json::object const& document, std::string_view name, std::size_t bytes_max);
std::string read_text(boost::json::value const& value, std::size_t bytes_max);
// Likewise; empty when it is longer. For what is useless in part.
std::string read_token(boost::json::object const& document, std::string_view name, std::size_t bytes_max);
// The member, or the first entry of its map by language: `name` and `nameMap`.
std::string read_natural_text(boost::json::object const& document, std::string_view name,
                              std::size_t bytes_max);

std::string read_id(boost::json::object const& document, std::string_view name);
std::vector<std::string> read_ids(boost::json::object const& document, std::string_view name,
                                  std::size_t max);
bool read_flag(boost::json::object const& document, std::string_view name, bool otherwise = false);
std::optional<Time> read_time(boost::json::object const& document, std::string_view name);
std::optional<std::int64_t> read_count(boost::json::object const& document, std::string_view name);
int read_pixels(boost::json::object const& document, std::string_view name);
// Seconds, from a number or as in "PT1M30S" (ISO 8601; years and months are not understood).
double read_duration(boost::json::object const& document, std::string_view name);
// Without parameters, in lower case; empty unless it looks like one.
std::string read_media_type(boost::json::object const& document);
// A tag as in RFC 5646; empty for "und" and for what cannot be one.
std::string clean_language(std::string_view tag);

// All types, without the prefix "as:" or the namespace of ActivityStreams.
std::vector<std::string_view> types_of(boost::json::object const& document);
bool has_type(boost::json::object const& document, std::string_view type);

}  // namespace posy::federation
