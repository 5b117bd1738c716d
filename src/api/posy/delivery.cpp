// What became of a post on its way to other servers. (docs/posy-api.md)
#include "api/posy/routes.hpp"
#include "api/render/delivery.hpp"
#include "base/encoding.hpp"
#include "json/write.hpp"
#include "store/audience.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr int hosts_default = 40, hosts_max = 200;
constexpr std::size_t place_bytes_max = 2048;

enum class State { waiting, failed };
constexpr EnumName<State> state_names[] = {{State::waiting, "waiting"}, {State::failed, "failed"}};
std::optional<State> parse_enum(std::string_view name, State*) { return find_in(state_names, name); }

struct HostsParams {
  std::optional<State> state;
  std::optional<RowId> activity_id;  // else the newest
  std::optional<std::string> after;  // the inbox that ended the page before
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(HostsParams, (), (state, activity_id, after, limit))

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto load = [&](db::Reader& r) {
    return json::to_json(make_delivery(id, social::find_progress(r, request.account(), id).value()));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

// The one that is asked for, if it tells of this post; else the newest. None when nothing is known any more.
RowId choose_activity(social::DeliveryProgress const& progress, std::optional<RowId> asked) {
  if (!asked) return progress.sent.empty() ? RowId{} : progress.sent.front().id;
  auto found = std::ranges::find(progress.sent, *asked, &store::Sent::id);
  if (found == progress.sent.end()) refuse(Refusal::not_found, not_found().message);
  return found->id;
}

struct Hosts {
  RowId activity;
  std::vector<entities::DeliveryHost> rows;
};

Hosts load_hosts(db::Reader& r, AccountId who, PostId post, HostsParams const& params, int limit) {
  Hosts out{.activity = choose_activity(social::find_progress(r, who, post).value(), params.activity_id), .rows = {}};
  if (!out.activity) return out;
  auto after = params.after.value_or("");
  if (params.state.value_or(State::waiting) == State::failed) {
    for (auto const& row : store::failed_after(r, out.activity, after, limit)) out.rows.push_back(make_host(row));
  } else {
    for (auto const& row : store::waiting_hosts(r, out.activity, store::host_of_inbox(after), after, limit))
      out.rows.push_back(make_host(row, r.now()));
  }
  return out;
}

Task<http::Response> hosts(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto params = request.read<HostsParams>();
  bool is_too_long = params.after && params.after->size() > place_bytes_max;
  if (is_too_long) refuse(Refusal::unprocessable, "Validation failed: After is too long");
  int limit = std::clamp(params.limit.value_or(hosts_default), 1, hosts_max);
  auto load = [&](db::Reader& r) { return load_hosts(r, request.account(), id, params, limit); };
  Hosts page = co_await api.db.read(load);
  auto response = http::json(json::to_json(page.rows));
  if (std::ssize(page.rows) < limit) co_return response;
  // The page after this one is of the same activity, whatever is sent meanwhile.
  auto next = fmt::format("{}/api/posy/v1/statuses/{}/delivery/hosts?state={}&activity_id={}&limit={}&after={}",
                          api.site.base_url, id.str(), page.rows.back().state, page.activity.str(), limit,
                          percent_encode(page.rows.back().inbox));
  response.headers.set("Link", "<" + next + ">; rel=\"next\"");
  co_return response;
}

constexpr Route routes[] = {
    {Method::get, "/api/posy/v1/statuses/:id/delivery", Scope::read_statuses, show},
    {Method::get, "/api/posy/v1/statuses/:id/delivery/hosts", Scope::read_statuses, hosts},
};

}  // namespace

std::span<Route const> posy_delivery_routes() {
  return routes;
}

}  // namespace posy::api
