#include "http/tls_sessions.hpp"

#include <openssl/ssl.h>

#include <memory>

namespace posy::http {
namespace {

// It holds the certificate of the server and what that gave us to bring back: 1 to 3 KiB in life. A server that makes
// either large has a whole handshake each time.
constexpr std::size_t session_bytes_max = 4096;

int owner_index() {
  static int const index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

int origin_index() {
  static int const index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

}  // namespace

TlsSessions::TlsSessions(boost::asio::ssl::context& context, std::size_t sessions_max) : sessions_max_(sessions_max) {
  SSL_CTX* raw = context.native_handle();
  SSL_CTX_set_ex_data(raw, owner_index(), this);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(raw, on_new_session);
}

void TlsSessions::join(SSL* tls, std::string const& origin) {
  SSL_set_ex_data(tls, origin_index(), const_cast<std::string*>(&origin));
  auto found = sessions_.find(origin);
  if (found == sessions_.end()) return;
  auto const* bytes = reinterpret_cast<unsigned char const*>(found->second.der.data());
  std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)> session(
      d2i_SSL_SESSION(nullptr, &bytes, static_cast<long>(found->second.der.size())), SSL_SESSION_free);
  // Before TLS 1.3 a session that goes on is not offered anew.
  bool const is_for_one = !session || SSL_SESSION_get_protocol_version(session.get()) >= TLS1_3_VERSION;
  if (session) SSL_set_session(tls, session.get());  // else there is a whole handshake
  if (is_for_one) forget(origin);
}

int TlsSessions::on_new_session(SSL* tls, SSL_SESSION* session) {
  auto* self = static_cast<TlsSessions*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(tls), owner_index()));
  auto const* origin = static_cast<std::string const*>(SSL_get_ex_data(tls, origin_index()));
  if (self && origin && SSL_SESSION_is_resumable(session)) self->keep(*origin, session);
  return 0;  // it stays OpenSSL's
}

void TlsSessions::keep(std::string const& origin, SSL_SESSION* session) {
  int const bytes = i2d_SSL_SESSION(session, nullptr);
  if (sessions_max_ == 0 || bytes <= 0 || static_cast<std::size_t>(bytes) > session_bytes_max) return;
  std::string der(static_cast<std::size_t>(bytes), '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  i2d_SSL_SESSION(session, &out);
  forget(origin);
  if (sessions_.size() >= sessions_max_) forget(std::string(order_.front()));
  sessions_[origin] = {std::move(der), order_.insert(order_.end(), origin)};
}

void TlsSessions::forget(std::string const& origin) {
  auto found = sessions_.find(origin);
  if (found == sessions_.end()) return;
  order_.erase(found->second.place);
  sessions_.erase(found);
}

}  // namespace posy::http
