// Reporting somebody to the moderators of this server, who are told (Notification admin.report).
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

// A report from another server about somebody of this one, such as a Flag of ActivityPub.
struct ArrivedReport {
  std::string uri;
  AccountId account;  // who sent it: often the server's own actor, so that nobody learns who complained
  AccountId target;
  std::vector<PostId> posts;  // those that are the target's and that the sender's server may have are kept
  std::string comment;        // cut where it is too long
};

// Nothing when it came before, or when its server has sent too many today.
std::optional<store::Report> receive_report(db::Writer& w, ArrivedReport const& arrived);

}  // namespace posy::social
