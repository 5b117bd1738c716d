#include "store/missing_parent.hpp"

namespace posy::store {

void put_missing_parent(db::Writer& w, PostId post, std::string_view parent) {
  w.run("insert into missing_parent (post, parent) values ($1, $2) on conflict do nothing", post, parent);
}

std::vector<PostId> orphans_of(db::Reader& r, std::string_view parent, int limit) {
  return r.all<PostId>("select post from missing_parent where parent = $1 order by post limit $2", parent, limit);
}

void forget_missing_parents(db::Writer& w, std::vector<PostId> const& posts) {
  if (!posts.empty()) w.run("delete from missing_parent where post in ids($1)", posts);
}

bool is_longer(db::Reader& r, PostId thread, int most) {
  return r.one<std::int64_t>(
             "select count(*) from (select 1 as one from post where thread = $1 limit $2) found", thread, most + 1) > most;
}

void join_thread(db::Writer& w, Post const& first, Post const& parent) {
  w.run("update post set in_reply_to = $2, in_reply_to_account = $3 where id = $1", first.id, parent.id, parent.author);
  w.run("update post set thread = $2 where thread = $1", first.thread, parent.thread);
}

}  // namespace posy::store
