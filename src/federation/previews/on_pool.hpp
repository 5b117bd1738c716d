// Work that takes long, away from the loop of the network: runs on the pool, and the coroutine goes on where it was.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>

#include "base/task.hpp"
#include "base/worker_pool.hpp"

namespace posy::federation {

// What `work` returns; what it throws arrives here. Nothing when the pool has too much to do. The work owns what it
// looks at: it may outlive whoever waits for it.
template <class F>
Task<std::optional<std::invoke_result_t<F&>>> on_pool(WorkerPool& pool, F work) {
  namespace asio = boost::asio;
  struct State {
    std::optional<std::invoke_result_t<F&>> result;
    std::exception_ptr error;
  };
  auto state = std::make_shared<State>();
  auto executor = co_await asio::this_coro::executor;
  auto start = [&pool, executor, state, work = std::move(work)](auto handler) mutable {
    struct Waiting {
      decltype(handler) resume;
      asio::executor_work_guard<asio::any_io_executor> guard;
    };
    // The pool copies its jobs, which a handler does not allow: hence shared.
    auto waiting = std::make_shared<Waiting>(Waiting{std::move(handler), asio::make_work_guard(executor)});
    auto go_on = [executor, waiting] { asio::post(executor, [waiting] { std::move(waiting->resume)(); }); };
    auto job = [work = std::move(work), state, go_on]() mutable {
      try {
        state->result.emplace(work());
      } catch (...) {
        state->error = std::current_exception();  // thrown again below
      }
      go_on();
    };
    if (!pool.try_submit(std::move(job))) go_on();
  };
  using Token = asio::use_awaitable_t<> const;
  Task<> done = asio::async_initiate<Token, void()>(std::move(start), asio::use_awaitable);
  co_await std::move(done);
  if (state->error) std::rethrow_exception(state->error);
  co_return std::move(state->result);
}

}  // namespace posy::federation
