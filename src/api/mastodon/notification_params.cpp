#include "api/mastodon/notification_params.hpp"

#include <algorithm>

namespace posy::api {
namespace {

struct LimitParam {
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(LimitParam, (), (limit))

}  // namespace

store::KindSet read_kinds(std::vector<std::string> const& names) {
  store::KindSet kinds;
  for (auto const& name : names)
    if (auto kind = find_in(store::notification_kind_names, name)) kinds.add(*kind);
  return kinds;
}

store::NotificationQuery read_notification_query(Request const& request) {
  auto params = request.read<NotificationParams>();
  auto wanted = params.types.empty() ? store::KindSet::all() : read_kinds(params.types);
  return {.account = request.account(),
          .kinds = wanted.without(read_kinds(params.exclude_types)),
          .sender = params.account_id.value_or(AccountId{}),
          .include_filtered = params.include_filtered.value_or(false)};
}

store::KindSet read_grouped(Request const& request) {
  auto params = request.read<NotificationParams>();
  if (params.grouped_types.empty()) return store::groupable_kinds;
  auto named = read_kinds(params.grouped_types);
  return store::groupable_kinds.without(store::groupable_kinds.without(named));
}

int read_unread_limit(Request const& request) {
  int limit = request.read<LimitParam>().limit.value_or(unread_default);
  return limit < 1 ? unread_default : std::min(limit, unread_max);
}

}  // namespace posy::api
