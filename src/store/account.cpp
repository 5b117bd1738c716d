#include "store/account.hpp"

#include "store/account_search.hpp"

namespace posy::store {
namespace {

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace

std::optional<Account> find_account(db::Reader& r, AccountId id) {
  return r.find<Account>("select :row from account where id = $1", id);
}

std::optional<Account> find_account(db::Reader& r, std::string_view username, std::string_view domain) {
  return r.find<Account>("select :row from account where username_key = $1 and domain = $2",
                         lower_ascii(username), lower_ascii(domain));
}

std::vector<Account> accounts_by_id(db::Reader& r, std::vector<AccountId> const& ids) {
  if (ids.empty()) return {};
  return r.all<Account>("select :row from account where id in ids($1)", ids);
}

std::vector<AccountStats> account_stats(db::Reader& r, std::vector<AccountId> const& ids) {
  if (ids.empty()) return {};
  return r.all<AccountStats>("select :row from account_stats where account in ids($1)", ids);
}

void insert_account(db::Writer& w, Account const& account) {
  w.insert("account", account);
  w.insert("account_stats", AccountStats{.account = account.id});
  index_names(w, account);
}

void update_account(db::Writer& w, Account const& a) {
  w.run(R"sql(
      update account set
        display_name = $2, note = $3, note_source = $4, fields = $5, avatar = $6, header = $7,
        avatar_description = $8, header_description = $9, locked = $10, bot = $11, discoverable = $12,
        indexable = $13, hide_collections = $14, attribution_domains = $15, suspended_at = $16,
        silenced_at = $17, memorial = $18, updated_at = $19, show_media = $20, show_media_replies = $21,
        show_featured = $22
      where id = $1
  )sql",
        a.id, a.display_name, a.note, a.note_source, a.fields, a.avatar, a.header, a.avatar_description,
        a.header_description, a.locked, a.bot, a.discoverable, a.indexable, a.hide_collections,
        a.attribution_domains, a.suspended_at, a.silenced_at, a.memorial, a.updated_at, a.show_media,
        a.show_media_replies, a.show_featured);
  index_names(w, a);
}

void add_to_count(db::Writer& w, AccountId account, AccountCount count, int change) {
  switch (count) {
    case AccountCount::posts:
      w.run("update account_stats set posts = posts + $2 where account = $1", account, change);
      return;
    case AccountCount::followers:
      w.run("update account_stats set followers = followers + $2 where account = $1", account, change);
      return;
    case AccountCount::following:
      w.run("update account_stats set following = following + $2 where account = $1", account, change);
      return;
  }
}

void count_post(db::Writer& w, AccountId account, Time when) {
  w.run(R"sql(
      update account_stats set posts = posts + 1,
        last_post_at = case when last_post_at > $2 then last_post_at else $2 end
      where account = $1
  )sql",
        account, when);
}

}  // namespace posy::store
