#include "serving/flights.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace posy::serving {

namespace asio = boost::asio;

// Resumes a coroutine on its own executor, and keeps that executor's loop running meanwhile.
template <class Handler>
class Flights::CoroutineWaiter final : public Waiter {
 public:
  explicit CoroutineWaiter(Handler handler)
      : handler_(std::move(handler)), work_(asio::get_associated_executor(handler_)) {}

  void tell(Landed const& landed) override {
    auto executor = work_.get_executor();
    asio::post(executor, [handler = std::move(handler_), landed, work = std::move(work_)]() mutable {
      std::move(handler)(std::move(landed));
    });
  }

 private:
  Handler handler_;
  asio::executor_work_guard<asio::associated_executor_t<Handler>> work_;
};

std::optional<Flights::Turn> Flights::begin(std::string const& address) {
  std::scoped_lock lock(mutex_);
  if (!under_way_.try_emplace(address).second) return {};
  return Turn(*this, address);
}

Task<Flights::Landed> Flights::wait(std::string const& address) {
  auto start = [this, &address](auto handler) {
    std::unique_ptr<Waiter> waiter = std::make_unique<CoroutineWaiter<decltype(handler)>>(std::move(handler));
    if (!join(address, waiter)) waiter->tell({});
  };
  using Token = asio::use_awaitable_t<> const;
  Task<Landed> waiting = asio::async_initiate<Token, void(Landed)>(start, asio::use_awaitable);
  Landed landed = co_await std::move(waiting);
  co_return landed;
}

bool Flights::join(std::string const& address, std::unique_ptr<Waiter>& waiter) {
  std::scoped_lock lock(mutex_);
  auto found = under_way_.find(address);
  if (found == under_way_.end()) return false;
  found->second.push_back(std::move(waiter));
  return true;
}

void Flights::finish(std::string const& address, Landed const& landed) {
  std::unique_lock lock(mutex_);
  auto found = under_way_.extract(address);
  lock.unlock();
  for (auto& waiter : found.mapped()) waiter->tell(landed);
}

}  // namespace posy::serving
