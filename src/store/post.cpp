#include "store/post.hpp"

namespace posy::store {

std::optional<Post> find_post(db::Reader& r, PostId id) {
  return r.find<Post>("select :row from post where id = $1", id);
}

std::vector<Post> posts_by_id(db::Reader& r, std::vector<PostId> const& ids) {
  if (ids.empty()) return {};
  return r.all<Post>("select :row from post where id in ids($1)", ids);
}

void insert_post(db::Writer& w, Post const& post) {
  w.insert("post", post);
  w.insert("post_stats", PostStats{.post = post.id});
}

bool insert_boost(db::Writer& w, Post const& boost) {
  if (!w.insert_new("post", boost)) return false;
  w.insert("post_stats", PostStats{.post = boost.id});
  return true;
}

void update_post_text(db::Writer& w, Post const& p) {
  w.run(R"sql(
      update post set
        edited_at = $2, content = $3, source = $4, source_type = $5, notice = $6, sensitive = $7,
        language = $8, poll = $9, title = $10,
        summary = $11, slug = $12, cover = $13
      where id = $1
  )sql",
        p.id, p.edited_at, p.content, p.source, p.source_type, p.notice, p.sensitive, p.language, p.poll, p.title,
        p.summary, p.slug, p.cover);
}

void update_quote(db::Writer& w, PostId post, QuoteState state) {
  w.run("update post set quote_state = $2 where id = $1", post, state);
}

void set_quote(db::Writer& w, PostId post, PostId quoted, QuoteState state) {
  w.run("update post set quote_of = $2, quote_state = $3 where id = $1", post, quoted, state);
}

void update_quote_policy(db::Writer& w, PostId post, QuotePolicy policy) {
  w.run("update post set quote_policy = $2 where id = $1", post, policy);
}

void delete_post(db::Writer& w, PostId id) {
  w.run("delete from post_stats where post = $1", id);
  w.run("delete from post_stats where post in (select id from post where boost_of = $1)", id);
  w.run("delete from post where id = $1", id);
}

std::optional<PostId> find_boost(db::Reader& r, AccountId by, PostId of) {
  return r.find<PostId>("select id from post where boost_of = $1 and author = $2", of, by);
}

std::vector<Post> boosts_of(db::Reader& r, PostId post, Page const& page) {
  static PagedSql const sql("select :row from post where boost_of = $4 and visibility < 3 and :page(id)");
  return sql.all<Post>(r, page, post);
}

std::vector<AccountId> local_boosters(db::Reader& r, PostId post) {
  return r.all<AccountId>("select author from post where boost_of = $1 and is_local = 1", post);
}

std::vector<PostId> quotes_of(db::Reader& r, PostId post, Page const& page) {
  static PagedSql const sql("select id from post where quote_of = $4 and quote_state = $5 and :page(id)");
  return sql.all<PostId>(r, page, post, QuoteState::accepted);
}

void insert_mentions(db::Writer& w, PostId post, std::vector<AccountId> const& accounts) {
  if (accounts.empty()) return;
  w.run(R"sql(
      insert into mention (post, account)
      select cast($1 as bigint), id from account where id in ids($2)
      on conflict do nothing
  )sql",
        post, accounts);
}

void delete_mentions(db::Writer& w, PostId post) {
  w.run("delete from mention where post = $1", post);
}

std::vector<Mention> mentions_of(db::Reader& r, std::vector<PostId> const& posts) {
  if (posts.empty()) return {};
  return r.all<Mention>("select :row from mention where post in ids($1) order by post, account", posts);
}

bool is_mentioned(db::Reader& r, PostId post, AccountId account) {
  return r.find<std::int64_t>("select 1 from mention where post = $1 and account = $2", post, account)
      .has_value();
}

std::vector<PostId> ancestors(db::Reader& r, Post const& post, int limit) {
  return r.all<PostId>(R"sql(
      with recursive up (id, parent, depth) as (
        select id, in_reply_to, 0 from post where id = $1
        union all
        select p.id, p.in_reply_to, up.depth + 1 from up join post p on p.id = up.parent where up.depth < $2
      )
      select id from up where depth > 0 order by depth desc
  )sql",
                       post.id, limit);
}

// Nobody sorts inside the recursion, so that it stops at the limit however long the thread is.
std::vector<PostId> descendants(db::Reader& r, Post const& post, int limit) {
  return r.all<PostId>(R"sql(
      with recursive down (id) as (
        select id from post where in_reply_to = $1
        union all
        select p.id from down join post p on p.in_reply_to = down.id
      )
      select id from (select id from down limit $2) nearest order by id
  )sql",
                       post.id, limit);
}

}  // namespace posy::store
