// Looking at accounts. (docs.joinmastodon.org/methods/accounts)
#include <unordered_set>

#include "api/entities/list.hpp"
#include "api/mastodon/people.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/relationship.hpp"
#include "api/render/tag.hpp"
#include "json/write.hpp"
#include "social/remote_refresh.hpp"
#include "social/search.hpp"
#include "social/timelines.hpp"
#include "text/normalize.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr std::size_t ids_max = 100;  // in one request
constexpr int familiar_max = 20;      // shown for one account
constexpr std::size_t familiar_ids_max = 20;

struct IdsParams {
  std::vector<AccountId> id;
  std::optional<bool> with_suspended;
};
BOOST_DESCRIBE_STRUCT(IdsParams, (), (id, with_suspended))

std::vector<AccountId> read_ids(Request const& request, std::size_t max) {
  auto ids = request.read<IdsParams>().id;
  std::unordered_set<AccountId> seen;
  std::erase_if(ids, [&](AccountId id) { return !seen.insert(id).second; });
  if (ids.size() > max) ids.resize(max);
  return ids;
}

// Where a profile shows people: nothing when its owner hides them, or hides from whoever looks.
store::Account require_account(db::Reader& r, AccountId id) {
  auto account = store::find_account(r, id);
  if (!account) refuse(Refusal::not_found, not_found().message);
  return *account;
}

bool hides_people(db::Reader& r, store::Account const& account, AccountId viewer) {
  if (account.suspended_at) return true;
  if (account.id == viewer) return false;
  return account.hide_collections || store::has_blocked(r, account.id, viewer);
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<AccountId>("id").value();
  auto load = [&](db::Reader& r) { return api.render.account(r, id); };
  std::string body = co_await api.db.read(load);
  if (api.refresh) api.refresh->profile_opened(id);
  co_return http::json(std::move(body));
}

