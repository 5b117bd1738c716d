#include "http/client_pool.hpp"

#include <algorithm>

namespace posy::http {
namespace {

constexpr std::chrono::seconds sweep_time{5};

}  // namespace

ClientPool::ClientPool(ClientCore const& core) : core_(core), timer_(core.executor) {}

ClientPool::Pointer ClientPool::take(std::string const& origin) {
  auto now = std::chrono::steady_clock::now();
  for (auto found = of_.find(origin); found != of_.end(); found = of_.find(origin)) {
    Place newest = found->second.back();
    Idle idle = *newest;
    remove(newest);
    if (is_fresh(idle, now)) return idle.connection;
  }
  return nullptr;
}

void ClientPool::put(Pointer connection) {
  auto now = std::chrono::steady_clock::now();
  Idle idle{std::move(connection), now};
  if (core_.options.idle_per_host_max == 0 || core_.options.idle_max == 0 || !is_fresh(idle, now)) return;
  auto found = of_.find(idle.connection->origin);
  if (found != of_.end() && found->second.size() >= core_.options.idle_per_host_max)
    remove(found->second.front());
  if (order_.size() >= core_.options.idle_max) remove(order_.begin());
  idle.connection->wait_until(SteadyTime::max());
  idle.connection->in.shrink_to_fit();
  std::string const& origin = idle.connection->origin;
  of_[origin].push_back(order_.insert(order_.end(), idle));
  ++core_.counters->idle;
  sweep_later();
}

void ClientPool::clear() {
  while (!order_.empty()) remove(order_.begin());
  timer_.cancel();
}

bool ClientPool::is_fresh(Idle const& idle, SteadyTime now) const {
  return now - idle.since < core_.options.idle_time &&
         now - idle.connection->made < core_.options.connection_age && idle.connection->is_quiet();
}

ClientPool::Place ClientPool::remove(Place place) {
  auto found = of_.find(place->connection->origin);
  std::erase(found->second, place);
  if (found->second.empty()) of_.erase(found);
  --core_.counters->idle;
  return order_.erase(place);
}

void ClientPool::sweep() {
  auto now = std::chrono::steady_clock::now();
  for (auto place = order_.begin(); place != order_.end();) {
    place = is_fresh(*place, now) ? std::next(place) : remove(place);
  }
}

void ClientPool::sweep_later() {
  if (std::exchange(will_sweep_, true)) return;
  timer_.expires_after(std::min<std::chrono::milliseconds>(sweep_time, core_.options.idle_time));
  timer_.async_wait([weak = weak_from_this()](boost::system::error_code) {
    auto self = weak.lock();
    if (!self) return;
    self->will_sweep_ = false;
    self->sweep();
    if (!self->order_.empty()) self->sweep_later();
  });
}

}  // namespace posy::http
