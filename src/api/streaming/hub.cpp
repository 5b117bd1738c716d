#include "api/streaming/hub.hpp"

#include <boost/asio/post.hpp>
#include <unordered_map>

#include "api/render/conversation.hpp"
#include "api/render/delivery.hpp"
#include "api/render/notification.hpp"
#include "api/render/renderer.hpp"
#include "base/log.hpp"
#include "social/hidden.hpp"
#include "social/live.hpp"
#include "store/post.hpp"
#include "store/tag.hpp"

namespace posy::api::streaming {

using social::Live;
using social::Viewer;

namespace {

constexpr std::size_t queue_max = 10'000;

struct Meta {
  AccountId author;
  int visibility = 0;
  PostId in_reply_to;
  AccountId in_reply_to_account;
  PostId boost_of;
  bool is_local = false;
};
BOOST_DESCRIBE_STRUCT(Meta, (), (author, visibility, in_reply_to, in_reply_to_account, boost_of, is_local))

}  // namespace

Hub::Hub(db::Database& db, Renderer& render) : db_(db), render_(render), thread_([this] { work(); }) {}

Hub::~Hub() { stop(); }

void Hub::stop() {
  {
    std::scoped_lock lock(queue_mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Hub::add(std::shared_ptr<Listener> const& listener) {
  std::scoped_lock lock(mutex_);
  listeners_.insert(listener);
}

void Hub::subscribe(std::shared_ptr<Listener> const& listener, Channel const& channel) {
  std::scoped_lock lock(mutex_);
  channels_[channel].insert(listener);
}

void Hub::unsubscribe(std::shared_ptr<Listener> const& listener, Channel const& channel) {
  std::scoped_lock lock(mutex_);
  auto found = channels_.find(channel);
  if (found == channels_.end()) return;
  found->second.erase(listener);
  if (found->second.empty()) channels_.erase(found);
}

void Hub::remove(std::shared_ptr<Listener> const& listener) {
  std::scoped_lock lock(mutex_);
  listeners_.erase(listener);
  for (auto at = channels_.begin(); at != channels_.end();) {
    at->second.erase(listener);
    at = at->second.empty() ? channels_.erase(at) : std::next(at);
  }
}

void Hub::on_events(std::span<db::Event const> events) {
  {
    std::scoped_lock lock(queue_mutex_);
    for (auto const& event : events) {
      if (queue_.size() >= queue_max) {
        if (dropped_++ % 1000 == 0) log::warn("streaming: too much happens at once, {} events dropped", dropped_);
        continue;
      }
      queue_.push_back(event);
    }
  }
  changed_.notify_one();
}

void Hub::work() {
  while (true) {
    std::deque<db::Event> events;
    {
      std::unique_lock lock(queue_mutex_);
      auto is_something = [&] { return stopping_ || !queue_.empty(); };
      auto next = progress_.next();
      if (next) changed_.wait_until(lock, *next, is_something);
      else changed_.wait(lock, is_something);
      if (stopping_) return;
      events.swap(queue_);
    }
    {
      std::scoped_lock lock(mutex_);
      if (listeners_.empty()) {  // nobody listens
        progress_.clear();
        continue;
      }
    }
    for (auto const& event : events) {
      try {
        handle(event);
      } catch (std::exception const& error) {
        // A post can be gone again before its event is looked at; the stream goes on.
        log::debug("streaming: {}", error.what());
      }
    }
    tell_progress_again();
  }
}

void Hub::handle(db::Event const& event) {
  switch (static_cast<Live>(event.kind)) {
    case Live::post_created: return post_created(PostId{event.a});
    case Live::post_edited: return post_edited(PostId{event.a});
    case Live::post_deleted: return post_deleted(event);
    case Live::notification: {
      AccountId account{event.a};
      Channel user{.kind = Kind::user, .account = account};
      Channel only{.kind = Kind::user_notification, .account = account};
      if (listeners_of(user).empty() && listeners_of(only).empty()) return;
      auto render = [&](db::Reader& r) {
        return render_notification(r, render_, account, NotificationId{event.b});
      };
      std::string payload = db_.read_now(render);
      send(user, "notification", payload);
      send(only, "notification", payload);
      return;
    }
    case Live::conversation: {
      AccountId account{event.a};
      Channel direct{.kind = Kind::direct, .account = account};
      if (listeners_of(direct).empty()) return;
      auto render = [&](db::Reader& r) {
        return render_conversation(r, render_, account, ConversationId{event.b});
      };
      send(direct, "conversation", db_.read_now(render));
      return;
    }
    case Live::filters_changed:
      return send({.kind = Kind::user, .account = AccountId{event.a}}, "filters_changed", "");
    case Live::delivery_progress: return delivery_progressed(AccountId{event.a}, PostId{event.b});
    case Live::token_revoked: return close_token(TokenId{event.a});
    default: return;
  }
}

std::vector<Channel> Hub::timelines_of(db::Reader& r, PostId post) {
  std::vector<std::int64_t> open;
  std::unordered_map<std::int64_t, Channel> by_timeline;
  {
    std::scoped_lock lock(mutex_);
    for (auto const& [channel, listeners] : channels_) {
      std::int64_t timeline = channel.kind == Kind::user   ? channel.account.value
                              : channel.kind == Kind::list ? channel.list.value
                                                           : 0;
      if (timeline == 0) continue;
      open.push_back(timeline);
      by_timeline.emplace(timeline, channel);
    }
  }
  std::vector<Channel> out;
  if (open.empty()) return out;
  for (auto id : r.all<std::int64_t>("select timeline from timeline_entry where timeline in ids($1) and post = $2",
                                     open, post))
    out.push_back(by_timeline.at(id));
  return out;
}

std::vector<Channel> Hub::channels_of(db::Reader& r, PostId post) {
  auto out = timelines_of(r, post);
  auto meta = r.find<Meta>(R"sql(
      select author, visibility, in_reply_to, in_reply_to_account, boost_of, is_local from post where id = $1
  )sql",
                           post);
  if (!meta || meta->visibility != 0 || meta->boost_of) return out;
  for (auto const& entry : store::tags_of(r, {post})) {
    out.push_back({.kind = Kind::hashtag, .tag = entry.tag.name});
    if (meta->is_local) out.push_back({.kind = Kind::hashtag_local, .tag = entry.tag.name});
  }
  if (meta->in_reply_to && meta->in_reply_to_account != meta->author) return out;
  bool has_media = r.find<int>("select 1 from media where post = $1", post).has_value();
  out.push_back({.kind = Kind::everyone});
  out.push_back({.kind = meta->is_local ? Kind::local : Kind::remote});
  if (has_media) {
    out.push_back({.kind = Kind::everyone_media});
    out.push_back({.kind = meta->is_local ? Kind::local_media : Kind::remote_media});
  }
  return out;
}

void Hub::post_created(PostId post) {
  auto find = [&](db::Reader& r) { return channels_of(r, post); };
  send_post("update", post, db_.read_now(find));
}

void Hub::post_edited(PostId post) {
  auto find = [&](db::Reader& r) { return channels_of(r, post); };
  send_post("status.update", post, db_.read_now(find));
}

void Hub::post_deleted(db::Event const& event) {
  // The post is gone, but its entries still say in which open timelines it stood.
  PostId post{event.a};
  auto find = [&](db::Reader& r) { return timelines_of(r, post); };
  auto channels = db_.read_now(find);
  if (event.text == "public") {
    std::scoped_lock lock(mutex_);
    for (auto const& [channel, listeners] : channels_) {
      bool personal = channel.kind == Kind::user || channel.kind == Kind::user_notification ||
                      channel.kind == Kind::list || channel.kind == Kind::direct;
      if (!personal) channels.push_back(channel);
    }
  }
  for (auto const& channel : channels) send(channel, "delete", post.str());
}

void Hub::delivery_progressed(AccountId author, PostId post) {
  if (listeners_of({.kind = Kind::user, .account = author}).empty()) return;
  if (progress_.may_tell({author, post}, std::chrono::steady_clock::now())) tell_progress(author, post);
}

void Hub::tell_progress(AccountId author, PostId post) {
  auto render = [&](db::Reader& r) { return render_delivery(r, author, post); };
  auto payload = db_.read_now(render);
  if (!payload.empty()) send({.kind = Kind::user, .account = author}, "posy.delivery", payload);
}

void Hub::tell_progress_again() {
  for (auto const& [author, post] : progress_.due(std::chrono::steady_clock::now())) {
    try {
      tell_progress(author, post);
    } catch (std::exception const& error) {
      log::debug("streaming: {}", error.what());
    }
  }
}

void Hub::send_post(std::string const& event, PostId post, std::vector<Channel> const& channels) {
  std::unordered_map<AccountId, std::string> rendered;  // empty: this viewer does not get it
  for (auto const& channel : channels) {
    for (auto const& listener : listeners_of(channel)) {
      AccountId viewer = listener->who.account;
      if (!rendered.contains(viewer)) {
        auto render = [&](db::Reader& r) -> std::string {
          auto row = store::find_post(r, post);
          if (!row || !social::hidden_authors(r, Viewer{viewer}, {row->author}).empty()) return {};
          return render_.status_list(r, Viewer{viewer}, {post}).front();
        };
        rendered[viewer] = db_.read_now(render);
      }
      auto const& payload = rendered[viewer];
      if (payload.empty()) continue;
      Message message{channel.stream(), event, payload};
      boost::asio::post(listener->executor, [listener, message = std::move(message)] {
        if (listener->push) listener->push(message);
      });
    }
  }
}

void Hub::send(Channel const& channel, std::string const& event, std::string const& payload) {
  for (auto const& listener : listeners_of(channel)) {
    Message message{channel.stream(), event, payload};
    boost::asio::post(listener->executor, [listener, message = std::move(message)] {
      if (listener->push) listener->push(message);
    });
  }
}

Hub::Listeners Hub::listeners_of(Channel const& channel) {
  std::scoped_lock lock(mutex_);
  auto found = channels_.find(channel);
  return found == channels_.end() ? Listeners{} : found->second;
}

void Hub::close_token(TokenId token) {
  std::scoped_lock lock(mutex_);
  for (auto const& listener : listeners_)
    if (listener->who.token == token || !token)
      boost::asio::post(listener->executor, [listener] {
        if (listener->close) listener->close();
      });
}

}  // namespace posy::api::streaming
