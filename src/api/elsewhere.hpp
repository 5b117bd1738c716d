// `co_await look_elsewhere(api, text)`: what a search is for is asked of its own server first, if it names one.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "api/api.hpp"
#include "social/remote_lookup.hpp"

namespace posy::api {

// "alice@a.example", "@alice@a.example" or "https://...": what other servers can be asked for.
inline bool names_elsewhere(std::string_view text) {
  if (text.starts_with("https://") || text.starts_with("http://")) return true;
  if (text.starts_with('@')) text.remove_prefix(1);
  auto at = text.find('@');
  return at != text.npos && at > 0 && at + 1 < text.size() && text.find_first_of(" \t\n") == text.npos;
}

inline Task<> look_elsewhere(Api& api, std::string text) {
  namespace asio = boost::asio;
  auto* elsewhere = api.elsewhere;
  if (!elsewhere || !names_elsewhere(text)) co_return;
  if (text.starts_with('@')) text.erase(0, 1);
  auto executor = co_await asio::this_coro::executor;
  auto start = [elsewhere, executor, text = std::move(text)](auto handler) mutable {
    struct Waiting {
      decltype(handler) resume;
      asio::executor_work_guard<asio::any_io_executor> guard;
    };
    auto waiting = std::make_shared<Waiting>(Waiting{std::move(handler), asio::make_work_guard(executor)});
    elsewhere->look_up(std::move(text), [executor, waiting] {
      asio::post(executor, [waiting] { std::move(waiting->resume)(); });
    });
  };
  using Token = asio::use_awaitable_t<> const;
  Task<> done = asio::async_initiate<Token, void()>(std::move(start), asio::use_awaitable);
  co_await std::move(done);
}

}  // namespace posy::api
