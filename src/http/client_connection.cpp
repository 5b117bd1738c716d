#include "http/client_connection.hpp"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <array>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "http/tls_context.hpp"

namespace posy::http {
namespace {

namespace asio = boost::asio;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t first_piece_bytes = 1024;  // thousands may wait for a short answer at a time
constexpr std::size_t piece_bytes = 16 * 1024;    // a TLS record

}  // namespace

ClientConnection::ClientConnection(asio::any_io_executor executor, std::string origin,
                                   std::shared_ptr<ClientCounters> counters)
    : origin(std::move(origin)), counters_(std::move(counters)), socket_(executor), timer_(executor) {
  ++counters_->connections;
}

ClientConnection::~ClientConnection() {
  --counters_->connections;
}

void ClientConnection::wait_until(SteadyTime deadline) {
  deadline_ = deadline;
  if (deadline < wakes_at_) wake_at(deadline);
}

void ClientConnection::wake_at(SteadyTime time) {
  wakes_at_ = time;
  timer_.expires_at(time);
  timer_.async_wait([weak = weak_from_this()](ErrorCode error) {
    auto self = weak.lock();
    if (!error && self) self->wake();
  });
}

// Deadlines mostly move on, which moves no timer: it wakes, looks, and sleeps again.
void ClientConnection::wake() {
  wakes_at_ = SteadyTime::max();
  if (deadline_ == SteadyTime::max()) return;
  if (std::chrono::steady_clock::now() < deadline_) return wake_at(deadline_);
  deadline_ = SteadyTime::max();
  expired_ = true;
  cut();
}

Task<ClientConnection::ErrorCode> ClientConnection::connect(asio::ip::tcp::endpoint to) {
  ErrorCode error;
  expired_ = false;
  socket_.close(error);
  socket_.open(to.protocol(), error);
  if (error) co_return error;
  auto [failed] = co_await socket_.async_connect(to, quietly);
  if (failed) co_return failed;
  ++counters_->opened;
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  co_return error;
}

Task<ClientConnection::ErrorCode> ClientConnection::start_tls(asio::ssl::context& context, TlsSessions& sessions,
                                                              Url const& url) {
  tls_.emplace(context, socket_);
  if (!expect_host(tls_->handle(), url)) co_return asio::error::no_memory;
  sessions.join(tls_->handle(), origin);
  Task<ErrorCode> shaking = tls_->handshake();
  ErrorCode error = co_await std::move(shaking);
  if (!error && SSL_session_reused(tls_->handle())) ++counters_->resumed;
  co_return error;
}

std::string ClientConnection::explain_tls(ErrorCode const& error) {
  return tls_ ? http::explain_tls(tls_->handle(), error) : error.message();
}

Task<ClientConnection::ErrorCode> ClientConnection::write(std::string_view head, std::string_view body) {
  if (tls_) {
    std::string whole;  // else it would be two records, and two packets
    whole.reserve(head.size() + body.size());
    whole.append(head).append(body);
    Task<ErrorCode> writing = tls_->write(whole);
    co_return co_await std::move(writing);
  }
  std::array<asio::const_buffer, 2> buffer{asio::buffer(head), asio::buffer(body)};
  auto [error, sent] = co_await asio::async_write(socket_, buffer, quietly);
  co_return error;
}

Task<ClientConnection::ErrorCode> ClientConnection::fill() {
  auto room = in.prepare(in.capacity() == 0 ? first_piece_bytes : piece_bytes);
  if (tls_) {
    Task<TlsStream::Got> reading = tls_->read_some(room);
    TlsStream::Got got = co_await std::move(reading);
    in.commit(got.bytes);
    co_return got.error;
  }
  auto [error, bytes] = co_await socket_.async_read_some(room, quietly);
  in.commit(bytes);
  co_return error;
}

void ClientConnection::cut() {
  ErrorCode ignored;  // it may be closed already
  socket_.close(ignored);
}

bool ClientConnection::is_quiet() {
  if (!socket_.is_open() || in.size() > 0) return false;
  char byte = 0;
  ssize_t got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace posy::http
