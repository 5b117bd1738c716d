// For tests only: a server that does to its clients what the test says, byte by byte, on any loopback
// address. Each connection is a thread that runs the script; reads end after ten seconds.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace posy::http::testing {

// The server's end of one connection.
class Peer {
 public:
  Peer(int socket, SSL_CTX* tls);
  ~Peer();
  Peer(Peer const&) = delete;
  Peer& operator=(Peer const&) = delete;

  std::string read_request();  // head and body; empty at the end of the stream
  bool send(std::string_view bytes);
  void wait_for_end();  // until the client closes
  void close();         // TLS says so first
  void cut();           // closes the socket alone
  void reset();

 private:
  std::size_t read_some(char* buffer, std::size_t bytes);
  std::string read_until(std::string_view end);

  int socket_;
  SSL* tls_ = nullptr;
};

struct ServerCertificate {
  std::string certificate_pem;
  std::string key_pem;
  int version_max = 0;  // 0: as OpenSSL likes
};

class ScriptedServer {
 public:
  using Script = std::function<void(Peer& peer, int connection)>;  // counted from 1

  explicit ScriptedServer(Script script, ServerCertificate const& certificate = {});
  ~ScriptedServer();
  ScriptedServer(ScriptedServer const&) = delete;
  ScriptedServer& operator=(ScriptedServer const&) = delete;

  std::uint16_t port() const { return port_; }
  int connections() const { return connections_; }
  // "http://a.test:PORT/path"
  std::string url(std::string_view path = "/", std::string_view host = "a.test") const;

 private:
  void accept_all();

  Script script_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> tls_;
  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_{0};
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

// Answers each request of each connection with the same bytes.
ScriptedServer::Script always(std::string answer);
std::string ok(std::string_view body, std::string_view more_fields = {});

}  // namespace posy::http::testing
