// Who makes an answer, and who waits for it: however many ask for the same address at once, one makes it and the
// others get what became of it. Waiting costs no thread; each goes on on its own loop.
#pragma once

#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/task.hpp"

namespace posy::serving {

struct Finished;

class Flights {
 public:
  // What became of it; neither where whoever was at it went away.
  struct Landed {
    std::shared_ptr<Finished const> finished;
    std::exception_ptr failure;
  };

  // While it lives, others wait for the one who holds it.
  class Turn {
   public:
    Turn(Flights& owner, std::string address) : owner_(&owner), address_(std::move(address)) {}
    Turn(Turn&& other) noexcept
        : owner_(std::exchange(other.owner_, nullptr)),
          address_(std::move(other.address_)),
          landed_(std::move(other.landed_)) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (owner_) owner_->finish(address_, landed_);
    }
    void lands(std::shared_ptr<Finished const> finished) { landed_.finished = std::move(finished); }
    void fails(std::exception_ptr failure) { landed_.failure = std::move(failure); }

   private:
    Flights* owner_;
    std::string address_;
    Landed landed_;
  };

  // Nothing while somebody else is at it.
  std::optional<Turn> begin(std::string const& address);
  // Waits for whoever is at it; comes back at once where nobody is.
  Task<Landed> wait(std::string const& address);

 private:
  class Waiter {
   public:
    virtual ~Waiter() = default;
    virtual void tell(Landed const& landed) = 0;
  };
  template <class Handler>
  class CoroutineWaiter;
  using Waiters = std::vector<std::unique_ptr<Waiter>>;

  bool join(std::string const& address, std::unique_ptr<Waiter>& waiter);
  void finish(std::string const& address, Landed const& landed);

  std::mutex mutex_;
  std::unordered_map<std::string, Waiters> under_way_;
};

}  // namespace posy::serving
