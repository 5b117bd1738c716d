// NodeInfo: which software runs a server.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace posy::federation {

struct NodeInfo {
  std::string software;  // lower case: "mastodon"
  std::string version;
  std::vector<std::string> protocols;
  bool operator==(NodeInfo const&) const = default;
};

// /.well-known/nodeinfo: where the newest document that we understand is (schema 2.1, 2.0, 1.1, 1.0).
// Empty when there is none.
std::string read_nodeinfo_address(boost::json::object const& document);
Result<NodeInfo> read_nodeinfo(boost::json::object const& document);

}  // namespace posy::federation
