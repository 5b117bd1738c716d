// Of accounts of other servers: where they are reached, and the keys that they sign with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/account.hpp"
#include "store/post.hpp"

namespace posy::store {

struct RemoteAccount {
  AccountId account;
  std::string inbox;
  std::string shared_inbox;  // empty: it has none
  std::string outbox;
  std::string followers_uri;
  std::string featured_uri;
  std::string avatar_url;
  std::string header_url;
  AccountId moved_to;
  std::string also_known_as;  // URIs, one a line
  Time fetched_at;
  std::optional<Time> failed_at;  // since when it cannot be fetched
  std::string moved_uri;          // where she says that she is now; believed only as `moved_to`
  bool handle_checked = true;     // false: a stranger whose server was not asked by WebFinger for her handle

  // Where what is for several people of its server goes.
  std::string const& best_inbox() const { return shared_inbox.empty() ? inbox : shared_inbox; }
};
BOOST_DESCRIBE_STRUCT(RemoteAccount, (),
                      (account, inbox, shared_inbox, outbox, followers_uri, featured_uri, avatar_url, header_url,
                       moved_to, also_known_as, fetched_at, failed_at, moved_uri, handle_checked))

enum class KeyKind { rsa_pem, ed25519_multibase };

struct RemoteKey {
  std::string uri;
  AccountId account;
  KeyKind kind = KeyKind::rsa_pem;
  std::string material;
};
BOOST_DESCRIBE_STRUCT(RemoteKey, (), (uri, account, kind, material))

std::optional<Account> find_account_by_uri(db::Reader& r, std::string_view uri);
std::optional<RemoteAccount> find_remote(db::Reader& r, AccountId account);
std::vector<RemoteAccount> remotes_by_id(db::Reader& r, std::vector<AccountId> const& accounts);  // in no order
// The account has its row and its id by then.
void put_remote(db::Writer& w, RemoteAccount const& remote);

// A key with what is asked of its owner when something was signed with it.
struct SignerKey {
  AccountId account;
  std::string actor;  // the account's id on the network
  KeyKind kind = KeyKind::rsa_pem;
  std::string material;
  std::optional<Time> fetched_at;
};
BOOST_DESCRIBE_STRUCT(SignerKey, (), (account, actor, kind, material, fetched_at))

std::optional<SignerKey> find_signer_key(db::Reader& r, std::string_view uri);
std::vector<RemoteKey> remote_keys_of(db::Reader& r, AccountId account);
// All keys that the account has from now on.
void put_remote_keys(db::Writer& w, AccountId account, std::vector<RemoteKey> const& keys);

// What stands behind the @ of her handle. False when somebody else has that handle.
bool set_domain(db::Writer& w, AccountId account, std::string_view domain);
// She has another id now.
void set_uri(db::Writer& w, AccountId account, std::string_view uri, std::string_view url);
// The id of the Follow that is or asks for this follow.
void set_follow_uri(db::Writer& w, AccountId from, AccountId target, std::string_view uri);
std::optional<Post> find_post_by_uri(db::Reader& r, std::string_view uri);
void set_boost_uri(db::Writer& w, PostId boost, std::string_view uri);  // of its Announce

}  // namespace posy::store
