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
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (id, account, target, category, comment, forward, created_at, action_taken_at))

void insert_report(db::Writer& w, Report const& report, std::vector<PostId> const& posts,
                   std::vector<CollectionId> const& collections);
std::vector<PostId> reported_posts(db::Reader& r, ReportId report);
std::vector<CollectionId> reported_collections(db::Reader& r, ReportId report);

}  // namespace posy::store
