// Keeps the rules about servers in memory as they are in the database: read again at once when this process changed
// them, and within two seconds when another one did, such as the command `posy domain`.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <atomic>
#include <memory>

#include "base/task.hpp"
#include "db/database.hpp"
#include "social/domain_rules.hpp"

namespace posy::federation {

class RulesWatch : public std::enable_shared_from_this<RulesWatch> {
 public:
  // Both must outlive this.
  RulesWatch(boost::asio::any_io_executor executor, db::Database& database, social::DomainRules& rules);

  void start();
  void wake();  // from any thread
  void stop();

 private:
  Task<> run();

  boost::asio::any_io_executor executor_;
  db::Database& database_;
  social::DomainRules& rules_;
  boost::asio::steady_timer timer_;
  std::atomic<bool> woken_{false};
  std::atomic<bool> stopping_{false};
};

}  // namespace posy::federation
