// Searching people, hashtags and posts. (docs.joinmastodon.org/methods/search)
#include "social/search.hpp"
#include "api/elsewhere.hpp"
#include "api/entities/list.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/renderer.hpp"
#include "api/render/tag.hpp"
#include "base/enum_names.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

enum class Kind { accounts, hashtags, statuses };
constexpr EnumName<Kind> kind_names[] = {
    {Kind::accounts, "accounts"}, {Kind::hashtags, "hashtags"}, {Kind::statuses, "statuses"}};
std::optional<Kind> parse_enum(std::string_view name, Kind*) {
  return find_in(kind_names, name);
}

struct SearchParams {
  std::string q;
  std::optional<Kind> type;
  std::optional<bool> following;
  std::optional<bool> exclude_unreviewed;  // no tag is reviewed here; those without use are left out instead
  std::optional<AccountId> account_id;
  std::optional<RowId> max_id;
  std::optional<RowId> min_id;
  std::optional<int> limit;
  std::optional<int> offset;
  std::optional<bool> resolve;
};
BOOST_DESCRIBE_STRUCT(SearchParams, (),
                      (q, type, following, exclude_unreviewed, account_id, max_id, min_id, limit, offset,
                       resolve))

constexpr int limit_default = 20;
constexpr int limit_max = 40;
constexpr int offset_max = 1000;

social::SearchQuery read_query(Request const& request) {
  auto params = request.read<SearchParams>();
  if (params.q.find_first_not_of(" \t\n") == std::string::npos)
    refuse(Refusal::unprocessable, "Validation failed: q can't be blank");
  social::SearchQuery query{.text = params.q};
  if (params.type) {
    query.accounts = *params.type == Kind::accounts;
    query.tags = *params.type == Kind::hashtags;
    query.posts = *params.type == Kind::statuses;
    // Later pages make sense of one kind only.
    query.offset = std::clamp(params.offset.value_or(0), 0, offset_max);
  }
  query.only_followed = params.following.value_or(false);
  query.only_used_tags = params.exclude_unreviewed.value_or(false);
  query.author = params.account_id.value_or(AccountId{});
  query.posts_before = params.max_id.value_or(RowId{}).value;
  query.posts_after = params.min_id.value_or(RowId{}).value;
  query.limit = std::clamp(params.limit.value_or(limit_default), 1, limit_max);
  return query;
}

Task<http::Response> search(Api& api, Request const& request) {
  auto query = read_query(request);
  // Only for people of this server: others could make it ask anybody for anything.
  if (request.account() && request.read<SearchParams>().resolve.value_or(false)) {
    Task<> looking = look_elsewhere(api, query.text);
    co_await std::move(looking);
  }
  auto load = [&](db::Reader& r) {
    auto found = social::search(r, api.site, request.viewer(), query);
    entities::Search out;
    out.accounts.text = api.render.accounts(r, found.accounts);
    out.statuses.text = api.render.statuses(r, request.viewer(), found.posts);
    out.hashtags = make_tags(r, api.site, request.viewer(), found.tags);
    return json::to_json(out);
  };
  std::string body = co_await api.db.read_long(load);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {http::Method::get, "/api/v2/search", visitors_or(Scope::read_search), search},
};

}  // namespace

std::span<Route const> search_routes() {
  return routes;
}

}  // namespace posy::api
