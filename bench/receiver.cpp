#include "receiver.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <queue>
#include <stdexcept>
#include <unordered_map>

#include "federation/signatures/verify.hpp"
#include "process.hpp"

namespace posy::bench {
namespace {

constexpr int ports_count = 16;
constexpr int backlog = 4096;
constexpr std::int64_t slow_ns = 5'000'000'000;
constexpr std::size_t request_bytes_max = 1 << 20;

struct Bound {
  int socket;
  std::uint16_t port;
};

Bound bind_any() {
  int s = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(s, reinterpret_cast<sockaddr*>(&address), size) != 0)
    throw std::runtime_error("no port to listen on");
  ::getsockname(s, reinterpret_cast<sockaddr*>(&address), &size);
  return {s, ntohs(address.sin_port)};
}

struct CloseTls {
  void operator()(SSL* tls) const { SSL_free(tls); }
};

struct Connection {
  int socket = -1;
  std::uint64_t number = 0;  // no other connection has it, though it may have the socket later
  std::unique_ptr<SSL, CloseTls> tls;
  std::string received;
  bool is_waiting = false;  // for its answer
};

struct Request {
  std::size_t bytes = 0;
  int host = -1;
  std::string_view body;
  bool is_post = false;
  std::string authority, path;
  std::string_view head;
};

// Of "name: value" lines the one that is asked for.
std::string_view header(std::string_view head, std::string_view name) {
  for (auto at = head.find("\r\n"); at != head.npos && at + 2 < head.size(); at = head.find("\r\n", at + 2)) {
    auto line = head.substr(at + 2);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    if (::strncasecmp(line.data(), name.data(), name.size()) != 0) continue;
    auto value = line.substr(name.size() + 1, line.find("\r\n") - name.size() - 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    return value;
  }
  return {};
}

template <class Number>
Number number_of(std::string_view text, Number otherwise) {
  Number out = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::optional<Request> read_request(std::string_view text) {
  auto end = text.find("\r\n\r\n");
  if (end == text.npos) return {};
  auto head = text.substr(0, end + 2);
  auto length = number_of<std::size_t>(header(head, "content-length"), 0);
  if (text.size() < end + 4 + length) return {};
  auto host = header(head, "host");
  Request out{.bytes = end + 4 + length,
              .body = text.substr(end + 4, length),
              .is_post = text.starts_with("POST "),
              .head = head};
  if (!out.is_post) {
    out.authority = host;
    auto from = text.find(' ') + 1;
    out.path = text.substr(from, text.find(' ', from) - from);
  }
  if (host.starts_with('h')) out.host = number_of(host.substr(1), -1);
  return out;
}

class Server {
 public:
  Server(Ledger& ledger, ReceiverOptions const& options, std::vector<int> const& listeners)
      : ledger_(ledger),
        closes_(options.closes),
        document_(options.document),
        poll_(::epoll_create1(EPOLL_CLOEXEC)),
        flapped_(ledger.hosts()) {
    if (options.certificate) use(*options.certificate);
    for (int listener : listeners) {
      ::listen(listener, backlog);
      watch(listener);
    }
  }

  [[noreturn]] void run() {
    std::vector<epoll_event> events(512);
    while (true) {
      int n = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), wait_ms());
      for (int i = 0; i < n; ++i) {
        auto fd = static_cast<int>(events[static_cast<std::size_t>(i)].data.u64);
        auto found = connections_.find(fd);
        if (found == connections_.end())
          accept_all(fd);
        else if (!read(*found->second))
          close(fd);
      }
      answer_due();
    }
  }

 private:
  struct Due {
    std::int64_t at_ns;
    int socket;
    std::uint64_t connection;
    int host, mark;
    bool operator<(Due const& other) const { return at_ns > other.at_ns; }
  };

  void use(http::testing::ServerCertificate const& issued) {
    tls_ = SSL_CTX_new(TLS_server_method());
    BIO* bio =
        BIO_new_mem_buf(issued.certificate_pem.data(), static_cast<int>(issued.certificate_pem.size()));
    X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    bio = BIO_new_mem_buf(issued.key_pem.data(), static_cast<int>(issued.key_pem.size()));
    EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    SSL_CTX_use_certificate(tls_, certificate);
    SSL_CTX_use_PrivateKey(tls_, key);
    X509_free(certificate);
    EVP_PKEY_free(key);
  }

  void watch(int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = static_cast<std::uint64_t>(socket);
    ::epoll_ctl(poll_, EPOLL_CTL_ADD, socket, &event);
  }

  int wait_ms() const {
    if (due_.empty()) return 1000;
    return static_cast<int>(std::clamp<std::int64_t>((due_.top().at_ns - now_ns()) / 1'000'000, 0, 1000));
  }

  void accept_all(int listener) {
    while (true) {
      int s = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (s < 0) return;
      int one = 1;
      ::setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      auto connection = std::make_unique<Connection>();
      connection->socket = s;
      connection->number = ++ledger_.shared().connections;
      if (tls_) {
        connection->tls.reset(SSL_new(tls_));
        SSL_set_fd(connection->tls.get(), s);
        SSL_set_accept_state(connection->tls.get());
      }
      connections_[s] = std::move(connection);
      auto open = static_cast<std::int64_t>(connections_.size());
      if (open > ledger_.shared().open_most) ledger_.shared().open_most = open;
      watch(s);
    }
  }

  void close(int socket) {
    connections_.erase(socket);
    ::close(socket);
  }

  // False when the connection has ended.
  bool read(Connection& c) {
    char buffer[1 << 14];
    while (true) {
      long got = 0;
      if (c.tls) {
        ERR_clear_error();  // what another connection left would be taken for this one's
        int n = SSL_read(c.tls.get(), buffer, sizeof buffer);
        if (n <= 0 && SSL_get_error(c.tls.get(), n) != SSL_ERROR_WANT_READ) return false;
        got = std::max(n, 0);
      } else {
        got = ::recv(c.socket, buffer, sizeof buffer, 0);
        if (got == 0 || (got < 0 && errno != EAGAIN)) return false;
      }
      if (got <= 0) break;
      c.received.append(buffer, static_cast<std::size_t>(got));
      if (c.received.size() > request_bytes_max) return false;
      if (!c.tls && got < static_cast<long>(sizeof buffer)) break;
    }
    return c.is_waiting || serve(c);
  }

  bool serve(Connection& c) {
    auto request = read_request(c.received);
    if (!request) return true;
    if (request->is_post) verify(*request);
    int host = request->host, mark = request->is_post ? find_mark(request->body) : -1;
    c.received.erase(0, request->bytes);
    if (c.received.empty()) c.received.shrink_to_fit();
    if (!request->is_post && document_) return show(c, *request);
    if (host < 0 || host >= ledger_.hosts() || !request->is_post) {
      ++ledger_.shared().other;
      return write(c, "404 Not Found");
    }
    auto manner = ledger_.manner(host);
    if (manner == Manner::flapping && !flapped_[static_cast<std::size_t>(host)]) {
      flapped_[static_cast<std::size_t>(host)] = true;
      return write(c, "503 Service Unavailable");
    }
    if (mark < 0) ++ledger_.shared().other;
    auto delay_ns = manner == Manner::slow ? slow_ns : ledger_.shared().delay_ms * 1'000'000;
    if (delay_ns == 0 || manner == Manner::prompt) return accept(c, host, mark);
    c.is_waiting = true;
    if (manner != Manner::silent) due_.push({now_ns() + delay_ns, c.socket, c.number, host, mark});
    return true;
  }

  void verify(Request const& request) {
    auto& seen = ledger_.shared();
    if (seen.verify_every == 0 || ++posts_ % seen.verify_every != 0) return;
    signatures::Message message{.method = "POST", .scheme = tls_ ? "https" : "http"};
    auto lines = request.head;
    message.target = lines.substr(5, lines.find(' ', 5) - 5);
    for (auto at = lines.find("\r\n"); at + 2 < lines.size(); at = lines.find("\r\n", at + 2)) {
      auto line = lines.substr(at + 2, lines.find("\r\n", at + 2) - at - 2);
      auto colon = line.find(": ");
      if (colon != line.npos) message.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    message.authority = header(request.head, "host");
    auto key = crypto::RsaPublicKey::from_pem(seen.public_key);
    auto claim = signatures::read_claim(message, request.body, SystemClock().now());
    ++seen.verified;
    if (!key || !claim || !signatures::holds(*claim, *key)) ++seen.forged;
  }

  bool show(Connection& c, Request const& request) {
    bool is_webfinger = request.path.starts_with("/.well-known/webfinger");
    ++(is_webfinger ? ledger_.shared().webfingers : ledger_.shared().documents);
    auto body = document_(request.authority, request.path);
    if (body.empty()) return write(c, "404 Not Found");
    return write(c, "200 OK", is_webfinger ? "application/jrd+json" : "application/activity+json", body);
  }

  // A host has something once it says so.
  bool accept(Connection& c, int host, int mark) {
    if (mark >= 0) ledger_.note(host, mark);
    return write(c, "202 Accepted");
  }

  void answer_due() {
    for (auto now = now_ns(); !due_.empty() && due_.top().at_ns <= now; due_.pop()) {
      auto const due = due_.top();
      auto found = connections_.find(due.socket);
      if (found == connections_.end() || found->second->number != due.connection) continue;
      found->second->is_waiting = false;
      if (!accept(*found->second, due.host, due.mark)) close(due.socket);
    }
  }

  bool write(Connection& c, std::string_view status, std::string_view type = "text/plain",
             std::string_view body = {}) {
    auto text = fmt::format("HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}", status, type,
                            body.size(), closes_ ? "Connection: close\r\n" : "", body);
    // So few bytes always fit into the socket's buffer.
    auto sent = c.tls ? SSL_write(c.tls.get(), text.data(), static_cast<int>(text.size()))
                      : ::send(c.socket, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent != std::ssize(text) || closes_) return false;
    return c.received.empty() || serve(c);
  }

  Ledger& ledger_;
  bool closes_;
  std::function<std::string(std::string_view, std::string_view)> document_;
  int poll_;
  std::vector<bool> flapped_;
  SSL_CTX* tls_ = nullptr;
  std::int64_t posts_ = 0;
  std::unordered_map<int, std::unique_ptr<Connection>> connections_;
  std::priority_queue<Due> due_;
};

}  // namespace

Receiver::Receiver(Ledger& ledger, ReceiverOptions options) : is_https_(options.certificate.has_value()) {
  std::vector<int> listeners;
  for (int i = 0; i < ports_count; ++i) {
    auto bound = bind_any();
    listeners.push_back(bound.socket);
    ports_.push_back(bound.port);
  }
  auto dead = bind_any();
  dead_socket_ = dead.socket;
  dead_port_ = dead.port;
  process_ = ::fork();
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::signal(SIGPIPE, SIG_IGN);
    Server server(ledger, options, listeners);
    server.run();
  }
  for (int listener : listeners) ::close(listener);
}

Receiver::~Receiver() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  ::close(dead_socket_);
}

std::string Receiver::host(int number) const {
  return fmt::format("h{}.bt.zz", number);
}

std::string Receiver::base(int number) const {
  return fmt::format("{}://{}:{}", is_https_ ? "https" : "http", host(number),
                     ports_[static_cast<std::size_t>(number % ports_count)]);
}

std::string Receiver::inbox(int number, Manner manner) const {
  if (manner != Manner::dead) return base(number) + "/inbox";
  return fmt::format("{}://{}:{}/inbox", is_https_ ? "https" : "http", host(number), dead_port_);
}

double Receiver::processor_seconds() const {
  return bench::processor_seconds(process_);
}

}  // namespace posy::bench
