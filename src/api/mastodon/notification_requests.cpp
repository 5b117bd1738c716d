// The notification policy, and the requests of those whom it put aside.
// (docs.joinmastodon.org/methods/notifications)
#include "api/mastodon/paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/notification.hpp"
#include "social/notifications.hpp"

namespace posy::api {
namespace {

using http::Method;
using store::NotificationPolicy;
using store::PolicyAction;

constexpr int requests_default = 40;
constexpr int requests_max = 80;

struct PolicyParams {
  std::optional<PolicyAction> for_not_following;
  std::optional<PolicyAction> for_not_followers;
  std::optional<PolicyAction> for_new_accounts;
  std::optional<PolicyAction> for_private_mentions;
  std::optional<PolicyAction> for_limited_accounts;
};
BOOST_DESCRIBE_STRUCT(PolicyParams, (),
                      (for_not_following, for_not_followers, for_new_accounts, for_private_mentions,
                       for_limited_accounts))

struct V1PolicyParams {
  std::optional<bool> filter_not_following;
  std::optional<bool> filter_not_followers;
  std::optional<bool> filter_new_accounts;
  std::optional<bool> filter_private_mentions;
};
BOOST_DESCRIBE_STRUCT(V1PolicyParams, (),
                      (filter_not_following, filter_not_followers, filter_new_accounts,
                       filter_private_mentions))

struct ManyParams {
  std::vector<RowId> id;
};
BOOST_DESCRIBE_STRUCT(ManyParams, (), (id))

std::optional<PolicyAction> action_of(std::optional<bool> filter) {
  if (!filter) return {};
  return *filter ? PolicyAction::filter : PolicyAction::accept;
}

void change_policy(db::Writer& w, AccountId who, PolicyParams const& params) {
  NotificationPolicy policy = store::notification_policy(w, who);
  policy.for_not_following = params.for_not_following.value_or(policy.for_not_following);
  policy.for_not_followers = params.for_not_followers.value_or(policy.for_not_followers);
  policy.for_new_accounts = params.for_new_accounts.value_or(policy.for_new_accounts);
  policy.for_private_mentions = params.for_private_mentions.value_or(policy.for_private_mentions);
  policy.for_limited_accounts = params.for_limited_accounts.value_or(policy.for_limited_accounts);
  store::save_policy(w, policy);
}

Task<http::Response> show_policy(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) { return render_policy(r, request.account()); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> update_policy(Api& api, Request const& request) {
  auto params = request.read<PolicyParams>();
  auto act = [&](db::Writer& w) {
    change_policy(w, request.account(), params);
    return render_policy(w, request.account());
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

Task<http::Response> show_v1_policy(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) { return render_v1_policy(r, request.account()); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> update_v1_policy(Api& api, Request const& request) {
  auto v1 = request.read<V1PolicyParams>();
  PolicyParams params{.for_not_following = action_of(v1.filter_not_following),
                      .for_not_followers = action_of(v1.filter_not_followers),
                      .for_new_accounts = action_of(v1.filter_new_accounts),
                      .for_private_mentions = action_of(v1.filter_private_mentions)};
  auto act = [&](db::Writer& w) {
    change_policy(w, request.account(), params);
    return render_v1_policy(w, request.account());
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

// The page as JSON and the ids on it, made in one read.
struct Shown {
  std::string body;
  std::vector<RowId> ids;
};

Task<http::Response> list(Api& api, Request const& request) {
  auto page = read_page(request, requests_default, requests_max);
  auto load = [&](db::Reader& r) {
    auto rows = store::notification_requests(r, request.account(), page);
    Shown shown{render_requests(r, api.render, rows), {}};
    for (auto const& row : rows) shown.ids.push_back(row.id);
    return shown;
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.ids);
  co_return response;
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto load = [&](db::Reader& r) {
    auto row = store::find_notification_request(r, request.account(), id);
    if (!row) refuse(Refusal::not_found, "Record not found");
    return render_request(r, api.render, *row);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

using Verb = void (*)(db::Writer& w, AccountId who, std::vector<RowId> const& ids);

Task<http::Response> settle_one(Api& api, Request const& request, Verb verb) {
  auto id = request.id<RowId>("id").value();
  auto act = [&](db::Writer& w) {
    if (!store::find_notification_request(w, request.account(), id))
      refuse(Refusal::not_found, "Record not found");
    verb(w, request.account(), {id});
  };
  co_await api.db.write(act);
  co_return http::json("{}");
}

Task<http::Response> settle_many(Api& api, Request const& request, Verb verb) {
  auto ids = request.read<ManyParams>().id;
  auto act = [&](db::Writer& w) { verb(w, request.account(), ids); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

Task<http::Response> accept(Api& api, Request const& request) {
  return settle_one(api, request, social::accept_requests);
}
Task<http::Response> dismiss(Api& api, Request const& request) {
  return settle_one(api, request, social::dismiss_requests);
}
Task<http::Response> accept_many(Api& api, Request const& request) {
  return settle_many(api, request, social::accept_requests);
}
Task<http::Response> dismiss_many(Api& api, Request const& request) {
  return settle_many(api, request, social::dismiss_requests);
}

// Accepting is done at once, so nothing is ever on its way.
Task<http::Response> merged(Api&, Request const&) {
  co_return http::json("{\"merged\":true}");
}

constexpr Route routes[] = {
    {Method::get, "/api/v2/notifications/policy", Scope::read_notifications, show_policy},
    {Method::patch, "/api/v2/notifications/policy", Scope::write_notifications, update_policy},
    {Method::get, "/api/v1/notifications/policy", Scope::read_notifications, show_v1_policy},
    {Method::put, "/api/v1/notifications/policy", Scope::write_notifications, update_v1_policy},
    {Method::get, "/api/v1/notifications/requests", Scope::read_notifications, list},
    {Method::get, "/api/v1/notifications/requests/merged", Scope::read_notifications, merged},
    {Method::post, "/api/v1/notifications/requests/accept", Scope::write_notifications, accept_many},
    {Method::post, "/api/v1/notifications/requests/dismiss", Scope::write_notifications, dismiss_many},
    {Method::get, "/api/v1/notifications/requests/:id", Scope::read_notifications, show},
    {Method::post, "/api/v1/notifications/requests/:id/accept", Scope::write_notifications, accept},
    {Method::post, "/api/v1/notifications/requests/:id/dismiss", Scope::write_notifications, dismiss},
};

}  // namespace

std::span<Route const> notification_requests_routes() {
  return routes;
}

}  // namespace posy::api
