// Brings what happened to the open streams.
//
// Events come from the database after each commit (social/live.hpp) into a bounded queue; one thread works it
// off: it finds the channels that an event concerns, renders once a viewer, and hands the text to the loop of
// each connection. When events come faster than that, some are dropped and counted: a stream is a hint, the
// timelines are the truth.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "api/api.hpp"
#include "api/streaming/channel.hpp"
#include "api/streaming/throttle.hpp"

namespace posy::api::streaming {

struct Message {
  std::vector<std::string> stream;
  std::string event;
  std::string payload;  // JSON, or a bare id
};

// One open connection. `push` and `close` are called on its loop.
struct Listener {
  boost::asio::any_io_executor executor;
  Who who;
  std::function<void(Message const&)> push;
  std::function<void()> close;
};

class Hub {
 public:
  Hub(db::Database& db, Renderer& render);
  ~Hub();

  // From its opening a listener is known here, or the end of its token would pass it by.
  void add(std::shared_ptr<Listener> const& listener);
  void subscribe(std::shared_ptr<Listener> const& listener, Channel const& channel);
  void unsubscribe(std::shared_ptr<Listener> const& listener, Channel const& channel);
  // Ends all its subscriptions, and forgets it. The listener's functions are not called after this when it is called on
  // its loop.
  void remove(std::shared_ptr<Listener> const& listener);

  // From a thread of the database; returns at once.
  void on_events(std::span<db::Event const> events);
  void stop();

 private:
  using Listeners = std::set<std::shared_ptr<Listener>>;

  void work();
  void handle(db::Event const& event);
  void post_created(PostId post);
  void post_edited(PostId post);
  void post_deleted(db::Event const& event);
  void delivery_progressed(AccountId author, PostId post);
  void tell_progress(AccountId author, PostId post);
  void tell_progress_again();
  // The channels that show this post, among those that are open.
  std::vector<Channel> channels_of(db::Reader& r, PostId post);
  std::vector<Channel> timelines_of(db::Reader& r, PostId post);
  // Sends a post to each channel, rendered for each viewer, who may be one that does not want to see it.
  void send_post(std::string const& event, PostId post, std::vector<Channel> const& channels);
  void send(Channel const& channel, std::string const& event, std::string const& payload);
  Listeners listeners_of(Channel const& channel);
  void close_token(TokenId token);

  db::Database& db_;
  Renderer& render_;

  std::mutex mutex_;  // of the listeners and their subscriptions
  Listeners listeners_;
  std::map<Channel, Listeners> channels_;

  std::mutex queue_mutex_;
  std::condition_variable changed_;
  std::deque<db::Event> queue_;
  std::uint64_t dropped_ = 0;
  Throttle<std::pair<AccountId, PostId>> progress_{std::chrono::seconds(1), 1000};
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace posy::api::streaming
