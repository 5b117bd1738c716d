#include "http/test_scripted_server.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <stdexcept>

namespace posy::http::testing {
namespace {

constexpr timeval patience{10, 0};

void check(bool right, char const* what) {
  if (!right) throw std::runtime_error(what);
}

SSL_CTX* make_context(ServerCertificate const& given) {
  if (given.certificate_pem.empty()) return nullptr;
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  BIO* certificate_text = BIO_new_mem_buf(given.certificate_pem.data(), -1);
  BIO* key_text = BIO_new_mem_buf(given.key_pem.data(), -1);
  X509* certificate = PEM_read_bio_X509(certificate_text, nullptr, nullptr, nullptr);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
  check(SSL_CTX_use_certificate(context, certificate) == 1, "certificate");
  check(SSL_CTX_use_PrivateKey(context, key) == 1, "key");
  if (given.version_max != 0) {
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context, given.version_max);
  }
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free(certificate_text);
  BIO_free(key_text);
  return context;
}

std::size_t content_length(std::string_view head) {
  constexpr std::string_view name = "\r\nContent-Length: ";
  auto found = head.find(name);
  if (found == head.npos) return 0;
  std::size_t value = 0;
  std::from_chars(head.data() + found + name.size(), head.data() + head.size(), value);
  return value;
}

}  // namespace

Peer::Peer(int socket, SSL_CTX* tls) : socket_(socket) {
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (tls == nullptr) return;
  tls_ = SSL_new(tls);
  SSL_set_fd(tls_, socket_);
  if (SSL_accept(tls_) != 1) cut();
}

Peer::~Peer() {
  close();
}

std::size_t Peer::read_some(char* buffer, std::size_t bytes) {
  if (socket_ < 0) return 0;
  ssize_t got = tls_ ? SSL_read(tls_, buffer, static_cast<int>(bytes)) : ::recv(socket_, buffer, bytes, 0);
  return got > 0 ? static_cast<std::size_t>(got) : 0;
}

std::string Peer::read_until(std::string_view end) {
  std::string text;
  char byte = 0;
  while (!text.ends_with(end)) {
    if (read_some(&byte, 1) == 0) return {};
    text += byte;
  }
  return text;
}

std::string Peer::read_request() {
  std::string request = read_until("\r\n\r\n");
  std::size_t bytes = content_length(request), head = request.size();
  request.resize(head + bytes);
  for (std::size_t got = head; got < request.size();) {
    std::size_t piece = read_some(request.data() + got, request.size() - got);
    if (piece == 0) return {};
    got += piece;
  }
  return request;
}

bool Peer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    if (socket_ < 0) return false;
    ssize_t sent = tls_ ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                        : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Peer::wait_for_end() {
  char buffer[4096];
  while (read_some(buffer, sizeof buffer) > 0) continue;
}

void Peer::close() {
  if (tls_ && socket_ >= 0) SSL_shutdown(tls_);
  cut();
}

void Peer::cut() {
  if (tls_) SSL_free(std::exchange(tls_, nullptr));
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
  socket_ = -1;  // closed by the server, which may still want to shut it down
}

void Peer::reset() {
  sockaddr nowhere{};
  nowhere.sa_family = AF_UNSPEC;
  ::connect(socket_, &nowhere, sizeof nowhere);  // dissolves the connection, which sends RST
  socket_ = -1;
}

ScriptedServer::ScriptedServer(Script script, ServerCertificate const& certificate)
    : script_(std::move(script)),
      tls_(make_context(certificate), SSL_CTX_free),
      listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without asking for peace
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);  // 127.0.0.2 must be there as well
  socklen_t bytes = sizeof address;
  check(::bind(listener_, reinterpret_cast<sockaddr*>(&address), bytes) == 0, "bind");
  check(::listen(listener_, 64) == 0, "listen");
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &bytes);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedServer::~ScriptedServer() {
  stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    std::lock_guard lock(mutex_);
    for (int socket : open_) ::shutdown(socket, SHUT_RDWR);
  }
  for (auto& thread : threads_) thread.join();
  for (int socket : open_) ::close(socket);
  ::close(listener_);
}

void ScriptedServer::accept_all() {
  while (!stopping_) {
    int socket = ::accept(listener_, nullptr, nullptr);
    if (socket < 0) return;
    int number = ++connections_;
    std::lock_guard lock(mutex_);
    open_.push_back(socket);
    threads_.emplace_back([this, socket, number] {
      Peer peer(socket, tls_.get());
      script_(peer, number);
    });
  }
}

std::string ScriptedServer::url(std::string_view path, std::string_view host) const {
  return fmt::format("{}://{}:{}{}", tls_ ? "https" : "http", host, port_, path);
}

ScriptedServer::Script always(std::string answer) {
  return [answer](Peer& peer, int) {
    while (!peer.read_request().empty() && peer.send(answer)) continue;
  };
}

std::string ok(std::string_view body, std::string_view more_fields) {
  return fmt::format("HTTP/1.1 200 OK\r\n{}Content-Length: {}\r\n\r\n{}", more_fields, body.size(), body);
}

}  // namespace posy::http::testing
