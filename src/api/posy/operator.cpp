// The operator's page: what the server does and has, which servers are in trouble, who is here. (docs/posy-api.md)
#include "api/posy/operator.hpp"

#include <filesystem>

#include "api/entities/operator.hpp"
#include "api/mastodon/kept.hpp"
#include "api/mastodon/paging.hpp"
#include "api/pool_result.hpp"
#include "api/posy/routes.hpp"
#include "api/render/page_parts.hpp"
#include "base/process_metrics.hpp"
#include "json/write.hpp"
#include "social/delivery_progress.hpp"
#include "store/inbox_depth.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr int inbox_counted = 100'000;
constexpr int failed_counted = 1'000;
constexpr int hosts_max = 200;
constexpr int accounts_default = 40, accounts_max = 80;

// Files may come and go meanwhile.
std::int64_t bytes_below(std::filesystem::path const& folder) {
  std::int64_t bytes = 0;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code gone;
    auto const size = entry->is_regular_file(gone) ? entry->file_size(gone) : 0;
    if (!gone) bytes += static_cast<std::int64_t>(size);
  }
  return bytes;
}

Task<std::int64_t> media_bytes(Api& api) {
  if (auto known = find_fresh(api, api.numbers.media_bytes)) co_return *known;
  auto work = [folder = api.work_dir.parent_path()] { return bytes_below(folder); };
  Task<std::int64_t> counting = pool_result(api.pool, work);
  std::int64_t bytes = co_await std::move(counting);
  keep(api, api.numbers.media_bytes, bytes);
  co_return bytes;
}

std::optional<std::int64_t> free_bytes(std::filesystem::path const& folder) {
  std::error_code error;
  auto space = std::filesystem::space(folder, error);
  if (error) return {};
  return static_cast<std::int64_t>(space.available);
}

Task<http::Response> overview(Api& api, Request const& request) {
  auto ask = [&](db::Reader& r) { require_admin(r, request.account()); };
  co_await api.db.read(ask);
  auto count = [](db::Reader& r) { return store::count_instance(r); };
  store::InstanceCounts people = co_await find_kept(api, api.numbers.counts, count);
  auto look = [](db::Reader& r) { return store::operator_numbers(r); };
  store::OperatorNumbers numbers = co_await find_kept(api, api.numbers.of_operator, look);
  std::int64_t media = co_await media_bytes(api);

  entities::Overview out;
  auto load = [&](db::Reader& r) {
    out.queues = {.deliveries_waiting = store::queue_depth(r).deliveries,
                  .deliveries_failed = std::ssize(store::given_up_hosts(r, failed_counted)),
                  .inbox_waiting = store::inbox_depth(r, inbox_counted).waiting,
                  .jobs_waiting = store::count_jobs(r)};
    out.hosts_in_trouble = store::count_failing_hosts(r);
  };
  co_await api.db.read_long(load);
  auto const process = this_process();
  out.version = POSY_VERSION;
  out.uptime_s = process.seconds_up;
  out.memory_bytes = process.memory_bytes;
  out.accounts = {.local = people.people, .remote = numbers.accounts - people.people, .active_month = people.active_month};
  out.statuses = {.local = people.posts, .remote = std::max<std::int64_t>(numbers.posts - people.posts, 0)};
  out.storage = {.database_bytes = numbers.database_bytes,
                 .media_bytes = media,
                 .cache_bytes = numbers.copies_bytes,
                 .free_bytes = free_bytes(api.work_dir)};
  co_return http::json(json::to_json(out));
}

Task<http::Response> hosts(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) {
    require_admin(r, request.account());
    std::vector<entities::TroubledHost> out;
    for (auto const& host : store::failing_hosts(r, hosts_max)) {
      auto& shown = out.emplace_back();
      shown.host = host.host;
      shown.failures = host.failures;
      shown.reason = social::told_reason(host.error);
      shown.failing_since = host.failed_since;
      if (host.run_at) shown.next_try_at = std::max(r.now(), *host.run_at);
      shown.waiting = host.waiting;
    }
    return json::to_json(out);
  };
  std::string body = co_await api.db.read_long(load);
  co_return http::json(std::move(body));
}

struct AccountsParams {
  std::optional<int> limit;
  std::optional<AccountId> max_id;
};
BOOST_DESCRIBE_STRUCT(AccountsParams, (), (limit, max_id))

Task<http::Response> accounts(Api& api, Request const& request) {
  auto params = request.read<AccountsParams>();
  int const limit = std::clamp(params.limit.value_or(accounts_default), 1, accounts_max);
  std::string next;
  auto load = [&](db::Reader& r) {
    require_admin(r, request.account());
    auto logins = store::logins_before(r, params.max_id.value_or(AccountId{}), limit);
    std::vector<AccountId> ids;
    for (auto const& login : logins) ids.push_back(login.account);
    AccountParts parts(r, api.render, ids);
    auto const uses = store::last_uses(r, ids);
    std::vector<entities::LocalAccount> out;
    for (auto const& login : logins) {
      auto const* account = parts.find(login.account);
      if (!account) continue;
      auto& shown = out.emplace_back(entities::LocalAccount{.account = {*account},
                                                            .email = login.email,
                                                            .role = std::string(store::name_of(login.role)),
                                                            .created_at = login.created_at,
                                                            .last_active_at = {}});
      auto use = std::ranges::find(uses, login.account, &store::LastUse::account);
      if (use != uses.end()) shown.last_active_at = use->at;
    }
    next = std::ssize(logins) == limit ? logins.back().account.str() : "";
    return json::to_json(out);
  };
  std::string body = co_await api.db.read(load);
  auto response = http::json(std::move(body));
  if (!next.empty())
    response.headers.set("Link", fmt::format("<{}/api/posy/v1/admin/accounts?limit={}&max_id={}>; rel=\"next\"",
                                             api.site.base_url, limit, next));
  co_return response;
}

constexpr Route routes[] = {
    {Method::get, "/api/posy/v1/admin/overview", Scope::admin_read, overview},
    {Method::get, "/api/posy/v1/admin/hosts", Scope::admin_read, hosts},
    {Method::get, "/api/posy/v1/admin/accounts", Scope::admin_read, accounts},
};

}  // namespace

void require_admin(db::Reader& r, AccountId who) {
  auto login = store::find_login(r, who);
  if (!login || login->role < store::Role::admin) refuse(Refusal::forbidden, "This action is not allowed");
}

std::span<Route const> posy_operator_routes() {
  return routes;
}

}  // namespace posy::api
