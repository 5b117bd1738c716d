#include "http/connection.hpp"

#include <sys/sendfile.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/time.hpp"

namespace posy::http {
namespace {

namespace asio = boost::asio;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t linger_bytes_max = 4 << 20;
constexpr std::chrono::milliseconds linger_time{2'000};
constexpr std::size_t file_piece_bytes = 1 << 20;

}  // namespace

bool Core::admit(std::string const& peer) {
  if (options.trusted_proxies.contains(peer)) return true;
  std::lock_guard lock(addresses_mutex);
  auto& count = addresses[peer];
  if (count >= options.limits.connections_per_address_max) return false;
  ++count;
  return true;
}

void Core::forget(std::string const& peer) {
  if (options.trusted_proxies.contains(peer)) return;
  std::lock_guard lock(addresses_mutex);
  auto found = addresses.find(peer);
  if (found != addresses.end() && --found->second == 0) addresses.erase(found);
}

std::string const& Loop::date() {
  Time now = SystemClock().now();
  std::int64_t second = to_milliseconds(now) / 1000;
  if (second != date_second_) date_ = to_http_date(now), date_second_ = second;
  return date_;
}

void Loop::sweep_regularly() {
  Limits const& limits = core.options.limits;
  auto shortest = std::min({limits.header_read, limits.idle, limits.body_read, limits.write_stall});
  sweep_timer.expires_after(
      std::clamp(shortest / 8, std::chrono::milliseconds(5), std::chrono::milliseconds(250)));
  sweep_timer.async_wait([this](boost::system::error_code error) {
    if (error) return;
    auto now = std::chrono::steady_clock::now();
    if (core.is_crowded()) {
      auto since = now - core.options.limits.idle_when_crowded;
      for (Connection* connection : connections)
        if (connection->is_idle && connection->idle_since < since) connection->wait_until(since);
    }
    for (Connection* connection : connections) connection->check_deadline(now);
    sweep_regularly();
  });
}

// Nothing below runs handlers at once, so the list does not change under the loop.
void Loop::ask_all_to_stop() {
  for (Connection* connection : connections) {
    if (connection->is_idle) connection->cut();
    if (connection->on_stop) connection->on_stop();
  }
}

void Loop::cut_all() {
  std::vector<Connection*> all = connections;  // a cancelled coroutine may end, and leave the list, at once
  for (Connection* connection : all) {
    if (std::ranges::find(connections, connection) == connections.end()) continue;
    connection->cut();
    connection->cancel.emit(asio::cancellation_type::terminal);
  }
}

Connection::Connection(Loop& loop, Socket socket, std::string peer)
    : loop(loop),
      socket(std::move(socket)),
      peer(std::move(peer)),
      in(2 * 64 * 1024),
      place_(loop.connections.size()) {
  loop.connections.push_back(this);
}

Connection::~Connection() {
  loop.connections.back()->place_ = place_;
  std::swap(loop.connections[place_], loop.connections.back());
  loop.connections.pop_back();
  Core& core = loop.core;
  core.forget(peer);
  if (core.connections.fetch_sub(1) == 1 && core.stopping) {
    std::lock_guard lock(core.mutex);
    core.all_gone.notify_all();
  }
}

void Connection::check_deadline(SteadyTime now) {
  if (now < deadline_) return;
  wait_forever();
  expired_ = true;
  boost::system::error_code ignored;  // a closed socket has nothing to cancel
  socket.cancel(ignored);
}

Task<bool> Connection::fill(std::size_t bytes_max) {
  auto [error, bytes] = co_await socket.async_read_some(in.prepare(bytes_max), quietly);
  if (error) co_return false;
  in.commit(bytes);
  co_return true;
}

Task<bool> Connection::write(std::string_view head, std::string_view body) {
  std::array<asio::const_buffer, 2> buffers{asio::buffer(head.data(), head.size()),
                                            asio::buffer(body.data(), body.size())};
  std::size_t total = head.size() + body.size();
  // Nearly always the kernel takes all of it now, which spares a turn of the loop.
  boost::system::error_code error;
  std::size_t sent = socket.write_some(buffers, error);
  if (error == asio::error::would_block) error.clear();
  while (!error && sent < total) {
    auto skip = std::min(sent, head.size());
    buffers[0] = asio::buffer(head.data() + skip, head.size() - skip);
    buffers[1] = asio::buffer(body.data() + (sent - skip), body.size() - (sent - skip));
    wait_for(loop.core.options.limits.write_stall);
    auto [failed, bytes] = co_await socket.async_write_some(buffers, quietly);
    error = failed;
    sent += bytes;
  }
  wait_forever();
  co_return !error;
}

Task<bool> Connection::send_file(int file, std::uint64_t first, std::uint64_t bytes) {
  auto offset = static_cast<off_t>(first);
  while (bytes > 0) {
    auto piece = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, file_piece_bytes));
    ssize_t sent = ::sendfile(socket.native_handle(), file, &offset, piece);
    if (sent > 0) {
      bytes -= static_cast<std::uint64_t>(sent);
      continue;
    }
    if (sent < 0 && errno == EINTR) continue;
    if (sent == 0 || errno != EAGAIN) co_return false;  // the file has become shorter, or the client is gone
    wait_for(loop.core.options.limits.write_stall);
    auto [error] = co_await socket.async_wait(Socket::wait_write, quietly);
    if (error) co_return false;
  }
  wait_forever();
  co_return true;
}

// Closing with unread bytes makes TCP reset the connection, and the answer would be lost with it.
Task<> Connection::linger() {
  boost::system::error_code error;
  socket.shutdown(Socket::shutdown_send, error);
  if (error) co_return;
  wait_for(linger_time);
  for (std::size_t bytes = 0; bytes < linger_bytes_max;) {
    in.consume(in.size());
    bool more = co_await fill(64 * 1024);
    if (!more) break;
    bytes += in.size();
  }
}

void Connection::cut() {
  boost::system::error_code ignored;  // it may be closed already
  socket.close(ignored);
}

}  // namespace posy::http
