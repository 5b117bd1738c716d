#include "store/awaited.hpp"

namespace posy::store {

void put_awaiting(db::Writer& w, Awaiting const& awaiting) { w.insert_new("awaited_parent", awaiting); }

std::optional<Awaiting> find_awaiting(db::Reader& r, PostId post) {
  return r.find<Awaiting>("select :row from awaited_parent where post = $1", post);
}

std::vector<PostId> awaiting(db::Reader& r, std::string_view parent, int limit) {
  return r.all<PostId>("select post from awaited_parent where parent = $1 order by post limit $2", parent, limit);
}

bool is_awaited(db::Reader& r, std::string_view parent) { return !awaiting(r, parent, 1).empty(); }

void forget_awaiting(db::Writer& w, std::vector<PostId> const& posts) {
  if (!posts.empty()) w.run("delete from awaited_parent where post in ids($1)", posts);
}

void set_parent(db::Writer& w, PostId post, Post const& parent, PostId thread) {
  w.run("update post set in_reply_to = $2, in_reply_to_account = $3, thread = $4 where id = $1", post, parent.id,
        parent.author, thread);
}

std::vector<PostId> move_posts(db::Writer& w, PostId from, PostId to, int limit) {
  auto posts = w.all<PostId>("select id from post where thread = $1 order by id limit $2", from, limit);
  if (!posts.empty()) w.run("update post set thread = $2 where id in ids($1)", posts, to);
  return posts;
}

void copy_thread_mutes(db::Writer& w, PostId from, PostId to) {
  w.run(R"sql(
      insert into thread_mute (account, thread)
      select account, cast($2 as bigint) from thread_mute where thread = $1
      on conflict do nothing
  )sql",
        from, to);
}

}  // namespace posy::store
