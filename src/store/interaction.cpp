#include "store/interaction.hpp"

namespace posy::store {
namespace {

struct ThreadMute {
  AccountId account;
  PostId thread;
};
BOOST_DESCRIBE_STRUCT(ThreadMute, (), (account, thread))

}  // namespace

bool insert_favourite(db::Writer& w, AccountId account, PostId post) {
  return w.insert_new("favourite", Mark{w.make_id<RowId>(), account, post});
}

bool delete_favourite(db::Writer& w, AccountId account, PostId post) {
  return w.run("delete from favourite where account = $1 and post = $2", account, post) != 0;
}

std::vector<Mark> favourites_by(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select :row from favourite where account = $4 and :page(id)");
  return sql.all<Mark>(r, page, account);
}

std::vector<Mark> favourites_of(db::Reader& r, PostId post, Page const& page) {
  static PagedSql const sql("select :row from favourite where post = $4 and :page(id)");
  return sql.all<Mark>(r, page, post);
}

bool insert_bookmark(db::Writer& w, AccountId account, PostId post) {
  return w.insert_new("bookmark", Mark{w.make_id<RowId>(), account, post});
}

bool delete_bookmark(db::Writer& w, AccountId account, PostId post) {
  return w.run("delete from bookmark where account = $1 and post = $2", account, post) != 0;
}

std::vector<Mark> bookmarks_by(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select :row from bookmark where account = $4 and :page(id)");
  return sql.all<Mark>(r, page, account);
}

bool insert_pin(db::Writer& w, AccountId account, PostId post) {
  return w.insert_new("pin", Mark{w.make_id<RowId>(), account, post});
}

bool delete_pin(db::Writer& w, AccountId account, PostId post) {
  return w.run("delete from pin where account = $1 and post = $2", account, post) != 0;
}

std::int64_t count_pins(db::Reader& r, AccountId account) {
  return r.one<std::int64_t>("select count(*) from pin where account = $1", account);
}

bool insert_thread_mute(db::Writer& w, AccountId account, PostId thread) {
  return w.insert_new("thread_mute", ThreadMute{account, thread});
}

bool delete_thread_mute(db::Writer& w, AccountId account, PostId thread) {
  return w.run("delete from thread_mute where account = $1 and thread = $2", account, thread) != 0;
}

std::vector<PostId> favourited_among(db::Reader& r, AccountId account, std::vector<PostId> const& posts) {
  if (posts.empty()) return {};
  return r.all<PostId>("select post from favourite where account = $1 and post in ids($2)", account, posts);
}

std::vector<PostId> bookmarked_among(db::Reader& r, AccountId account, std::vector<PostId> const& posts) {
  if (posts.empty()) return {};
  return r.all<PostId>("select post from bookmark where account = $1 and post in ids($2)", account, posts);
}

std::vector<PostId> pinned_among(db::Reader& r, AccountId account, std::vector<PostId> const& posts) {
  if (posts.empty()) return {};
  return r.all<PostId>("select post from pin where account = $1 and post in ids($2)", account, posts);
}

std::vector<PostId> muted_among(db::Reader& r, AccountId account, std::vector<PostId> const& threads) {
  if (threads.empty()) return {};
  return r.all<PostId>("select thread from thread_mute where account = $1 and thread in ids($2)", account,
                       threads);
}

}  // namespace posy::store
