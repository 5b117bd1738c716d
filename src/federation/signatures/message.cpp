#include "federation/signatures/message.hpp"

#include <algorithm>

#include "federation/signatures/characters.hpp"

namespace posy::signatures {

std::optional<std::string> field(Message const& message, std::string_view name) {
  std::optional<std::string> value;
  for (auto const& [header, text] : message.headers) {
    if (!equals_ignoring_case(header, name)) continue;
    if (value)
      value->append(", ").append(trimmed(text));
    else
      value.emplace(trimmed(text));
  }
  return value;
}

std::string normal_authority(std::string_view scheme, std::string_view authority) {
  std::string normal = in_lower_case(authority);
  std::string_view const port = equals_ignoring_case(scheme, "http") ? ":80" : ":443";
  if (normal.ends_with(port)) normal.resize(normal.size() - port.size());
  return normal;
}

bool has_content(Message const& message, std::string_view body) {
  return !body.empty() || (message.method != "GET" && message.method != "HEAD");
}

}  // namespace posy::signatures
