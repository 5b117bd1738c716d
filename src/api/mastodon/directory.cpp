// Finding people: the directory and suggestions. (docs.joinmastodon.org/methods/directory, suggestions)
#include "api/entities/relationship.hpp"
#include "api/mastodon/people.hpp"
#include "api/mastodon/routes.hpp"
#include "base/enum_names.hpp"
#include "json/write.hpp"
#include "social/suggestions.hpp"
#include "store/account_search.hpp"

namespace posy::api {
namespace {

using http::Method;

enum class Order { active, newest };
constexpr EnumName<Order> order_names[] = {{Order::active, "active"}, {Order::newest, "new"}};
std::optional<Order> parse_enum(std::string_view name, Order*) {
  return find_in(order_names, name);
}

constexpr int offset_max = 10'000;

struct DirectoryParams {
  std::optional<int> offset;
  std::optional<int> limit;
  std::optional<Order> order;
  std::optional<bool> local;
};
BOOST_DESCRIBE_STRUCT(DirectoryParams, (), (offset, limit, order, local))

Task<http::Response> directory(Api& api, Request const& request) {
  auto params = request.read<DirectoryParams>();
  int limit = std::clamp(params.limit.value_or(people_default), 1, people_max);
  int offset = std::clamp(params.offset.value_or(0), 0, offset_max);
  auto order = params.order == Order::newest ? store::DirectoryOrder::newest : store::DirectoryOrder::active;
  auto load = [&](db::Reader& r) {
    auto accounts =
        store::directory(r, request.account(), order, params.local.value_or(false), limit, offset);
    return api.render.accounts(r, accounts);
  };
  std::string body = co_await api.db.read_long(load);
  co_return http::json(std::move(body));
}

struct LimitParams {
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(LimitParams, (), (limit))

int read_limit(Request const& request) {
  return std::clamp(request.read<LimitParams>().limit.value_or(people_default), 1, people_max);
}

entities::Suggestion make_suggestion(social::SuggestionReason reason, std::string account) {
  bool near = reason == social::SuggestionReason::friends_of_friends;
  return {near ? "past_interactions" : "global",
          {near ? "friends_of_friends" : "most_followed"},
          json::Raw{std::move(account)}};
}

Task<http::Response> suggestions(Api& api, Request const& request) {
  int limit = read_limit(request);
  auto load = [&](db::Reader& r) {
    auto found = social::suggestions(r, request.account(), limit);
    std::vector<AccountId> accounts;
    for (auto const& suggestion : found) accounts.push_back(suggestion.account);
    auto rendered = api.render.account_list(r, accounts);
    std::vector<entities::Suggestion> out;
    for (std::size_t i = 0; i < rendered.size() && i < found.size(); ++i)
      if (!rendered[i].empty()) out.push_back(make_suggestion(found[i].reason, std::move(rendered[i])));
    return json::to_json(out);
  };
  std::string body = co_await api.db.read_long(load);
  co_return http::json(std::move(body));
}

Task<http::Response> suggestions_v1(Api& api, Request const& request) {
  int limit = read_limit(request);
  auto load = [&](db::Reader& r) {
    std::vector<AccountId> accounts;
    for (auto const& suggestion : social::suggestions(r, request.account(), limit))
      accounts.push_back(suggestion.account);
    return api.render.accounts(r, accounts);
  };
  std::string body = co_await api.db.read_long(load);
  co_return http::json(std::move(body));
}

Task<http::Response> dismiss(Api& api, Request const& request) {
  auto suggested = request.id<AccountId>("account_id").value();
  auto act = [&](db::Writer& w) { social::dismiss_suggestion(w, request.account(), suggested); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/directory", visitors_or(Scope::read_accounts), directory},
    {Method::get, "/api/v1/suggestions", Scope::read_accounts, suggestions_v1},
    {Method::get, "/api/v2/suggestions", Scope::read_accounts, suggestions},
    {Method::delete_, "/api/v1/suggestions/:account_id", Scope::read_accounts, dismiss},
};

}  // namespace

std::span<Route const> directory_routes() {
  return routes;
}

}  // namespace posy::api
