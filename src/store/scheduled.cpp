#include "store/scheduled.hpp"

namespace posy::store {

std::optional<ScheduledPost> find_scheduled(db::Reader& r, RowId id) {
  return r.find<ScheduledPost>("select :row from scheduled_post where id = $1", id);
}

std::vector<ScheduledPost> scheduled_by(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select :row from scheduled_post where account = $4 and :page(id)");
  return sql.all<ScheduledPost>(r, page, account);
}

std::int64_t count_scheduled(db::Reader& r, AccountId account) {
  return r.one<std::int64_t>("select count(*) from scheduled_post where account = $1", account);
}

std::int64_t count_scheduled_between(db::Reader& r, AccountId account, Time from, Time to) {
  return r.one<std::int64_t>(
      "select count(*) from scheduled_post where account = $1 and due_at >= $2 and due_at < $3", account,
      from, to);
}

void insert_scheduled(db::Writer& w, ScheduledPost const& post) {
  w.insert("scheduled_post", post);
}

void update_scheduled(db::Writer& w, RowId id, Time due_at, std::string_view error) {
  w.run("update scheduled_post set due_at = $2, error = $3 where id = $1", id, due_at, error);
}

bool delete_scheduled(db::Writer& w, RowId id) {
  return w.run("delete from scheduled_post where id = $1", id) != 0;
}

}  // namespace posy::store
