// Notifications in groups. (docs.joinmastodon.org/methods/grouped_notifications)
#include "api/mastodon/notification_params.hpp"
#include "api/mastodon/paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/notification.hpp"
#include "social/notifications.hpp"

namespace posy::api {

constexpr EnumName<ExpandAccounts> expand_accounts_names[] = {
    {ExpandAccounts::full, "full"}, {ExpandAccounts::partial_avatars, "partial_avatars"}};
std::optional<ExpandAccounts> parse_enum(std::string_view name, ExpandAccounts*) {
  return find_in(expand_accounts_names, name);
}

namespace {

using http::Method;

struct GroupsParams {
  std::optional<ExpandAccounts> expand_accounts;
};
BOOST_DESCRIBE_STRUCT(GroupsParams, (), (expand_accounts))

// JSON and the cursors of its rows, made in one read.
struct Shown {
  std::string body;
  std::vector<NotificationId> ids;
};

Task<http::Response> list(Api& api, Request const& request) {
  auto page = read_page(request, notifications_default, notifications_max);
  auto query = read_notification_query(request);
  query.grouped = read_grouped(request);
  auto apart = store::groupable_kinds.without(query.grouped);
  GroupsView view{.expand_accounts =
                      request.read<GroupsParams>().expand_accounts.value_or(ExpandAccounts::full)};
  auto load = [&](db::Reader& r) {
    auto rows = store::notifications(r, query, page);
    Shown shown{render_groups(r, api.render, api.site, request.account(), rows, apart, view), {}};
    for (auto const& row : rows) shown.ids.push_back(row.id);
    return shown;
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.ids);
  co_return response;
}

Task<http::Response> show(Api& api, Request const& request) {
  std::string key(request.http.path_param("group_key"));
  auto load = [&](db::Reader& r) {
    auto newest = social::find_group(r, request.account(), key).value();
    store::KindSet apart;
    if (social::is_key_of_one(key)) apart.add(newest.kind);
    GroupsView view{.with_page_range = false};
    return render_groups(r, api.render, api.site, request.account(), {newest}, apart, view);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> accounts(Api& api, Request const& request) {
  std::string key(request.http.path_param("group_key"));
  auto page = read_page(request, notifications_default, notifications_max);
  auto load = [&](db::Reader& r) {
    auto newest = social::find_group(r, request.account(), key).value();
    std::vector<store::GroupMember> members;
    if (social::is_key_of_one(key))
      members.push_back({key, newest.id, newest.sender});
    else
      members = store::group_members(r, request.account(), key, page);
    std::vector<AccountId> senders;
    Shown shown;
    for (auto const& member : members) {
      senders.push_back(member.sender);
      shown.ids.push_back(member.id);
    }
    shown.body = api.render.accounts(r, senders);
    return shown;
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.ids);
  co_return response;
}

Task<http::Response> dismiss(Api& api, Request const& request) {
  std::string key(request.http.path_param("group_key"));
  auto act = [&](db::Writer& w) { return social::dismiss_some_of_group(w, request.account(), key); };
  bool more = true;
  while (more) more = co_await api.db.write(act);
  co_return http::json("{}");
}

Task<http::Response> unread_count(Api& api, Request const& request) {
  auto query = read_notification_query(request);
  query.grouped = read_grouped(request);
  int limit = read_unread_limit(request);
  auto count = [&](db::Reader& r) { return social::unread_notifications(r, query, limit); };
  int unread = co_await api.db.read(count);
  co_return http::json("{\"count\":" + std::to_string(unread) + "}");
}

constexpr Route routes[] = {
    {Method::get, "/api/v2/notifications", Scope::read_notifications, list},
    {Method::get, "/api/v2/notifications/unread_count", Scope::read_notifications, unread_count},
    {Method::get, "/api/v2/notifications/:group_key", Scope::read_notifications, show},
    {Method::get, "/api/v2/notifications/:group_key/accounts", Scope::read_notifications, accounts},
    {Method::post, "/api/v2/notifications/:group_key/dismiss", Scope::write_notifications, dismiss},
};

}  // namespace

std::span<Route const> notifications_v2_routes() {
  return routes;
}

}  // namespace posy::api
