// Takes what is due of a durable queue into lanes, as much at a time as there is room for, and sleeps until there is
// more: woken, or at the time of the next row.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "base/log.hpp"
#include "db/database.hpp"
#include "federation/lanes.hpp"

namespace posy::federation {

// A `take` that is one transaction and nothing else.
template <class Item>
auto take_from(db::Database& database, std::vector<Item> (*take)(db::Writer&, int limit, Milliseconds lease),
               Milliseconds lease) {
  return [&database, take, lease](int room) -> Task<std::vector<Item>> {
    auto act = [take, lease, room](db::Writer& w) { return take(w, room, lease); };
    co_return co_await database.write(act);
  };
}

template <class Item>
class Pump : public std::enable_shared_from_this<Pump<Item>> {
 public:
  struct Source {
    std::string name;
    std::function<std::optional<Time>(db::Reader&)> next;  // when the next one is due; nothing: there is none
    std::function<Task<std::vector<Item>>(int room)> take;
    std::function<std::string(Item const&)> key;
    std::function<Task<>(Item)> work;
  };

  Pump(boost::asio::any_io_executor executor, db::Database& database, Source source)
      : executor_(executor),
        database_(database),
        source_(std::move(source)),
        lanes_(executor, source_.work, [this] { timer_.cancel(); }),
        timer_(executor) {}

  void start() {
    boost::asio::co_spawn(
        executor_, [self = this->shared_from_this()] { return self->run(); }, boost::asio::detached);
  }
  // From any thread.
  void wake() {
    if (woken_.exchange(true)) return;
    boost::asio::post(executor_, [self = this->shared_from_this()] { self->timer_.cancel(); });
  }
  void stop() {
    stopping_ = true;
    wake();
  }

 private:
  static constexpr int room_max = 256;
  static constexpr Milliseconds longest_sleep{30'000};

  Task<> run() {
    while (!stopping_) {
      woken_ = false;
      Milliseconds sleep = longest_sleep;
      try {
        Task<Milliseconds> filling = fill();
        sleep = co_await std::move(filling);
      } catch (std::exception const& error) {
        log::error("{}: {}", source_.name, error.what());
      }
      if (woken_ || stopping_) continue;
      timer_.expires_after(sleep);
      boost::system::error_code woken;
      co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
    }
  }

  Task<std::optional<Milliseconds>> until_next() {
    auto ask = [this](db::Reader& r) -> std::optional<Milliseconds> {
      auto next = source_.next(r);
      if (!next) return {};
      return *next - r.now();
    };
    co_return co_await database_.read(ask);
  }

  // How long to sleep then.
  Task<Milliseconds> fill() {
    int room = room_max - static_cast<int>(lanes_.size());
    if (room <= 0) co_return longest_sleep;  // a lane that gets on wakes us
    Task<std::optional<Milliseconds>> asking = until_next();
    std::optional<Milliseconds> next = co_await std::move(asking);
    if (next && *next <= Milliseconds{0}) {
      Task<std::vector<Item>> taking = source_.take(room);
      std::vector<Item> items = co_await std::move(taking);
      for (auto& item : items) {
        auto key = source_.key(item);
        lanes_.add(key, std::move(item));
      }
      if (static_cast<int>(items.size()) == room) co_return longest_sleep;
      Task<std::optional<Milliseconds>> again = until_next();
      next = co_await std::move(again);
    }
    co_return std::clamp(next.value_or(longest_sleep), Milliseconds{1}, longest_sleep);
  }

  boost::asio::any_io_executor executor_;
  db::Database& database_;
  Source source_;
  Lanes<Item> lanes_;
  boost::asio::steady_timer timer_;
  std::atomic<bool> woken_{false};
  std::atomic<bool> stopping_{false};
};

}  // namespace posy::federation
