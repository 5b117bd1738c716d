// NodeInfo documents. (nodeinfo.diaspora.software/ns/schema/2.1)
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <string>
#include <vector>

#include "json/omittable.hpp"

namespace posy::api::entities {

struct NodeInfoLink {
  std::string rel;
  std::string href;
};
BOOST_DESCRIBE_STRUCT(NodeInfoLink, (), (rel, href))

struct NodeInfoLinks {
  std::vector<NodeInfoLink> links;
};
BOOST_DESCRIBE_STRUCT(NodeInfoLinks, (), (links))

struct NodeInfoSoftware {
  std::string name;
  std::string version;
};
BOOST_DESCRIBE_STRUCT(NodeInfoSoftware, (), (name, version))

struct NodeInfoServices {
  std::vector<std::string> inbound;
  std::vector<std::string> outbound{"atom1.0", "rss2.0"};
};
BOOST_DESCRIBE_STRUCT(NodeInfoServices, (), (inbound, outbound))

struct NodeInfoUsers {
  std::int64_t total = 0;
  std::int64_t activeHalfyear = 0;
  std::int64_t activeMonth = 0;
};
BOOST_DESCRIBE_STRUCT(NodeInfoUsers, (), (total, activeHalfyear, activeMonth))

struct NodeInfoUsage {
  NodeInfoUsers users;
  std::int64_t localPosts = 0;
};
BOOST_DESCRIBE_STRUCT(NodeInfoUsage, (), (users, localPosts))

struct NodeInfoUpstream {
  std::string name;
  std::string version;
};
BOOST_DESCRIBE_STRUCT(NodeInfoUpstream, (), (name, version))

struct NodeInfoMetadata {
  std::string nodeName;
  std::string nodeDescription;
  NodeInfoUpstream upstream;  // whose client API this server speaks
};
BOOST_DESCRIBE_STRUCT(NodeInfoMetadata, (), (nodeName, nodeDescription, upstream))

struct NodeInfo {
  std::string version;
  NodeInfoSoftware software;
  std::vector<std::string> protocols{"activitypub"};
  NodeInfoServices services;
  bool openRegistrations = false;
  NodeInfoUsage usage;
  NodeInfoMetadata metadata;
};
BOOST_DESCRIBE_STRUCT(NodeInfo, (),
                      (version, software, protocols, services, openRegistrations, usage, metadata))

}  // namespace posy::api::entities
