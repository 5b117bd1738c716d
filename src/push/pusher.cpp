#include "push/pusher.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <algorithm>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "crypto/push_seal.hpp"
#include "http/url.hpp"
#include "push/message.hpp"
#include "push/vapid.hpp"
#include "social/live.hpp"

namespace posy::push {
namespace {

constexpr std::size_t waiting_max = 5000;  // notifications; what comes when so many wait is not told
constexpr std::size_t batch_max = 200;
constexpr int under_way_max = 32;
// An app: so often at once, and once in so many seconds from then on. Tens of thousands who answer ring no telephone for
// hours; what is not told is there when she looks.
constexpr double burst = 20, seconds_each = 10;
constexpr std::size_t cared_for_max = 50'000;
constexpr std::chrono::minutes first_rest{1};
constexpr std::chrono::hours longest_rest{6};
constexpr std::size_t answer_max = 1024;
constexpr std::string_view kept_for = "172800";  // seconds that the service keeps it for an app that sleeps

Milliseconds rest_after(int failures) {
  return std::min<Milliseconds>(longest_rest, Milliseconds(first_rest) * (1 << std::min(failures - 1, 12)));
}

std::string contact_of(social::Site const& site) {
  return site.contact_email.empty() ? site.base_url : "mailto:" + site.contact_email;
}

http::ClientOptions bounded(http::ClientOptions options) {
  options.body_max = answer_max;
  options.may_reach = {};  // rules about servers that people write from are none about push services
  return options;
}

}  // namespace

Pusher::Pusher(db::Database& database, social::Site const& site, Clock const& clock, crypto::P256PrivateKey key,
               http::ClientOptions options)
    : database_(database),
      site_(site),
      clock_(clock),
      key_(std::move(key)),
      client_(loop_.get_executor(), bounded(std::move(options))) {}

Pusher::~Pusher() { stop(); }

void Pusher::start() {
  boost::asio::co_spawn(loop_, [this] { return run(); }, boost::asio::detached);
  thread_ = std::thread([this] { loop_.run(); });
}

void Pusher::stop() {
  if (!thread_.joinable()) return;
  {
    std::scoped_lock lock(mutex_);
    stopping_ = true;
    queue_.clear();
  }
  wake();
  client_.stop();
  guard_.reset();
  thread_.join();
}

void Pusher::on_events(std::span<db::Event const> events) {
  bool has_any = false;
  {
    std::scoped_lock lock(mutex_);
    if (stopping_) return;
    for (auto const& event : events) {
      if (event.kind != static_cast<int>(social::Live::notification) || queue_.size() >= waiting_max) continue;
      queue_.emplace_back(AccountId{event.a}, NotificationId{event.b});
      has_any = true;
    }
  }
  if (has_any) wake();
}

void Pusher::wake() {
  {
    std::scoped_lock lock(mutex_);
    if (std::exchange(is_woken_, true)) return;
  }
  boost::asio::post(loop_, [this] { timer_.cancel(); });
}

Task<> Pusher::run() {
  for (;;) {
    {
      std::scoped_lock lock(mutex_);
      if (stopping_) co_return;
      is_woken_ = false;
    }
    try {
      Task<> working = work_off();
      co_await std::move(working);
    } catch (std::exception const& error) {
      log::error("push: {}", error.what());
    }
    {
      std::scoped_lock lock(mutex_);
      if (is_woken_ || stopping_) continue;
    }
    timer_.expires_at(boost::asio::steady_timer::time_point::max());
    boost::system::error_code woken;
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  }
}

Task<> Pusher::work_off() {
  for (;;) {
    std::map<AccountId, std::vector<NotificationId>> of_account;
    {
      std::scoped_lock lock(mutex_);
      if (under_way_ >= under_way_max) co_return;  // one that ends wakes us
      for (std::size_t taken = 0; taken < batch_max && !queue_.empty(); ++taken) {
        of_account[queue_.front().first].push_back(queue_.front().second);
        queue_.pop_front();
      }
    }
    if (of_account.empty()) co_return;
    auto const now = clock_.now();
    std::vector<Push> pushes;
    auto look = [&](db::Reader& r) {
      pushes.clear();
      for (auto const& [account, ids] : of_account) {
        auto subscriptions = store::push_subscriptions_of(r, account);
        if (subscriptions.empty()) continue;
        for (auto const& notification : store::notifications_by_id(r, ids))
          for (auto const& one : subscriptions) {
            if (!is_wanted(r, one, notification)) continue;
            auto text = make_message(r, site_, one, notification);
            if (!text.empty() && text.size() <= crypto::push_text_max) pushes.push_back({one, std::move(text)});
          }
      }
    };
    co_await database_.read(look);
    for (auto& push : pushes) {
      if (!may_tell(push.to.id, now)) continue;
      ++under_way_;
      boost::asio::co_spawn(
          loop_, [this, push = std::move(push)]() mutable { return send_safely(std::move(push)); },
          boost::asio::detached);
    }
  }
}

bool Pusher::may_tell(RowId subscription, Time now) {
  if (care_.size() >= cared_for_max) care_.clear();
  auto& care = care_.try_emplace(subscription, Care{.counted_at = now}).first->second;
  if (now < care.rests_until) return false;
  auto const since = std::chrono::duration<double>(now - care.counted_at).count();
  care.told = std::max(0.0, care.told - std::max(0.0, since) / seconds_each);
  care.counted_at = now;
  if (care.told + 1 > burst) return false;
  ++care.told;
  return true;
}

Task<> Pusher::send_safely(Push push) {
  try {
    Task<> sending = send(push);
    co_await std::move(sending);
  } catch (std::exception const& error) {
    log::error("push: {}", error.what());
  }
  --under_way_;
  wake();
}

Task<> Pusher::send(Push const& push) {
  auto const& to = push.to;
  auto url = http::parse_url(to.endpoint);
  auto sender = crypto::PushSender::make();
  crypto::PushReader reader{from_base64(to.point).value_or(""), from_base64(to.auth).value_or("")};
  auto sealed = to.is_standard ? crypto::seal_push(sender, reader, push.text)
                               : crypto::seal_early_push(sender, reader, push.text);
  if (!url || !sealed) co_return;  // both were looked at when it was subscribed
  // Its origin as RFC 6454 writes it: without the usual port.
  auto const origin = (url->is_https ? "https://" : "http://") + url->authority();
  auto const token = vapid_token(key_, origin, contact_of(site_), clock_.now());
  auto const point = to_base64url(key_.point());
  http::Outgoing request{.method = http::Method::post, .url = to.endpoint};
  request.cut_body = true;
  request.headers.set("TTL", std::string(kept_for));
  request.headers.set("Urgency", "normal");
  request.headers.set("Content-Type", "application/octet-stream");
  if (to.is_standard) {
    request.headers.set("Content-Encoding", "aes128gcm");
    request.headers.set("Authorization", "vapid t=" + token + ", k=" + point);
  } else {
    request.headers.set("Content-Encoding", "aesgcm");
    request.headers.set("Encryption", "salt=" + to_base64url(sender.salt));
    request.headers.set("Crypto-Key", "dh=" + to_base64url(sender.key.point()) + ";p256ecdsa=" + point);
    request.headers.set("Authorization", "WebPush " + token);
  }
  request.body = std::move(*sealed);
  Task<http::SendResult<http::Incoming>> sending = client_.send(std::move(request));
  http::SendResult<http::Incoming> answer = co_await std::move(sending);
  auto const id = to.id;
  if (answer && answer->status / 100 == 2) {
    if (auto care = care_.find(id); care != care_.end()) care->second.failures = 0;
    co_return;
  }
  if (answer && (answer->status == 404 || answer->status == 410)) {  // RFC 8030, section 7.3: there is nobody any more
    auto forget = [&](db::Writer& w) { store::delete_push_subscription(w, to.token, id); };
    co_await database_.write(forget);
    co_return;
  }
  log::debug("push to {}: {}", url->host, answer ? std::to_string(answer->status) : answer.error().detail);
  failed(id);
}

void Pusher::failed(RowId subscription) {
  auto found = care_.find(subscription);
  if (found == care_.end()) return;
  auto& care = found->second;
  ++care.failures;
  care.rests_until = clock_.now() + rest_after(care.failures);
}

}  // namespace posy::push
