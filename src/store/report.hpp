// Reports: what people tell the moderators about somebody.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "store/collection.hpp"

namespace posy::store {

using ReportId = Id<struct ReportTag>;

enum class ReportCategory { other, spam, legal, violation };
constexpr EnumName<ReportCategory> report_category_names[] = {{ReportCategory::other, "other"},
                                                              {ReportCategory::spam, "spam"},
                                                              {ReportCategory::legal, "legal"},
                                                              {ReportCategory::violation, "violation"}};
inline std::string_view name_of(ReportCategory category) {
  return name_in(report_category_names, category);
}
inline std::optional<ReportCategory> parse_enum(std::string_view name, ReportCategory*) {
  return find_in(report_category_names, name);
}

struct Report {
  ReportId id;
  AccountId account;  // who reports
  AccountId target;   // and whom
  ReportCategory category = ReportCategory::other;
  std::string comment;
  bool forward = false;  // the target's own server should be told too
  Time created_at;
  std::optional<Time> action_taken_at;
  std::optional<std::string> uri;  // of the Flag, where another server sent it
  std::string domain;              // that server's; empty for reports of people here
  std::optional<Time> forwarded_at;
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (id, account, target, category, comment, forward, created_at, action_taken_at, uri, domain,
                       forwarded_at))

struct ReportedPost {
  ReportId report;
  PostId post;
};
BOOST_DESCRIBE_STRUCT(ReportedPost, (), (report, post))

struct ReportedCollection {
  ReportId report;
  CollectionId collection;
};
BOOST_DESCRIBE_STRUCT(ReportedCollection, (), (report, collection))

void insert_report(db::Writer& w, Report const& report, std::vector<PostId> const& posts,
                   std::vector<CollectionId> const& collections);
std::optional<Report> find_report(db::Reader& r, ReportId id);
std::vector<Report> reports_by_id(db::Reader& r, std::vector<ReportId> const& ids);  // in no order
// Did this Flag come before, about this person?
bool has_report(db::Reader& r, std::string_view uri, AccountId target);
// How many reports of a server there are since then, counted up to `most`.
std::int64_t count_reports_of(db::Reader& r, std::string_view domain, Time since, int most);
void mark_forwarded(db::Writer& w, ReportId id);
std::vector<PostId> reported_posts(db::Reader& r, ReportId report);
std::vector<CollectionId> reported_collections(db::Reader& r, ReportId report);
// Of several reports, ordered by report and then by what was reported.
std::vector<ReportedPost> reported_posts(db::Reader& r, std::vector<ReportId> const& reports);
std::vector<ReportedCollection> reported_collections(db::Reader& r, std::vector<ReportId> const& reports);

}  // namespace posy::store
