#include "store/push_subscription.hpp"

namespace posy::store {

void put_push_subscription(db::Writer& w, PushSubscription const& subscription) {
  delete_push_subscription(w, subscription.token);
  w.insert("push_subscription", subscription);
}

std::optional<PushSubscription> find_push_subscription(db::Reader& r, TokenId token) {
  return r.find<PushSubscription>("select :row from push_subscription where token = $1", token);
}

std::vector<PushSubscription> push_subscriptions_of(db::Reader& r, AccountId account) {
  return r.all<PushSubscription>("select :row from push_subscription where account = $1", account);
}

std::optional<PushSubscription> change_push_subscription(db::Writer& w, TokenId token, std::int64_t alerts,
                                                         PushPolicy policy) {
  auto rows = w.all<PushSubscription>(
      "update push_subscription set alerts = $2, policy = $3 where token = $1 returning :row", token, alerts, policy);
  if (rows.empty()) return {};
  return std::move(rows[0]);
}

void delete_push_subscription(db::Writer& w, TokenId token) {
  w.run("delete from push_subscription where token = $1", token);
}

void delete_push_subscription(db::Writer& w, TokenId token, RowId id) {
  w.run("delete from push_subscription where token = $1 and id = $2", token, id);
}

std::optional<PushKey> find_push_key(db::Reader& r) {
  return r.find<PushKey>("select :row from push_key where id = 1");
}

PushKey keep_push_key(db::Writer& w, PushKey const& key) {
  w.run("insert into push_key (id, scalar, point) values ($1, $2, $3) on conflict do nothing", key.id, key.scalar,
        key.point);
  return find_push_key(w).value();
}

}  // namespace posy::store
