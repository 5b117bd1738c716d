// What takes a walk through whole tables to find: kept for a while (Numbers in api.hpp).
#pragma once

#include "api/api.hpp"

namespace posy::api {

constexpr auto kept_for = std::chrono::minutes{10};

template <class T>
std::optional<T> find_fresh(Api& api, Kept<T> const& kept) {
  std::scoped_lock lock(api.numbers.mutex);
  auto age = api.clock.now() - kept.taken;  // below zero when the clock was set back
  if (kept.value && age >= Milliseconds{0} && age < kept_for) return kept.value;
  return {};
}

template <class T>
void keep(Api& api, Kept<T>& kept, T const& fresh) {
  std::scoped_lock lock(api.numbers.mutex);
  kept.value = fresh;
  kept.taken = api.clock.now();
}

template <class T, class Load>
Task<T> find_kept(Api& api, Kept<T>& kept, Load load) {
  if (auto fresh = find_fresh(api, kept)) co_return std::move(*fresh);
  T fresh = co_await api.db.read_long(load);
  keep(api, kept, fresh);
  co_return fresh;
}

}  // namespace posy::api
