// What many need at the same moment is fetched once, and what could not be fetched is not tried again at once: a
// stranger's key, which anybody can make us look for by naming it. Belongs to one loop.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

namespace posy::federation {

class FetchOnce {
 public:
  // While it lives, others wait for the one who holds it.
  class Turn {
   public:
    Turn(FetchOnce& owner, std::string key) : owner_(&owner), key_(std::move(key)) {}
    Turn(Turn&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)), key_(std::move(other.key_)) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (owner_) owner_->finish(key_, failure_);
    }
    void fails(Error error) { failure_ = std::move(error); }

   private:
    FetchOnce* owner_;
    std::string key_;
    std::optional<Error> failure_;
  };

  // A turn to fetch it; or an error that is still fresh; or neither: somebody else has fetched it meanwhile.
  struct Answer {
    std::optional<Turn> turn;
    std::optional<Error> error;
  };
  Task<Answer> ask(std::string key, Clock const& clock);

 private:
  struct Failed {
    Error error;
    Time until;
  };
  using Waiters = std::shared_ptr<boost::asio::steady_timer>;

  void finish(std::string const& key, std::optional<Error> const& failure);
  void remember(std::string const& key, Error const& error);

  std::unordered_map<std::string, Waiters> under_way_;
  std::unordered_map<std::string, Failed> failed_;
  Clock const* clock_ = nullptr;
  Time cleaned_{};
};

}  // namespace posy::federation
