#include "federation/rules_watch.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"

namespace posy::federation {
namespace {

constexpr std::chrono::seconds pause{2};

}  // namespace

RulesWatch::RulesWatch(boost::asio::any_io_executor executor, db::Database& database, social::DomainRules& rules)
    : executor_(executor), database_(database), rules_(rules), timer_(executor) {}

void RulesWatch::start() {
  boost::asio::co_spawn(
      executor_, [self = shared_from_this()] { return self->run(); }, boost::asio::detached);
}

void RulesWatch::wake() {
  if (woken_.exchange(true)) return;
  boost::asio::post(executor_, [self = shared_from_this()] { self->timer_.cancel(); });
}

void RulesWatch::stop() {
  stopping_ = true;
  boost::asio::post(executor_, [self = shared_from_this()] { self->timer_.cancel(); });
}

Task<> RulesWatch::run() {
  while (!stopping_) {
    woken_ = false;
    try {
      auto refresh = [this](db::Reader& r) { rules_.refresh(r); };
      co_await database_.read(refresh);
    } catch (std::exception const& error) {
      log::error("rules about servers: {}", error.what());
    }
    if (woken_ || stopping_) continue;
    timer_.expires_after(pause);
    boost::system::error_code woken;
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  }
}

}  // namespace posy::federation
