#include "federation/vocabulary/nodeinfo.hpp"

#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/reading.hpp"
#include "text/normalize.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

// The best first.
constexpr std::string_view schemas[] = {
    "http://nodeinfo.diaspora.software/ns/schema/2.1", "http://nodeinfo.diaspora.software/ns/schema/2.0",
    "http://nodeinfo.diaspora.software/ns/schema/1.1", "http://nodeinfo.diaspora.software/ns/schema/1.0"};
constexpr std::size_t protocols_max = 32;

}  // namespace

std::string read_nodeinfo_address(json::object const& document) {
  for (auto schema : schemas) {
    for (auto const& value : values_in(document, "links", limits::links_max)) {
      auto const* link = value.if_object();
      if (!link || read_token(*link, "rel", limits::type_bytes_max) != schema) continue;
      if (auto href = read_id(*link, "href"); !href.empty()) return href;
    }
  }
  return {};
}

Result<NodeInfo> read_nodeinfo(json::object const& document) {
  auto const* software = find_object(document, "software");
  if (!software) return unprocessable("The document names no software");
  NodeInfo info{.software = text::fold_username(read_token(*software, "name", limits::software_bytes_max)),
                .version = read_token(*software, "version", limits::software_bytes_max)};
  if (info.software.empty()) return unprocessable("The document names no software");
  for (auto const& value : values_in(document, "protocols", protocols_max))
    if (auto protocol = read_text(value, limits::software_bytes_max); !protocol.empty())
      info.protocols.push_back(std::move(protocol));
  return info;
}

}  // namespace posy::federation
