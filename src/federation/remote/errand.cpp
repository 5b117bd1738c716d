#include "federation/remote/errand.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace posy::federation {
namespace {

constexpr int failures_max = 2;  // of one server
constexpr int strangers_reserve = 25;  // requests that are left to what matters more

Error enough() { return {Refusal::too_many, "Enough was asked of other servers for this"}; }

}  // namespace

Errand::Errand(Manners manners) : manners_(manners), left_(manners.requests), until_(Clock::now() + manners.time) {}

Task<Result<>> Errand::admit(std::string host) {
  auto now = Clock::now();
  if (left_ <= 0 || now >= until_) co_return enough();
  auto& state = hosts_[host];  // stays where it is while others come
  if (state.requests >= manners_.per_host || state.failures >= failures_max) co_return enough();
  --left_;
  ++state.requests;
  auto start = std::max(now, state.next);
  state.next = start + manners_.pause;
  if (start > now) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    timer.expires_at(start);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
  co_return Result<>{};
}

void Errand::failed(std::string const& host) { ++hosts_[host].failures; }

bool Errand::take_stranger() {
  if (manners_.strangers <= 0 || left_ <= strangers_reserve) return false;
  --manners_.strangers;
  return true;
}

}  // namespace posy::federation