Task<http::Response> show_some(Api& api, Request const& request) {
  auto ids = read_ids(request, ids_max);
  auto load = [&](db::Reader& r) { return api.render.accounts(r, ids); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

struct LookupParams {
  std::string acct;
};
BOOST_DESCRIBE_STRUCT(LookupParams, (), (acct))

Task<http::Response> lookup(Api& api, Request const& request) {
  auto params = request.read<LookupParams>();
  AccountId found;
  auto load = [&](db::Reader& r) {
    auto account = social::find_handle(r, api.site, params.acct);
    if (!account) refuse(Refusal::not_found, not_found().message);
    found = account->id;
    return api.render.account(r, account->id);
  };
  std::string body = co_await api.db.read(load);
  if (api.refresh) api.refresh->profile_opened(found);
  co_return http::json(std::move(body));
}

struct SearchParams {
  std::string q;
  std::optional<int> limit;
  std::optional<int> offset;
  std::optional<bool> following;
};
BOOST_DESCRIBE_STRUCT(SearchParams, (), (q, limit, offset, following))

Task<http::Response> search(Api& api, Request const& request) {
  auto params = request.read<SearchParams>();
  int limit = std::clamp(params.limit.value_or(people_default), 1, people_max);
  int offset = std::clamp(params.offset.value_or(0), 0, 1000);
  auto load = [&](db::Reader& r) {
    auto found = social::search_people(r, api.site, request.viewer(), params.q,
                                       params.following.value_or(false), limit, offset);
    return api.render.accounts(r, found);
  };
  std::string body = co_await api.db.read_long(load);
  co_return http::json(std::move(body));
}

Task<http::Response> relationships(Api& api, Request const& request) {
  auto ids = read_ids(request, ids_max);
  bool with_suspended = request.read<IdsParams>().with_suspended.value_or(false);
  auto load = [&](db::Reader& r) { return render_relationships(r, request.account(), ids, with_suspended); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> familiar_followers(Api& api, Request const& request) {
  auto ids = read_ids(request, familiar_ids_max);
  auto load = [&](db::Reader& r) {
    std::vector<entities::FamiliarFollowers> out;
    // One query each: there are familiar_ids_max at most, and each stops after familiar_max people.
    for (auto id : ids) {
      auto account = store::find_account(r, id);
      if (!account) continue;
      std::vector<AccountId> people;
      if (!hides_people(r, *account, request.account()))
        people = store::familiar_followers(r, request.account(), id, familiar_max);
      out.push_back({id.str(), json::Raw{api.render.accounts(r, people)}});
    }
    return json::to_json(out);
  };
  std::string body = co_await api.db.read_long(load);
  co_return http::json(std::move(body));
}

using ListPeople = std::vector<store::Listed> (*)(db::Reader&, AccountId, store::Page const&);

Task<http::Response> people_of(Api& api, Request const& request, ListPeople list) {
  auto id = request.id<AccountId>("id").value();
  auto page = read_page(request, people_default, people_max);
  auto load = [&](db::Reader& r) {
    auto account = require_account(r, id);
    if (hides_people(r, account, request.account())) return People{"[]", {}};
    return show_people(api, r, list(r, id, page));
  };
  People people = co_await api.db.read(load);
  co_return answer_people(api, request, page, std::move(people));
}

Task<http::Response> followers(Api& api, Request const& request) {
  return people_of(api, request, store::followers_of);
}

Task<http::Response> following(Api& api, Request const& request) {
  return people_of(api, request, store::following_of);
}

Task<http::Response> endorsements(Api& api, Request const& request) {
  return people_of(api, request, store::endorsements_of);
}

struct StatusesParams {
  std::optional<bool> only_media;
  std::optional<bool> exclude_replies;
  std::optional<bool> exclude_reblogs;
  std::optional<bool> pinned;
  std::optional<std::string> tagged;
};
BOOST_DESCRIBE_STRUCT(StatusesParams, (), (only_media, exclude_replies, exclude_reblogs, pinned, tagged))

struct Shown {
  std::string body;
  std::vector<PostId> posts;
};

Task<http::Response> statuses(Api& api, Request const& request) {
  auto id = request.id<AccountId>("id").value();
  auto page = read_page(request, 20, 40);
  auto params = request.read<StatusesParams>();
  social::ProfileFilter filter{.media_only = params.only_media.value_or(false),
                               .without_replies = params.exclude_replies.value_or(false),
                               .without_boosts = params.exclude_reblogs.value_or(false),
                               .pinned = params.pinned.value_or(false)};
  if (params.tagged) filter.tag = text::fold_tag(*params.tagged);
  auto load = [&](db::Reader& r) {
    require_account(r, id);
    auto posts = social::profile_timeline(r, request.viewer(), id, filter, page);
    return Shown{api.render.statuses(r, request.viewer(), posts), posts};
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.posts);
  co_return response;
}

Task<http::Response> featured_tags(Api& api, Request const& request) {
  auto id = request.id<AccountId>("id").value();
  auto load = [&](db::Reader& r) {
    auto account = require_account(r, id);
    if (account.suspended_at) return std::string("[]");
    return json::to_json(make_featured_tags(r, api.site, id, store::featured_tags(r, id)));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> lists(Api& api, Request const& request) {
  auto id = request.id<AccountId>("id").value();
  auto load = [&](db::Reader& r) {
    require_account(r, id);
    std::vector<entities::List> out;
    for (auto const& list : store::lists_with(r, request.account(), id))
      out.push_back({list.id.str(), list.title, list.replies_policy, list.exclusive});
    return json::to_json(out);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

// A feature that Mastodon took out again; some apps still ask.
Task<http::Response> identity_proofs(Api& api, Request const& request) {
  auto id = request.id<AccountId>("id").value();
  auto load = [&](db::Reader& r) { return require_account(r, id).id; };
  co_await api.db.read(load);
  co_return http::json("[]");
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/accounts", visitors_or(Scope::read_accounts), show_some},
    {Method::get, "/api/v1/accounts/lookup", visitors_or(Scope::read_accounts), lookup},
    {Method::get, "/api/v1/accounts/search", Scope::read_accounts, search},
    {Method::get, "/api/v1/accounts/relationships", Scope::read_follows, relationships},
    {Method::get, "/api/v1/accounts/familiar_followers", Scope::read_follows, familiar_followers},
    {Method::get, "/api/v1/accounts/:id", visitors_or(Scope::read_accounts), show},
    {Method::get, "/api/v1/accounts/:id/statuses", visitors_or(Scope::read_statuses), statuses},
    {Method::get, "/api/v1/accounts/:id/followers", visitors_or(Scope::read_accounts), followers},
    {Method::get, "/api/v1/accounts/:id/following", visitors_or(Scope::read_accounts), following},
    {Method::get, "/api/v1/accounts/:id/featured_tags", visitors_or(Scope::read_accounts), featured_tags},
    {Method::get, "/api/v1/accounts/:id/endorsements", visitors_or(Scope::read_accounts), endorsements},
    {Method::get, "/api/v1/accounts/:id/lists", Scope::read_lists, lists},
    {Method::get, "/api/v1/accounts/:id/identity_proofs", Scope::read_accounts, identity_proofs},
};

}  // namespace

std::span<Route const> accounts_routes() {
  return routes;
}

}  // namespace posy::api
