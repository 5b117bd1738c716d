#include "store/remote.hpp"

#include "store/audience.hpp"

namespace posy::store {

std::optional<Account> find_account_by_uri(db::Reader& r, std::string_view uri) {
  return r.find<Account>("select :row from account where uri = $1", uri);
}

std::optional<RemoteAccount> find_remote(db::Reader& r, AccountId account) {
  return r.find<RemoteAccount>("select :row from remote_account where account = $1", account);
}

std::vector<RemoteAccount> remotes_by_id(db::Reader& r, std::vector<AccountId> const& accounts) {
  if (accounts.empty()) return {};
  return r.all<RemoteAccount>("select :row from remote_account where account in ids($1)", accounts);
}

void put_remote(db::Writer& w, RemoteAccount const& remote) {
  lock_audiences(w, remote.account);
  auto known = find_remote(w, remote.account);
  bool has_moved = !known || known->best_inbox() != remote.best_inbox();
  if (has_moved) leave_audiences(w, remote.account);
  w.run("delete from remote_account where account = $1", remote.account);
  w.insert("remote_account", remote);
  if (has_moved) join_audiences(w, remote.account);
  w.run("delete from remote_uri where account = $1", remote.account);
  w.run(R"sql(
      insert into remote_uri (account, uri) select id, uri from account
      where id = $1 and uri is not null and domain <> '' on conflict do nothing
  )sql",
        remote.account);
}

std::optional<SignerKey> find_signer_key(db::Reader& r, std::string_view uri) {
  return r.find<SignerKey>(R"sql(
      select k.account, a.uri, k.kind, k.material, m.fetched_at
      from remote_key k join account a on a.id = k.account left join remote_account m on m.account = k.account
      where k.uri = $1 and a.uri is not null
  )sql",
                           uri);
}

std::vector<RemoteKey> remote_keys_of(db::Reader& r, AccountId account) {
  return r.all<RemoteKey>("select :row from remote_key where account = $1 order by uri", account);
}

void put_remote_keys(db::Writer& w, AccountId account, std::vector<RemoteKey> const& keys) {
  w.run("delete from remote_key where account = $1", account);
  // A key belongs to whom its owner's document names: the last one who was fetched.
  for (auto const& key : keys) {
    w.run("delete from remote_key where uri = $1", key.uri);
    w.insert("remote_key", key);
  }
}

bool set_domain(db::Writer& w, AccountId account, std::string_view domain) {
  return w.run(R"sql(
      update account set domain = $2 where id = $1
        and (select 1 from account other where other.username_key = account.username_key and other.domain = $2) is null
  )sql",
               account, domain) != 0;
}

void set_uri(db::Writer& w, AccountId account, std::string_view uri, std::string_view url) {
  w.run("update account set uri = $2, url = $3 where id = $1", account, uri, url);
}

void set_follow_uri(db::Writer& w, AccountId from, AccountId target, std::string_view uri) {
  w.run("update follow set uri = $3 where account = $1 and target = $2", from, target, uri);
  w.run("update follow_request set uri = $3 where account = $1 and target = $2", from, target, uri);
}

std::optional<Post> find_post_by_uri(db::Reader& r, std::string_view uri) {
  return r.find<Post>("select :row from post where uri = $1", uri);
}

void set_boost_uri(db::Writer& w, PostId boost, std::string_view uri) {
  w.run("update post set uri = $2 where id = $1 and uri is null", boost, uri);
}

}  // namespace posy::store
