// Lists and their members. (docs.joinmastodon.org/methods/lists)
#include "social/lists.hpp"
#include "api/entities/list.hpp"
#include "api/mastodon/people.hpp"
#include "api/mastodon/routes.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

using http::Method;

// `limit=0` asks for all members at once: so many, at most.
constexpr int members_max = 10'000;

struct ListParams {
  std::optional<std::string> title;
  std::optional<store::RepliesPolicy> replies_policy;
  std::optional<bool> exclusive;
};
BOOST_DESCRIBE_STRUCT(ListParams, (), (title, replies_policy, exclusive))

struct MembersParams {
  std::vector<AccountId> account_ids;
};
BOOST_DESCRIBE_STRUCT(MembersParams, (), (account_ids))

struct LimitParams {
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(LimitParams, (), (limit))

entities::List make_list(store::List const& list) {
  return {list.id.str(), list.title, list.replies_policy, list.exclusive};
}

social::ListChange read_change(Request const& request) {
  auto params = request.read<ListParams>();
  return {params.title, params.replies_policy, params.exclusive};
}

http::Response answer(store::List const& list) {
  return http::json(json::to_json(make_list(list)));
}

Task<http::Response> list_all(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) { return store::lists_of(r, request.account()); };
  std::vector<store::List> lists = co_await api.db.read(load);
  std::vector<entities::List> out;
  for (auto const& list : lists) out.push_back(make_list(list));
  co_return http::json(json::to_json(out));
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<ListId>("id").value();
  auto load = [&](db::Reader& r) { return social::load_list(r, request.account(), id); };
  store::List list = co_await api.db.read(load);
  co_return answer(list);
}

Task<http::Response> create(Api& api, Request const& request) {
  auto change = read_change(request);
  auto act = [&](db::Writer& w) { return social::create_list(w, request.account(), change); };
  store::List list = co_await api.db.write(act);
  co_return answer(list);
}

Task<http::Response> update(Api& api, Request const& request) {
  auto id = request.id<ListId>("id").value();
  auto change = read_change(request);
  auto act = [&](db::Writer& w) { return social::change_list(w, request.account(), id, change); };
  store::List list = co_await api.db.write(act);
  co_return answer(list);
}

Task<http::Response> remove(Api& api, Request const& request) {
  auto id = request.id<ListId>("id").value();
  auto act = [&](db::Writer& w) { social::delete_list(w, request.account(), id); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

struct Members {
  std::string body;
  std::vector<AccountId> accounts;
};

Task<http::Response> members(Api& api, Request const& request) {
  auto id = request.id<ListId>("id").value();
  auto page = read_page(request, people_default, people_max);
  bool all = request.read<LimitParams>().limit == 0;
  if (all) page.limit = members_max;
  auto load = [&](db::Reader& r) {
    social::load_list(r, request.account(), id);
    auto accounts = store::list_members(r, id, page);
    return Members{api.render.accounts(r, accounts), accounts};
  };
  Members shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  if (!all) add_links(response, api, request, page, shown.accounts);
  co_return response;
}

using Verb = void (*)(db::Writer&, AccountId, ListId, std::vector<AccountId> const&);

template <Verb verb>
Task<http::Response> change_members(Api& api, Request const& request) {
  auto id = request.id<ListId>("id").value();
  auto params = request.read<MembersParams>();
  auto act = [&](db::Writer& w) { verb(w, request.account(), id, params.account_ids); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/lists", Scope::read_lists, list_all},
    {Method::post, "/api/v1/lists", Scope::write_lists, create},
    {Method::get, "/api/v1/lists/:id", Scope::read_lists, show},
    {Method::put, "/api/v1/lists/:id", Scope::write_lists, update},
    {Method::delete_, "/api/v1/lists/:id", Scope::write_lists, remove},
    {Method::get, "/api/v1/lists/:id/accounts", Scope::read_lists, members},
    {Method::post, "/api/v1/lists/:id/accounts", Scope::write_lists, change_members<social::add_to_list>},
    {Method::delete_, "/api/v1/lists/:id/accounts", Scope::write_lists,
     change_members<social::remove_from_list>},
};

}  // namespace

std::span<Route const> lists_routes() {
  return routes;
}

}  // namespace posy::api
