// Servers that are kept away or let in. (docs.joinmastodon.org/entities/DomainBlock, Admin_DomainBlock,
// Admin_DomainAllow)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "json/omittable.hpp"
#include "store/domain_rule.hpp"

namespace posy::api::entities {

struct DomainBlock {
  std::string domain;  // perhaps in part only
  std::string digest;  // SHA-256 of the whole name
  store::Severity severity{};
  json::Omittable<std::string> comment;
};
BOOST_DESCRIBE_STRUCT(DomainBlock, (), (domain, digest, severity, comment))

struct AdminDomainBlock {
  std::string id;
  std::string domain;
  std::string digest;
  Time created_at;
  store::Severity severity{};
  bool reject_media = false;
  bool reject_reports = false;
  std::optional<std::string> private_comment;
  std::optional<std::string> public_comment;
  bool obfuscate = false;
};
BOOST_DESCRIBE_STRUCT(AdminDomainBlock, (),
                      (id, domain, digest, created_at, severity, reject_media, reject_reports, private_comment,
                       public_comment, obfuscate))

struct AdminDomainAllow {
  std::string id;
  std::string domain;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(AdminDomainAllow, (), (id, domain, created_at))

}  // namespace posy::api::entities
