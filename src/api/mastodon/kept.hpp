// What takes a walk through whole tables to find: kept for a while (Numbers in api.hpp).
#pragma once

#include "api/api.hpp"

namespace posy::api {

constexpr auto kept_for = std::chrono::minutes{10};

template <class T, class Load>
Task<T> find_kept(Api& api, Kept<T>& kept, Load load) {
  {
    std::scoped_lock lock(api.numbers.mutex);
    auto age = api.clock.now() - kept.taken;  // below zero when the clock was set back
    if (kept.value && age >= Milliseconds{0} && age < kept_for) co_return *kept.value;
  }
  T fresh = co_await api.db.read_long(load);
  std::scoped_lock lock(api.numbers.mutex);
  kept.value = fresh;
  kept.taken = api.clock.now();
  co_return fresh;
}

}  // namespace posy::api
