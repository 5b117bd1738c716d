#include "http/resolver.hpp"

#include <netdb.h>
#include <resolv.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>

namespace posy::http {
namespace {

namespace asio = boost::asio;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t threads = 32;  // they wait; 20,000 names at 30 ms each take 20 s
constexpr std::size_t queue_max = 8192;
constexpr std::size_t known_max = 32'768;
constexpr std::size_t addresses_max = 16;
// getaddrinfo tells no lifetimes, so these are ours.
constexpr std::chrono::minutes found_time{5};
constexpr std::chrono::minutes not_found_time{1};
constexpr std::chrono::seconds no_answer_time{5};  // less than anybody waits before she tries again

constexpr int ask_seconds = 2;  // each server, the second time twice as long
constexpr int ask_times = 2;

// The C library's defaults let one dead name server hold a thread for half a minute. Without the search
// list: "evil" must not become a host of our own domain.
void hurry_this_thread() {
  thread_local bool done = false;
  if (std::exchange(done, true)) return;
  res_init();
  _res.retrans = ask_seconds;
  _res.retry = ask_times;
  _res.options &= ~static_cast<unsigned long>(RES_DNSRCH | RES_DEFNAMES);
}

}  // namespace

std::optional<Addresses> look_up_by_system(std::string const& host) {
  hurry_this_thread();
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (error == EAI_NONAME || error == EAI_NODATA || error == EAI_ADDRFAMILY) return Addresses{};
  if (error != 0) return {};
  Addresses found;
  for (addrinfo* each = list; each != nullptr && found.size() < addresses_max; each = each->ai_next) {
    asio::ip::tcp::endpoint endpoint;
    if (each->ai_addrlen > endpoint.capacity()) continue;
    std::memcpy(endpoint.data(), each->ai_addr, each->ai_addrlen);
    found.push_back(endpoint.address());
  }
  ::freeaddrinfo(list);
  return found;
}

Resolver::Resolver(asio::any_io_executor executor, LookUp look_up)
    : executor_(std::move(executor)), look_up_(std::move(look_up)), threads_(threads, queue_max) {}

Resolver::~Resolver() {
  stop();
}

Task<SendResult<Addresses>> Resolver::find(std::string const& host, SteadyTime deadline) {
  if (stopped_) co_return send_error(Failure::stopped);
  std::optional<Addresses> addresses;
  if (Known const* known = recall(host)) {
    addresses = known->addresses;
  } else {
    std::shared_ptr<Waiting> waiting = start(host);
    if (!waiting) co_return send_error(Failure::too_much_to_do, "too many names wait");
    asio::steady_timer timer(executor_, deadline);
    waiting->waiters.push_back(&timer);
    struct Leaves {
      Waiting& waiting;
      asio::steady_timer* timer;
      ~Leaves() { std::erase(waiting.waiters, timer); }
    } leaves{*waiting, &timer};
    auto [ended] = co_await timer.async_wait(quietly);
    if (stopped_) co_return send_error(Failure::stopped);
    if (!waiting->found) {
      co_return send_error(ended ? Failure::stopped : Failure::timed_out, "while looking up " + host);
    }
    addresses = *waiting->found;
  }
  if (!addresses) co_return send_error(Failure::cannot_look_up, "no answer from DNS for " + host);
  if (addresses->empty()) co_return send_error(Failure::no_such_host, host);
  co_return std::move(*addresses);
}

// The lookup under way, or a new one; null when there are too many.
std::shared_ptr<Resolver::Waiting> Resolver::start(std::string const& host) {
  auto [entry, is_new] = waiting_.try_emplace(host);
  if (!is_new) return entry->second;
  entry->second = std::make_shared<Waiting>();
  // The thread may outlast us by no more than ~Resolver waits, but never the loop: hence `shared`, which is
  // asked under its lock whether the loop is still ours to post to.
  auto job = [host, look_up = look_up_, shared = shared_, executor = executor_, self = weak_from_this()] {
    {
      std::lock_guard lock(shared->mutex);
      if (shared->stopped) return;
    }
    std::optional<Addresses> addresses = look_up(host);
    auto tell = [self, host, addresses = std::move(addresses)]() mutable {
      if (auto resolver = self.lock()) resolver->finish(host, std::move(addresses));
    };
    std::lock_guard lock(shared->mutex);
    if (!shared->stopped) asio::post(executor, std::move(tell));
  };
  if (threads_.try_submit(std::move(job))) return entry->second;
  waiting_.erase(entry);
  return nullptr;
}

void Resolver::finish(std::string const& host, std::optional<Addresses> addresses) {
  remember(host, addresses);
  auto entry = waiting_.find(host);
  if (entry == waiting_.end()) return;
  std::shared_ptr<Waiting> waiting = std::move(entry->second);
  waiting_.erase(entry);
  waiting->found = std::move(addresses);
  for (asio::steady_timer* timer : waiting->waiters) timer->cancel();
}

Resolver::Known const* Resolver::recall(std::string const& host) {
  auto entry = known_.find(host);
  if (entry == known_.end()) return nullptr;
  if (std::chrono::steady_clock::now() < entry->second.good_until) return &entry->second;
  forget(host);
  return nullptr;
}

void Resolver::remember(std::string const& host, std::optional<Addresses> addresses) {
  forget(host);
  if (known_.size() >= known_max) {
    known_.erase(order_.front());
    order_.pop_front();
  }
  std::chrono::seconds time = no_answer_time;
  if (addresses) time = addresses->empty() ? not_found_time : found_time;
  auto place = order_.insert(order_.end(), host);
  known_[host] = {std::move(addresses), std::chrono::steady_clock::now() + time, place};
}

void Resolver::forget(std::string const& host) {
  auto entry = known_.find(host);
  if (entry == known_.end()) return;
  order_.erase(entry->second.place);
  known_.erase(entry);
}

void Resolver::stop() {
  stopped_ = true;
  {
    std::lock_guard lock(shared_->mutex);
    shared_->stopped = true;
  }
  for (auto& [host, waiting] : std::exchange(waiting_, {})) {
    for (asio::steady_timer* timer : waiting->waiters) timer->cancel();
  }
}

}  // namespace posy::http
