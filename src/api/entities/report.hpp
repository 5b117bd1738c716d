// Report. (docs.joinmastodon.org/entities/Report)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "json/omittable.hpp"
#include "store/report.hpp"

namespace posy::api::entities {

struct Report {
  std::string id;
  bool action_taken = false;
  std::optional<Time> action_taken_at;
  store::ReportCategory category{};
  std::string comment;
  bool forwarded = false;
  Time created_at;
  std::vector<std::string> status_ids;
  std::vector<std::string> collection_ids;
  std::optional<std::vector<std::string>> rule_ids;
  json::Raw target_account;
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (id, action_taken, action_taken_at, category, comment, forwarded, created_at,
                       status_ids, collection_ids, rule_ids, target_account))

}  // namespace posy::api::entities
