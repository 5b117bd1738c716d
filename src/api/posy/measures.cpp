// Figures over time: what came of a person's posts, and what the server did. (docs/posy-api.md)
#include <algorithm>

#include "api/entities/measures.hpp"
#include "api/posy/operator.hpp"
#include "api/posy/routes.hpp"
#include "json/write.hpp"
#include "store/measure.hpp"

namespace posy::api {
namespace {

using http::Method;
using store::Measure;

constexpr int days_default = 28, days_max = 90;
constexpr int hours_default = 48, hours_max = 168;

struct DaysParams {
  std::optional<int> days;
};
BOOST_DESCRIBE_STRUCT(DaysParams, (), (days))

struct HoursParams {
  std::optional<int> hours;
};
BOOST_DESCRIBE_STRUCT(HoursParams, (), (hours))

std::string date_of(std::int64_t day) {
  std::chrono::year_month_day const date{std::chrono::sys_days{std::chrono::days{day}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

// Adds what was counted to the places that begin with `first`; what stands outside of them is not shown.
template <class Row>
void add(std::vector<Row>& rows, std::int64_t Row::* member, std::vector<store::Counted> const& counted,
         std::int64_t first, std::int64_t slots_each = 1) {
  for (auto const& one : counted) {
    auto const at = one.slot / slots_each - first;
    if (at >= 0 && at < std::ssize(rows)) rows[static_cast<std::size_t>(at)].*member += one.number;
  }
}

Task<http::Response> of_person(Api& api, Request const& request) {
  int const count = std::clamp(request.read<DaysParams>().days.value_or(days_default), 1, days_max);
  auto const who = request.account();
  auto load = [&](db::Reader& r) {
    using entities::MeasuredDay;
    auto const first = store::day_of(r.now()) - count + 1;
    Time const from{std::chrono::days{first}};
    entities::Measures out;
    for (int i = 0; i < count; ++i) out.days.push_back({.date = date_of(first + i)});
    add(out.days, &MeasuredDay::followers, store::told_by_day(r, who, store::NotificationKind::follow, from), first);
    add(out.days, &MeasuredDay::replies, store::told_by_day(r, who, store::NotificationKind::mention, from), first);
    add(out.days, &MeasuredDay::deliveries, store::hours_of(r, who.value, Measure::delivered, first * 24), first, 24);
    return json::to_json(out);
  };
  std::string body = co_await api.db.read_long(load);
  co_return http::json(std::move(body));
}

Task<http::Response> of_server(Api& api, Request const& request) {
  int const count = std::clamp(request.read<HoursParams>().hours.value_or(hours_default), 1, hours_max);
  auto load = [&](db::Reader& r) {
    using entities::MeasuredHour;
    require_admin(r, request.account());
    auto const first = store::hour_of(r.now()) - count + 1;
    entities::ServerMeasures out;
    for (int i = 0; i < count; ++i) out.hours.push_back({.at = Time{std::chrono::hours{first + i}}});
    auto of = [&](Measure measure) { return store::hours_of(r, store::whole_server, measure, first); };
    add(out.hours, &MeasuredHour::delivered, of(Measure::delivered), first);
    add(out.hours, &MeasuredHour::failed, of(Measure::failed), first);
    add(out.hours, &MeasuredHour::received, of(Measure::received), first);
    return json::to_json(out);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {Method::get, "/api/posy/v1/measures", Scope::read_statuses, of_person},
    {Method::get, "/api/posy/v1/admin/measures", Scope::admin_read, of_server},
};

}  // namespace

std::span<Route const> posy_measures_routes() {
  return routes;
}

}  // namespace posy::api
