// Web Push. (docs.joinmastodon.org/methods/push)
#include <map>

#include "api/entities/push.hpp"
#include "api/gate/gate.hpp"
#include "api/mastodon/routes.hpp"
#include "base/encoding.hpp"
#include "crypto/push_seal.hpp"
#include "http/url.hpp"
#include "json/write.hpp"
#include "store/notification.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr std::size_t endpoint_bytes_max = 2048;
constexpr std::size_t access_token_bytes_max = 256;

struct Keys {
  std::string p256dh;
  std::string auth;
};
BOOST_DESCRIBE_STRUCT(Keys, (), (p256dh, auth))

struct Subscription {
  std::string endpoint;
  Keys keys;
  std::optional<bool> standard;
};
BOOST_DESCRIBE_STRUCT(Subscription, (), (endpoint, keys, standard))

struct Data {
  std::map<std::string, bool> alerts;
  std::optional<store::PushPolicy> policy;
};
BOOST_DESCRIBE_STRUCT(Data, (), (alerts, policy))

struct SubscribeParams {
  Subscription subscription;
  std::optional<Data> data;
};
BOOST_DESCRIBE_STRUCT(SubscribeParams, (), (subscription, data))

struct ChangeParams {
  std::optional<Data> data;
  std::optional<store::PushPolicy> policy;  // where the documentation has it; Mastodon itself reads that of data
};
BOOST_DESCRIBE_STRUCT(ChangeParams, (), (data, policy))

// Kinds that we do not know are passed over: clients name those of every server.
std::int64_t alerts_of(Data const& data) {
  store::KindSet kinds;
  for (auto const& [name, is_on] : data.alerts)
    if (auto kind = find_in(store::notification_kind_names, name); kind && is_on) kinds.add(*kind);
  return kinds.bits();
}

http::Response answer(Api const& api, store::PushSubscription const& row) {
  entities::WebPushSubscription out{.id = row.id.str(),
                                    .endpoint = row.endpoint,
                                    .standard = row.is_standard,
                                    .alerts = {},
                                    .policy = row.policy,
                                    .server_key = api.push_key};
  for (auto const& [kind, name] : store::notification_kind_names)
    out.alerts[std::string(name)] = ((row.alerts >> static_cast<int>(kind)) & 1) != 0;
  return http::json(json::to_json(out));
}

// Where it leads is asked when something is pushed, by the address guard.
void check(Subscription const& given) {
  auto url = given.endpoint.size() <= endpoint_bytes_max ? http::parse_url(given.endpoint) : Error{};
  if (!url) refuse(Refusal::unprocessable, "Validation failed: Endpoint is not a valid URL");
  if (!crypto::is_p256_point(from_base64(given.keys.p256dh).value_or("")))
    refuse(Refusal::unprocessable, "Validation failed: p256dh is not a point of P-256");
  if (from_base64(given.keys.auth).value_or("").size() != crypto::push_auth_bytes)
    refuse(Refusal::unprocessable, "Validation failed: auth is not 16 bytes");
}

Task<http::Response> subscribe(Api& api, Request const& request) {
  auto params = request.read<SubscribeParams>();
  check(params.subscription);
  auto data = params.data.value_or(Data{});
  auto access_token = Gate::token_of(request.http);
  if (access_token.size() > access_token_bytes_max) access_token.clear();
  auto act = [&](db::Writer& w) {
    store::PushSubscription row{.token = request.who.token,
                                .id = w.make_id<RowId>(),
                                .account = request.account(),
                                .endpoint = params.subscription.endpoint,
                                .point = params.subscription.keys.p256dh,
                                .auth = params.subscription.keys.auth,
                                .is_standard = params.subscription.standard.value_or(false),
                                .access_token = access_token,
                                .alerts = alerts_of(data),
                                .policy = data.policy.value_or(store::PushPolicy::all),
                                .created_at = w.now()};
    store::put_push_subscription(w, row);
    return row;
  };
  store::PushSubscription row = co_await api.db.write(act);
  co_return answer(api, row);
}

Task<http::Response> show(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) { return store::find_push_subscription(r, request.who.token); };
  std::optional<store::PushSubscription> row = co_await api.db.read(load);
  if (!row) co_return http::error(404, "Record not found");
  co_return answer(api, *row);
}

Task<http::Response> change(Api& api, Request const& request) {
  auto params = request.read<ChangeParams>();
  auto data = params.data.value_or(Data{});
  auto act = [&](db::Writer& w) -> std::optional<store::PushSubscription> {
    auto row = store::find_push_subscription(w, request.who.token);
    if (!row) return {};
    auto const alerts = params.data ? alerts_of(data) : row->alerts;
    auto const policy = data.policy.value_or(params.policy.value_or(row->policy));
    return store::change_push_subscription(w, request.who.token, alerts, policy);
  };
  std::optional<store::PushSubscription> row = co_await api.db.write(act);
  if (!row) co_return http::error(404, "Record not found");
  co_return answer(api, *row);
}

Task<http::Response> end(Api& api, Request const& request) {
  auto act = [&](db::Writer& w) { store::delete_push_subscription(w, request.who.token); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

constexpr Route routes[] = {
    {Method::post, "/api/v1/push/subscription", Scope::push, subscribe},
    {Method::get, "/api/v1/push/subscription", Scope::push, show},
    {Method::put, "/api/v1/push/subscription", Scope::push, change},
    {Method::delete_, "/api/v1/push/subscription", Scope::push, end},
};

}  // namespace

std::span<Route const> push_routes() {
  return routes;
}

}  // namespace posy::api
