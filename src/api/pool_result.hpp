// `co_await result_on_pool(api.pool, fn)`: as on_pool, for a function that returns something and may throw:
// both arrive where it is awaited. Refuses as unavailable when the pool has too much to do.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>

#include "api/on_pool.hpp"
#include "base/error.hpp"

namespace posy::api {

template <class F>
Task<std::invoke_result_t<F&>> result_on_pool(WorkerPool& pool, F fn) {
  struct State {
    std::optional<std::invoke_result_t<F&>> result;
    std::exception_ptr error;
  };
  auto state = std::make_shared<State>();
  auto work = [state, fn = std::move(fn)]() mutable {
    try {
      state->result.emplace(fn());
    } catch (...) {
      state->error = std::current_exception();  // thrown again below
    }
  };
  Task<bool> running = on_pool(pool, std::move(work));
  bool ran = co_await std::move(running);
  if (!ran) refuse(Refusal::unavailable, "The server is busy. Please try again in a moment.");
  if (state->error) std::rethrow_exception(state->error);
  co_return std::move(*state->result);
}

}  // namespace posy::api
