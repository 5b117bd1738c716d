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

std::vector<PostId> reported_posts(db::Reader& r, ReportId report) {
  return r.all<PostId>("select post from report_post where report = $1 order by post", report);
}

std::vector<CollectionId> reported_collections(db::Reader& r, ReportId report) {
  return r.all<CollectionId>("select collection from report_collection where report = $1 order by collection",
                             report);
}

}  // namespace posy::store
