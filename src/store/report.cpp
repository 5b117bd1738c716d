#include "store/report.hpp"

namespace posy::store {

void insert_report(db::Writer& w, Report const& report, std::vector<PostId> const& posts,
                   std::vector<CollectionId> const& collections) {
  w.insert("report", report);
  if (!posts.empty())
    w.run(R"sql(
        insert into report_post (report, post) select cast($1 as bigint), id from post where id in ids($2)
    )sql",
          report.id, posts);
  if (!collections.empty())
    w.run(R"sql(
        insert into report_collection (report, collection)
        select cast($1 as bigint), id from collection where id in ids($2)
    )sql",
          report.id, collections);
}

std::optional<Report> find_report(db::Reader& r, ReportId id) {
  return r.find<Report>("select :row from report where id = $1", id);
}

std::vector<Report> reports_by_id(db::Reader& r, std::vector<ReportId> const& ids) {
  if (ids.empty()) return {};
  return r.all<Report>("select :row from report where id in ids($1)", ids);
}

bool has_report(db::Reader& r, std::string_view uri, AccountId target) {
  return r.find<int>("select 1 from report where uri = $1 and target = $2", uri, target).has_value();
}

std::int64_t count_reports_of(db::Reader& r, std::string_view domain, Time since, int most) {
  return r.one<std::int64_t>(R"sql(
      select count(*) from (
        select 1 as one from report where domain = $1 and domain <> '' and created_at > $2 limit $3) counted
  )sql",
                             domain, since, most);
}

void mark_forwarded(db::Writer& w, ReportId id) {
  w.run("update report set forwarded_at = $2 where id = $1", id, w.now());
}

std::vector<ReportedPost> reported_posts(db::Reader& r, std::vector<ReportId> const& reports) {
  if (reports.empty()) return {};
  return r.all<ReportedPost>("select :row from report_post where report in ids($1) order by report, post", reports);
}

std::vector<ReportedCollection> reported_collections(db::Reader& r, std::vector<ReportId> const& reports) {
  if (reports.empty()) return {};
  return r.all<ReportedCollection>(
      "select :row from report_collection where report in ids($1) order by report, collection", reports);
}

std::vector<PostId> reported_posts(db::Reader& r, ReportId report) {
  return r.all<PostId>("select post from report_post where report = $1 order by post", report);
}

std::vector<CollectionId> reported_collections(db::Reader& r, ReportId report) {
  return r.all<CollectionId>("select collection from report_collection where report = $1 order by collection",
                             report);
}

}  // namespace posy::store
