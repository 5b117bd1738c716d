// Tells the apps of a person that nobody looks at right now, by way of the push services that they named (Web Push,
// RFC 8030).
//
// A push is a hint: the notification is in the database before, and stays there whatever becomes of the hint. So what
// waits lives in memory and is bounded, an app is told so often and no more, and a service that does not answer is left
// alone for a while.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/task.hpp"
#include "crypto/p256.hpp"
#include "db/database.hpp"
#include "http/client.hpp"
#include "social/site.hpp"
#include "store/push_subscription.hpp"

namespace posy::push {

class Pusher {
 public:
  Pusher(db::Database& database, social::Site const& site, Clock const& clock, crypto::P256PrivateKey key,
         http::ClientOptions options);
  ~Pusher();

  // From a thread of the database; returns at once.
  void on_events(std::span<db::Event const> events);
  void start();
  void stop();

  struct Push {
    store::PushSubscription to;
    std::string text;
  };

 private:
  // How often a subscription was told of late, and until when its service is left alone.
  struct Care {
    double told = 0;  // less what time has given back
    Time counted_at{};
    int failures = 0;
    Time rests_until{};
  };

  void wake();
  Task<> run();
  Task<> work_off();
  bool may_tell(RowId subscription, Time now);
  Task<> send_safely(Push push);
  Task<> send(Push const& push);
  void failed(RowId subscription);

  db::Database& database_;
  social::Site const& site_;
  Clock const& clock_;
  crypto::P256PrivateKey key_;
  boost::asio::io_context loop_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{loop_.get_executor()};
  http::Client client_;
  boost::asio::steady_timer timer_{loop_};
  std::thread thread_;

  std::mutex mutex_;  // of the queue
  std::deque<std::pair<AccountId, NotificationId>> queue_;
  bool is_woken_ = false, stopping_ = false;

  // On the loop alone.
  std::map<RowId, Care> care_;
  int under_way_ = 0;
};

}  // namespace posy::push
