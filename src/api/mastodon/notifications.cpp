// Notifications, one by one. (docs.joinmastodon.org/methods/notifications)
#include "social/notifications.hpp"
#include "api/mastodon/notification_params.hpp"
#include "api/mastodon/paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/notification.hpp"

namespace posy::api {
namespace {

using http::Method;

// The page as JSON and the ids on it, made in one read.
struct Shown {
  std::string body;
  std::vector<NotificationId> ids;
};

Task<http::Response> list(Api& api, Request const& request) {
  auto page = read_page(request, notifications_default, notifications_max);
  auto query = read_notification_query(request);
  auto load = [&](db::Reader& r) {
    auto rows = store::notifications(r, query, page);
    Shown shown{render_notification_list(r, api.render, request.account(), rows), {}};
    for (auto const& row : rows) shown.ids.push_back(row.id);
    return shown;
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.ids);
  co_return response;
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<NotificationId>("id").value();
  auto load = [&](db::Reader& r) { return render_notification(r, api.render, request.account(), id); };
  std::string body = co_await api.db.read(load);
  if (body.empty()) refuse(Refusal::not_found, "Record not found");
  co_return http::json(std::move(body));
}

Task<http::Response> dismiss(Api& api, Request const& request) {
  auto id = request.id<NotificationId>("id").value();
  auto act = [&](db::Writer& w) { social::dismiss_notification(w, request.account(), id); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

Task<http::Response> clear(Api& api, Request const& request) {
  auto act = [&](db::Writer& w) { return social::clear_some_notifications(w, request.account()); };
  bool more = true;
  while (more) more = co_await api.db.write(act);
  co_return http::json("{}");
}

Task<http::Response> unread_count(Api& api, Request const& request) {
  auto query = read_notification_query(request);
  int limit = read_unread_limit(request);
  auto count = [&](db::Reader& r) { return social::unread_notifications(r, query, limit); };
  int unread = co_await api.db.read(count);
  co_return http::json("{\"count\":" + std::to_string(unread) + "}");
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/notifications", Scope::read_notifications, list},
    {Method::get, "/api/v1/notifications/unread_count", Scope::read_notifications, unread_count},
    {Method::post, "/api/v1/notifications/clear", Scope::write_notifications, clear},
    {Method::get, "/api/v1/notifications/:id", Scope::read_notifications, show},
    {Method::post, "/api/v1/notifications/:id/dismiss", Scope::write_notifications, dismiss},
};

}  // namespace

std::span<Route const> notifications_routes() {
  return routes;
}

}  // namespace posy::api
