#include "store/audience.hpp"

#include "base/log.hpp"
#include "store/remote.hpp"

namespace posy::store {
namespace {

bool is_full(db::Reader& r, AccountId account, std::string_view host) {
  if (r.find<int>("select 1 from audience where account = $1 and host = $2 and is_beyond = 1 limit 1", account, host))
    return true;
  auto inboxes = r.one<std::int64_t>(
      "select count(*) from (select 1 from audience where account = $1 and host = $2 limit $3) n", account, host,
      host_inboxes_max);
  if (inboxes < host_inboxes_max) return false;
  log::warn("{} has more than {} inboxes of followers of one account: the others get nothing", host, host_inboxes_max);
  return true;
}

void join(db::Writer& w, AccountId account, std::string_view inbox) {
  auto host = host_of_inbox(inbox);
  if (host.empty()) return;
  auto known = w.run("update audience set followers = followers + 1 where account = $1 and host = $2 and inbox = $3",
                     account, host, inbox);
  if (known > 0) return;
  w.run(R"sql(
      insert into audience (account, host, inbox, followers, is_beyond) values ($1, $2, $3, 1, $4)
      on conflict (account, host, inbox) do update set followers = audience.followers + 1
  )sql",
        account, host, inbox, is_full(w, account, host));
}

void remember(db::Writer& w, AccountId account, std::string_view host, std::string_view inbox) {
  w.run(R"sql(
      insert into former_audience (account, host, inbox, left_at_id) values ($1, $2, $3, $4)
      on conflict (account, host, inbox) do update set left_at_id = $4
  )sql",
        account, host, inbox, w.make_id<RowId>());
  w.run(R"sql(
      delete from former_audience where account = $1 and host = $2 and inbox = (
        select inbox from former_audience where account = $1 and host = $2 order by left_at_id desc limit 1 offset $3)
  )sql",
        account, host, former_inboxes_max);
}

void leave(db::Writer& w, AccountId account, std::string_view inbox) {
  auto host = host_of_inbox(inbox);
  w.run("update audience set followers = followers - 1 where account = $1 and host = $2 and inbox = $3", account, host,
        inbox);
  auto was_beyond = w.find<bool>(R"sql(
      delete from audience where account = $1 and host = $2 and inbox = $3 and followers <= 0 returning is_beyond
  )sql",
                                 account, host, inbox);
  if (was_beyond != false) return;
  remember(w, account, host, inbox);
  w.run(R"sql(
      update audience set is_beyond = 0 where account = $1 and host = $2 and inbox = (
        select inbox from audience where account = $1 and host = $2 and is_beyond = 1 limit 1)
  )sql",
        account, host);
}

// Those of this server whom she follows. In one order: two who do this wait for each other instead of crossing.
std::vector<AccountId> followed_here(db::Reader& r, AccountId follower) {
  return r.all<AccountId>("select target from follow where account = $1 and by_local = 0 order by target", follower);
}

}  // namespace

std::string host_of_inbox(std::string_view inbox) {
  std::string_view usual_port;
  if (inbox.starts_with("https://")) inbox.remove_prefix(8), usual_port = ":443";
  else if (inbox.starts_with("http://")) inbox.remove_prefix(7), usual_port = ":80";
  else return {};
  auto authority = inbox.substr(0, inbox.find_first_of("/?#"));
  if (authority.ends_with(usual_port)) authority.remove_suffix(usual_port.size());
  std::string host(authority);
  for (char& c : host)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return host;
}

void lock_audiences(db::Writer& w, AccountId follower) {
  w.run("update account set created_at = created_at where id = $1", follower);
}

void join_audience(db::Writer& w, AccountId account, AccountId follower) {
  lock_audiences(w, follower);
  if (auto remote = find_remote(w, follower)) join(w, account, remote->best_inbox());
}

void leave_audience(db::Writer& w, AccountId account, AccountId follower) {
  lock_audiences(w, follower);
  if (auto remote = find_remote(w, follower)) leave(w, account, remote->best_inbox());
}

void leave_audiences(db::Writer& w, AccountId follower) {
  auto remote = find_remote(w, follower);
  if (!remote) return;
  for (auto account : followed_here(w, follower)) leave(w, account, remote->best_inbox());
}

void join_audiences(db::Writer& w, AccountId follower) {
  auto remote = find_remote(w, follower);
  if (!remote) return;
  for (auto account : followed_here(w, follower)) join(w, account, remote->best_inbox());
}

bool is_in_audience(db::Reader& r, AccountId account, std::string_view inbox) {
  return r.find<int>("select 1 from audience where account = $1 and host = $2 and inbox = $3 and is_beyond = 0", account,
                     host_of_inbox(inbox), inbox).has_value();
}

bool has_audience(db::Reader& r, AccountId account) {
  return r.find<int>("select 1 from audience where account = $1 limit 1", account).has_value();
}

std::int64_t audience_size(db::Reader& r, AccountId account) {
  return r.one<std::int64_t>(R"sql(
      select count(*) from audience a where a.account = $1 and a.is_beyond = 0
        and (select 1 from retired_inbox r where r.inbox = a.inbox) is null
  )sql",
                             account);
}

}  // namespace posy::store
