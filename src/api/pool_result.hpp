// `co_await pool_result(api.pool, fn)`: what the function returns, which is run on the pool; what it throws arrives
// where it is awaited. Refuses as unavailable when the pool has too much to do.
#pragma once

#include "base/error.hpp"
#include "base/on_pool.hpp"

namespace posy::api {

template <class F>
Task<std::invoke_result_t<F&>> pool_result(WorkerPool& pool, F fn) {
  Task<std::optional<std::invoke_result_t<F&>>> running = result_on_pool(pool, std::move(fn));
  std::optional<std::invoke_result_t<F&>> result = co_await std::move(running);
  if (!result) refuse(Refusal::unavailable, "The server is busy. Please try again in a moment.");
  co_return std::move(*result);
}

}  // namespace posy::api
