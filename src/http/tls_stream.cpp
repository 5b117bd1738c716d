#include "http/tls_stream.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <new>

namespace posy::http {
namespace {

namespace asio = boost::asio;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

using Socket = asio::ip::tcp::socket;

Socket& socket_of(BIO* bio) { return *static_cast<Socket*>(BIO_get_data(bio)); }

bool is_for_later(ssize_t result) { return result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR); }

// OpenSSL's own way to a socket knows a number, which may belong to another connection once ours is closed, and raises
// SIGPIPE when the other side is gone.
int write_bytes(BIO* bio, char const* bytes, std::size_t count, std::size_t* written) {
  BIO_clear_retry_flags(bio);
  *written = 0;
  errno = EBADF;
  auto& socket = socket_of(bio);
  ssize_t sent = socket.is_open() ? ::send(socket.native_handle(), bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT) : -1;
  if (is_for_later(sent)) BIO_set_retry_write(bio);
  if (sent <= 0) return 0;
  *written = static_cast<std::size_t>(sent);
  return 1;
}

int read_bytes(BIO* bio, char* room, std::size_t size, std::size_t* read) {
  BIO_clear_retry_flags(bio);
  *read = 0;
  errno = EBADF;
  auto& socket = socket_of(bio);
  ssize_t got = socket.is_open() ? ::recv(socket.native_handle(), room, size, MSG_DONTWAIT) : -1;
  if (is_for_later(got)) BIO_set_retry_read(bio);
  if (got == 0) errno = 0;
  if (got <= 0) return 0;
  *read = static_cast<std::size_t>(got);
  return 1;
}

long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

BIO_METHOD* make_method() {
  BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket of Asio");
  if (!method) throw std::bad_alloc();
  BIO_meth_set_write_ex(method, write_bytes);
  BIO_meth_set_read_ex(method, read_bytes);
  BIO_meth_set_ctrl(method, control);
  return method;
}

BIO* make_bio(Socket& socket) {
  static BIO_METHOD const* const method = make_method();  // as long as the program
  BIO* bio = BIO_new(method);
  if (!bio) throw std::bad_alloc();
  BIO_set_data(bio, &socket);
  BIO_set_init(bio, 1);
  return bio;
}

boost::system::error_code failure_of(int kind, int system_error) {
  if (kind == SSL_ERROR_ZERO_RETURN) return asio::error::eof;
  auto reason = ERR_get_error();
  bool is_cut = ERR_GET_REASON(reason) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
  if (kind == SSL_ERROR_SSL && !is_cut) return {static_cast<int>(reason), asio::error::get_ssl_category()};
  if (kind == SSL_ERROR_SYSCALL && system_error != 0) return {system_error, boost::system::system_category()};
  return asio::ssl::error::stream_truncated;
}

}  // namespace

void TlsStream::Free::operator()(SSL* tls) const { SSL_free(tls); }

TlsStream::TlsStream(asio::ssl::context& context, Socket& socket)
    : socket_(socket), tls_(SSL_new(context.native_handle())) {
  if (!tls_) throw std::bad_alloc();
  SSL_set_mode(tls_.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE);
  SSL_set_read_ahead(tls_.get(), 1);  // else each record is two calls of the system
  BIO* bio = make_bio(socket);
  SSL_set_bio(tls_.get(), bio, bio);
  SSL_set_connect_state(tls_.get());
}

// `step` is what SSL_read and its like answer; again and again until they need not wait.
template <class Step>
Task<TlsStream::ErrorCode> TlsStream::go(Step step) {
  for (;;) {
    ERR_clear_error();
    int const result = step(tls_.get());
    if (result > 0) co_return ErrorCode{};
    int const system_error = errno;
    int const kind = SSL_get_error(tls_.get(), result);
    bool const for_reading = kind == SSL_ERROR_WANT_READ;
    if (!for_reading && kind != SSL_ERROR_WANT_WRITE) co_return failure_of(kind, system_error);
    auto [failed] = co_await socket_.async_wait(for_reading ? Socket::wait_read : Socket::wait_write, quietly);
    if (failed) co_return failed;
  }
}

Task<TlsStream::ErrorCode> TlsStream::handshake() {
  auto step = [](SSL* tls) { return SSL_do_handshake(tls); };
  Task<ErrorCode> going = go(step);
  co_return co_await std::move(going);
}

Task<TlsStream::ErrorCode> TlsStream::write(std::string_view bytes) {
  while (!bytes.empty()) {
    std::size_t written = 0;
    auto step = [&](SSL* tls) { return SSL_write_ex(tls, bytes.data(), bytes.size(), &written); };
    Task<ErrorCode> going = go(step);
    ErrorCode failed = co_await std::move(going);
    if (failed) co_return failed;
    bytes.remove_prefix(written);
  }
  co_return ErrorCode{};
}

Task<TlsStream::Got> TlsStream::read_some(asio::mutable_buffer room) {
  Got got;
  auto step = [&](SSL* tls) { return SSL_read_ex(tls, room.data(), room.size(), &got.bytes); };
  Task<ErrorCode> going = go(step);
  got.error = co_await std::move(going);
  co_return got;
}

}  // namespace posy::http
