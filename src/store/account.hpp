// Accounts: people of this server (`domain` is empty) and of others. Counts stand apart, in AccountStats.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct Account {
  AccountId id;
  std::string username;
  std::string username_key;
  std::string domain;
  std::optional<std::string> uri;
  std::optional<std::string> url;
  std::string display_name;
  std::string note;         // HTML, clean
  std::string note_source;  // as its owner wrote it
  std::string fields = "[]";  // JSON, see profile_field.hpp
  std::string avatar;       // key in the blob store; elsewhere a mark of the address in RemoteAccount; or empty
  std::string header;
  std::string avatar_description;
  std::string header_description;
  bool locked = false;
  bool bot = false;
  bool discoverable = false;
  bool indexable = false;
  bool hide_collections = false;
  bool show_media = true;  // which tabs the profile has
  bool show_media_replies = true;
  bool show_featured = true;
  std::string attribution_domains = "[]";  // JSON list of domain names
  std::optional<Time> suspended_at;
  std::optional<Time> silenced_at;
  bool memorial = false;
  Time created_at;
  Time updated_at;

  bool is_local() const { return domain.empty(); }
  std::string acct() const { return is_local() ? username : username + "@" + domain; }
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, username, username_key, domain, uri, url, display_name, note, note_source, fields,
                       avatar, header, avatar_description, header_description, locked, bot, discoverable,
                       indexable, hide_collections, show_media, show_media_replies, show_featured, attribution_domains,
                       suspended_at, silenced_at, memorial, created_at, updated_at))

struct AccountStats {
  AccountId account;
  std::int64_t posts = 0;
  std::int64_t followers = 0;
  std::int64_t following = 0;
  std::optional<Time> last_post_at;
};
BOOST_DESCRIBE_STRUCT(AccountStats, (), (account, posts, followers, following, last_post_at))

enum class AccountCount { posts, followers, following };

std::optional<Account> find_account(db::Reader& r, AccountId id);
// `domain` is empty for local accounts; case does not matter.
std::optional<Account> find_account(db::Reader& r, std::string_view username, std::string_view domain);
std::vector<Account> accounts_by_id(db::Reader& r, std::vector<AccountId> const& ids);  // in no order
std::vector<AccountStats> account_stats(db::Reader& r, std::vector<AccountId> const& ids);
void insert_account(db::Writer& w, Account const& account);  // with its empty AccountStats
void update_account(db::Writer& w, Account const& account);  // all but id, name, domain and created_at
void add_to_count(db::Writer& w, AccountId account, AccountCount count, int change);
void count_post(db::Writer& w, AccountId account, Time when);

}  // namespace posy::store
