#include "store/remote_thread.hpp"

namespace posy::store {

void put_remote_thread(db::Writer& w, RemoteThread const& links) {
  w.run(R"sql(
      insert into remote_thread (post, replies, context) values ($1, $2, $3)
      on conflict (post) do update set replies = excluded.replies, context = excluded.context
  )sql",
        links.post, links.replies, links.context);
}

std::optional<RemoteThread> find_remote_thread(db::Reader& r, PostId post) {
  return r.find<RemoteThread>("select :row from remote_thread where post = $1", post);
}

std::vector<ThreadLink> thread_links(db::Reader& r, PostId thread, int limit) {
  return r.all<ThreadLink>(R"sql(
      select p.id, p.uri, t.replies from post p join remote_thread t on t.post = p.id
      where p.thread = $1 and p.uri is not null and t.replies <> '' order by p.id desc limit $2
  )sql",
                           thread, limit);
}

std::vector<Post> open_posts_of_thread(db::Reader& r, PostId thread, PostId after, int limit) {
  return r.all<Post>(R"sql(
      select :row(p) from post p join account a on a.id = p.author
      where p.thread = $1 and p.id > $2 and p.visibility <= 1 and p.boost_of is null and a.suspended_at is null
      order by p.id limit $3
  )sql",
                     thread, after.value, limit);
}

std::vector<Post> open_replies(db::Reader& r, PostId post, PostId after, int limit) {
  return r.all<Post>(R"sql(
      select :row(p) from post p join account a on a.id = p.author
      where p.in_reply_to = $1 and p.id > $2 and p.visibility <= 1 and a.suspended_at is null
      order by p.id limit $3
  )sql",
                     post, after.value, limit);
}

}  // namespace posy::store
