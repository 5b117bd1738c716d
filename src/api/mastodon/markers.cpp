// How far somebody has read. (docs.joinmastodon.org/methods/markers)
#include <map>

#include "api/entities/list.hpp"
#include "api/mastodon/routes.hpp"
#include "json/write.hpp"
#include "social/markers.hpp"

namespace posy::api {
namespace {

using http::Method;

struct TimelineParams {
  std::vector<std::string> timeline;
};
BOOST_DESCRIBE_STRUCT(TimelineParams, (), (timeline))

struct Position {
  RowId last_read_id;
};
BOOST_DESCRIBE_STRUCT(Position, (), (last_read_id))

struct MarkerParams {
  std::optional<Position> home;
  std::optional<Position> notifications;
};
BOOST_DESCRIBE_STRUCT(MarkerParams, (), (home, notifications))

http::Response answer(std::vector<store::Marker> const& markers) {
  std::map<std::string, entities::Marker> out;
  for (auto const& marker : markers)
    out.emplace(marker.timeline,
                entities::Marker{std::to_string(marker.last_read), marker.version, marker.updated_at});
  return http::json(json::to_json(out));
}

Task<http::Response> show(Api& api, Request const& request) {
  auto timelines = request.read<TimelineParams>().timeline;
  auto load = [&](db::Reader& r) { return store::markers_of(r, request.account(), timelines); };
  std::vector<store::Marker> markers = co_await api.db.read(load);
  co_return answer(markers);
}

Task<http::Response> save(Api& api, Request const& request) {
  auto params = request.read<MarkerParams>();
  std::vector<std::pair<std::string, std::int64_t>> positions;
  if (params.home) positions.emplace_back("home", params.home->last_read_id.value);
  if (params.notifications) positions.emplace_back("notifications", params.notifications->last_read_id.value);
  auto act = [&](db::Writer& w) { return social::set_markers(w, request.account(), positions); };
  std::vector<store::Marker> markers = co_await api.db.write(act);
  co_return answer(markers);
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/markers", Scope::read_statuses, show},
    {Method::post, "/api/v1/markers", Scope::write_statuses, save},
};

}  // namespace

std::span<Route const> markers_routes() {
  return routes;
}

}  // namespace posy::api
