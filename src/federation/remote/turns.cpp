#include "federation/remote/turns.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace posy::federation {

Task<bool> Turns::enter(std::string host) {
  if (has_room(host)) {
    count(host);
    co_return true;
  }
  if (waiting_.size() >= bounds_.waiting) co_return false;
  auto own = std::make_shared<Waiting>(
      Waiting{std::move(host), boost::asio::steady_timer(executor_, bounds_.longest_wait)});
  waiting_.push_back(own);
  boost::system::error_code woken;
  co_await own->timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  if (!own->has_entered) waiting_.remove(own);
  co_return own->has_entered;
}

void Turns::leave(std::string const& host) {
  --busy_;
  auto busy = busy_hosts_.find(host);
  if (--busy->second == 0) busy_hosts_.erase(busy);
  for (auto next = waiting_.begin(); next != waiting_.end() && busy_ < bounds_.at_once;) {
    auto waiting = *next;
    if (!has_room(waiting->host)) {
      ++next;
      continue;
    }
    count(waiting->host);
    waiting->has_entered = true;
    waiting->timer.cancel();
    next = waiting_.erase(next);
  }
}

bool Turns::has_room(std::string const& host) const {
  auto busy = busy_hosts_.find(host);
  return busy_ < bounds_.at_once && (busy == busy_hosts_.end() || busy->second < bounds_.for_one_host);
}

void Turns::count(std::string const& host) {
  ++busy_;
  ++busy_hosts_[host];
}

}  // namespace posy::federation
