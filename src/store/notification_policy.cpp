#include "store/notification_policy.hpp"

namespace posy::store {
namespace {

constexpr int pending_counted_max = 1000;

}  // namespace

NotificationPolicy notification_policy(db::Reader& r, AccountId account) {
  auto policy =
      r.find<NotificationPolicy>("select :row from notification_policy where account = $1", account);
  return policy.value_or(NotificationPolicy{.account = account});
}

void save_policy(db::Writer& w, NotificationPolicy const& policy) {
  w.run(R"sql(
      insert into notification_policy (account, for_not_following, for_not_followers, for_new_accounts,
                                       for_private_mentions, for_limited_accounts)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (account) do update set
        for_not_following = excluded.for_not_following, for_not_followers = excluded.for_not_followers,
        for_new_accounts = excluded.for_new_accounts, for_private_mentions = excluded.for_private_mentions,
        for_limited_accounts = excluded.for_limited_accounts
  )sql",
        policy.account, policy.for_not_following, policy.for_not_followers, policy.for_new_accounts,
        policy.for_private_mentions, policy.for_limited_accounts);
}

void add_to_request(db::Writer& w, AccountId account, AccountId sender, PostId post) {
  w.run(R"sql(
      insert into notification_request (id, account, sender, last_post, notifications, created_at, updated_at)
      values ($1, $2, $3, $4, 1, $5, $5)
      on conflict (account, sender) do update set
        last_post = coalesce(excluded.last_post, notification_request.last_post),
        notifications = notification_request.notifications + 1,
        updated_at = excluded.updated_at
  )sql",
        w.make_id<RowId>(), account, sender, post, w.now());
}

std::vector<NotificationRequest> notification_requests(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select :row from notification_request where account = $4 and :page(id)");
  return sql.all<NotificationRequest>(r, page, account);
}

std::optional<NotificationRequest> find_notification_request(db::Reader& r, AccountId account, RowId id) {
  return r.find<NotificationRequest>("select :row from notification_request where id = $1 and account = $2",
                                     id, account);
}

std::vector<NotificationRequest> notification_requests_by_id(db::Reader& r, AccountId account,
                                                             std::vector<RowId> const& ids) {
  return r.all<NotificationRequest>(
      "select :row from notification_request where id in ids($1) and account = $2", ids, account);
}

void delete_notification_requests(db::Writer& w, AccountId account, std::vector<RowId> const& ids) {
  w.run("delete from notification_request where id in ids($1) and account = $2", ids, account);
}

PendingRequests pending_requests(db::Reader& r, AccountId account) {
  return r.one<PendingRequests>(R"sql(
      select count(*), cast(coalesce(sum(notifications), 0) as bigint) from (
        select notifications from notification_request where account = $1 limit $2) pending
  )sql",
                                account, pending_counted_max);
}

void let_through(db::Writer& w, AccountId account, std::vector<AccountId> const& senders) {
  w.run(R"sql(
      insert into notification_permission (account, sender)
      select cast($1 as bigint), id from account where id in ids($2)
      on conflict do nothing
  )sql",
        account, senders);
  w.run("update notification set filtered = 0 where sender in ids($2) and account = $1 and filtered = 1",
        account, senders);
}

}  // namespace posy::store
