// TLS sessions of the client, so that a connection to a server that it knows begins without certificates and without
// a new agreement on keys (RFC 8446, section 2.2; RFC 5077). Those of TLS 1.3 are used once each. Private to http/.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>

namespace posy::http {

class TlsSessions {
 public:
  // Of `context`, which must not be used after this is gone. At most `sessions_max` are kept.
  TlsSessions(boost::asio::ssl::context& context, std::size_t sessions_max);
  TlsSessions(TlsSessions const&) = delete;
  TlsSessions& operator=(TlsSessions const&) = delete;

  // Before the handshake of a connection to `origin`, which must live as long as it: what the server offers is kept for
  // the next one, and what it offered before is used.
  void join(SSL* tls, std::string const& origin);
  std::size_t size() const { return sessions_.size(); }

 private:
  struct Session {
    std::string der;  // a fifth of the memory that OpenSSL's own takes
    std::list<std::string>::iterator place;
  };
  static int on_new_session(SSL* tls, SSL_SESSION* session);
  void keep(std::string const& origin, SSL_SESSION* session);
  void forget(std::string const& origin);

  std::size_t const sessions_max_;
  std::unordered_map<std::string, Session> sessions_;
  std::list<std::string> order_;  // origins, the oldest first
};

}  // namespace posy::http
