#include "federation/remote/turns.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace posy::federation {

Task<bool> Turns::enter(std::string name) {
  Host& host = hosts_[name];  // stays where it is while others come and go
  if (busy_ < bounds_.at_once && host.busy < bounds_.for_one_host && host.waiting.empty()) {
    ++busy_;
    ++host.busy;
    co_return true;
  }
  if (waiting_ >= bounds_.waiting || host.waiting.size() >= bounds_.waiting_for_one_host) {
    forget(name);
    co_return false;
  }
  auto own = std::make_shared<Waiting>(Waiting{boost::asio::steady_timer(executor_, bounds_.longest_wait)});
  host.waiting.push_back(own);
  ++waiting_;
  make_ready(name, host);
  boost::system::error_code woken;
  co_await own->timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  if (own->has_entered) co_return true;
  host.waiting.remove(own);
  --waiting_;
  forget(name);
  co_return false;
}

void Turns::leave(std::string const& name) {
  --busy_;
  Host& host = hosts_.at(name);
  --host.busy;
  make_ready(name, host);
  let_in();
  forget(name);
}

void Turns::make_ready(std::string const& name, Host& host) {
  if (host.is_ready || host.waiting.empty() || host.busy >= bounds_.for_one_host) return;
  host.is_ready = true;
  ready_.push_back(name);
}

void Turns::let_in() {
  while (busy_ < bounds_.at_once && !ready_.empty()) {
    auto name = std::move(ready_.front());
    ready_.pop_front();
    auto found = hosts_.find(name);
    if (found == hosts_.end()) continue;  // those who waited have given up
    Host& host = found->second;
    host.is_ready = false;
    if (host.waiting.empty() || host.busy >= bounds_.for_one_host) {
      forget(name);
      continue;
    }
    auto waiting = std::move(host.waiting.front());
    host.waiting.pop_front();
    --waiting_;
    ++busy_;
    ++host.busy;
    waiting->has_entered = true;
    waiting->timer.cancel();
    make_ready(name, host);
  }
}

void Turns::forget(std::string const& name) {
  auto found = hosts_.find(name);
  if (found != hosts_.end() && found->second.busy == 0 && found->second.waiting.empty() && !found->second.is_ready)
    hosts_.erase(found);
}

}  // namespace posy::federation
