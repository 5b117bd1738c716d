// Reporting somebody to the moderators of this server.
#pragma once

#include <string>
#include <vector>

#include "store/report.hpp"

namespace posy::social {

struct ReportDraft {
  AccountId target;
  std::vector<PostId> posts;  // of the target
  std::vector<store::CollectionId> collections;
  store::ReportCategory category = store::ReportCategory::other;
  std::vector<std::string> rules;
  std::string comment;
  bool forward = false;  // tell the target's own server too
};

// not_found when the target, or one of the posts and collections among hers, is not there for `who`.
store::Report report(db::Writer& w, AccountId who, ReportDraft const& draft);

}  // namespace posy::social
