#include "federation/remote/fetch_once.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace posy::federation {
namespace {

constexpr std::size_t failed_max = 20'000;
constexpr std::chrono::minutes kept{5};
constexpr std::chrono::seconds cleaning_interval{10};
constexpr std::chrono::seconds kept_when_unavailable{15};

}  // namespace

Task<FetchOnce::Answer> FetchOnce::ask(std::string key, Clock const& clock) {
  clock_ = &clock;
  if (auto failed = failed_.find(key); failed != failed_.end()) {
    if (failed->second.until > clock.now()) co_return Answer{{}, failed->second.error};
    failed_.erase(failed);
  }
  auto found = under_way_.find(key);
  if (found == under_way_.end()) {
    auto executor = co_await boost::asio::this_coro::executor;
    constexpr auto for_ever = boost::asio::steady_timer::time_point::max();  // until it is cancelled
    under_way_.emplace(key, std::make_shared<boost::asio::steady_timer>(executor, for_ever));
    co_return Answer{Turn(*this, std::move(key)), {}};
  }
  Waiters waiters = found->second;
  boost::system::error_code woken;
  co_await waiters->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  auto failed = failed_.find(key);
  co_return Answer{{}, failed == failed_.end() ? std::nullopt : std::optional(failed->second.error)};
}

void FetchOnce::finish(std::string const& key, std::optional<Error> const& failure) {
  if (failure) remember(key, *failure);
  auto found = under_way_.find(key);
  auto waiters = std::move(found->second);
  under_way_.erase(found);
  waiters->cancel();
}

void FetchOnce::remember(std::string const& key, Error const& error) {
  auto now = clock_->now();
  if (failed_.size() >= failed_max) {
    // Rarely all of it, as that takes time; any one has to go then.
    if (now - cleaned_ > cleaning_interval) {
      std::erase_if(failed_, [&](auto const& entry) { return entry.second.until < now; });
      cleaned_ = now;
    }
    if (failed_.size() >= failed_max) failed_.erase(failed_.begin());
  }
  bool may_change = error.refusal == Refusal::unavailable;
  failed_.insert_or_assign(key, Failed{error, now + (may_change ? Milliseconds(kept_when_unavailable) : Milliseconds(kept))});
}

}  // namespace posy::federation
