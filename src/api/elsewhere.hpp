// `co_await look_elsewhere(api, text)`: what a search is for is asked of its own server first, if it names one.
// Whoever waits for other servers waits for a bounded time.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

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

// Asks for all of them at once and waits until all are answered, or for so long: what comes later is known then all
// the same.
inline Task<> look_elsewhere(Api& api, std::vector<std::string> texts, std::chrono::milliseconds patience) {
  namespace asio = boost::asio;
  auto* elsewhere = api.elsewhere;
  if (!elsewhere || texts.empty()) co_return;
  auto executor = co_await asio::this_coro::executor;
  auto start = [elsewhere, executor, patience, texts = std::move(texts)](auto handler) mutable {
    // Touched on the loop of the request alone.
    struct Waiting {
      std::optional<decltype(handler)> resume;
      asio::steady_timer timer;
      std::size_t left;
      void finish() {
        if (!resume) return;
        auto go_on = std::move(*resume);
        resume.reset();
        timer.cancel();
        std::move(go_on)();
      }
    };
    auto waiting = std::make_shared<Waiting>(Waiting{std::move(handler), asio::steady_timer(executor), texts.size()});
    waiting->timer.expires_after(patience);
    waiting->timer.async_wait([waiting](boost::system::error_code) { waiting->finish(); });
    for (auto& text : texts)
      elsewhere->look_up(std::move(text), [executor, waiting] {
        asio::post(executor, [waiting] {
          if (--waiting->left == 0) waiting->finish();
        });
      });
  };
  using Token = asio::use_awaitable_t<> const;
  Task<> done = asio::async_initiate<Token, void()>(std::move(start), asio::use_awaitable);
  co_await std::move(done);
}

constexpr std::chrono::seconds search_patience{10};

inline Task<> look_elsewhere(Api& api, std::string text) {
  if (!names_elsewhere(text)) co_return;
  if (text.starts_with('@')) text.erase(0, 1);
  std::vector<std::string> texts{std::move(text)};
  Task<> looking = look_elsewhere(api, std::move(texts), search_patience);
  co_await std::move(looking);
}

}  // namespace posy::api
