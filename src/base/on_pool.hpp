// Work that takes long, away from the I/O loops: runs on the pool, and the coroutine goes on where it was.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/task.hpp"
#include "base/worker_pool.hpp"

namespace posy {

// False when the pool is full; `work` is then not run. It must not throw. What it refers to must live until
// it ends, even if nobody waits for the coroutine any more: let it own its things.
template <class F>
Task<bool> on_pool(WorkerPool& pool, F work, WorkerPool::Place place = WorkerPool::Place::last) {
  namespace asio = boost::asio;
  auto executor = co_await asio::this_coro::executor;
  auto start = [&pool, executor, place, work = std::move(work)](auto handler) mutable {
    struct Waiting {
      decltype(handler) resume;
      asio::executor_work_guard<asio::any_io_executor> guard;
    };
    // The pool copies its jobs, which a handler does not allow: hence shared.
    auto waiting = std::make_shared<Waiting>(Waiting{std::move(handler), asio::make_work_guard(executor)});
    auto answer = [executor, waiting](bool ran) {
      asio::post(executor, [waiting, ran] { std::move(waiting->resume)(ran); });
    };
    auto job = [work = std::move(work), answer]() mutable {
      work();
      answer(true);
    };
    if (!pool.try_submit(std::move(job), place)) answer(false);
  };
  using Token = asio::use_awaitable_t<> const;
  Task<bool> done = asio::async_initiate<Token, void(bool)>(std::move(start), asio::use_awaitable);
  bool ran = co_await std::move(done);
  co_return ran;
}

// What `work` returns; what it throws arrives here. Nothing when the pool is full. What it refers to, as above.
template <class F>
Task<std::optional<std::invoke_result_t<F&>>> result_on_pool(WorkerPool& pool, F work,
                                                             WorkerPool::Place place = WorkerPool::Place::last) {
  struct State {
    std::optional<std::invoke_result_t<F&>> result;
    std::exception_ptr error;
  };
  auto state = std::make_shared<State>();
  auto run = [state, work = std::move(work)]() mutable {
    try {
      state->result.emplace(work());
    } catch (...) {
      state->error = std::current_exception();  // thrown again below
    }
  };
  Task<bool> running = on_pool(pool, std::move(run), place);
  co_await std::move(running);
  if (state->error) std::rethrow_exception(state->error);
  co_return std::move(state->result);
}

}  // namespace posy
