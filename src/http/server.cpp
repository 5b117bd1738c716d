#include "http/server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include "base/log.hpp"
#include "base/random.hpp"
#include "http/connection.hpp"
#include "http/session.hpp"

namespace posy::http {
namespace {

namespace asio = boost::asio;
using SocketName = asio::generic::stream_protocol::endpoint;
using Acceptor = asio::basic_socket_acceptor<asio::generic::stream_protocol, Executor>;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

constexpr int backlog = 4096;
constexpr std::chrono::milliseconds accept_pause{100};  // when nobody can be accepted
constexpr std::chrono::seconds warn_every{5};
constexpr std::size_t accepts_at_once = 64;
constexpr std::chrono::milliseconds cut_grace{1'000};   // for coroutines to end after insisting
constexpr std::string_view unix_prefix = "unix:";
constexpr std::string_view too_busy =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

SocketName read_endpoint(std::string const& listen) {
  if (listen.starts_with(unix_prefix)) {
    std::string path = listen.substr(unix_prefix.size());
    struct stat info{};
    // Left over from a process that was killed.
    if (::lstat(path.c_str(), &info) == 0 && S_ISSOCK(info.st_mode)) ::unlink(path.c_str());
    return asio::local::stream_protocol::endpoint(path);
  }
  auto colon = listen.rfind(':');
  std::invalid_argument bad("Not an address to listen on: " + listen);
  if (colon == listen.npos) throw bad;
  std::string host = listen.substr(0, colon), port_text = listen.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  std::uint16_t port = 0;
  auto [end, failure] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  if (failure != std::errc{} || end != port_text.data() + port_text.size()) throw bad;
  auto address = parse_address(host == "localhost" ? "127.0.0.1" : host);
  if (!address) throw bad;
  return asio::ip::tcp::endpoint(*address, port);
}

std::optional<asio::ip::tcp::endpoint> tcp_endpoint(SocketName const& endpoint) {
  asio::ip::tcp::endpoint tcp;
  if (endpoint.size() > tcp.capacity()) return {};
  int family = endpoint.protocol().family();
  if (family != AF_INET && family != AF_INET6) return {};
  std::memcpy(tcp.data(), endpoint.data(), endpoint.size());
  return tcp;
}

// Whoever comes through a Unix socket is on this machine.
std::string peer_of(Socket const& socket) {
  boost::system::error_code error;
  auto tcp = tcp_endpoint(socket.remote_endpoint(error));
  if (error || !tcp) return "127.0.0.1";
  auto address = parse_address(tcp->address().to_string());
  return address.value_or(tcp->address()).to_string();
}

void turn_away(Socket socket) {
  boost::system::error_code ignored;  // whether it hears us is its own affair
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(too_busy), ignored);
  socket.shutdown(Socket::shutdown_send, ignored);
}

void begin(Loop& loop, Socket socket) {
  std::string peer = peer_of(socket);
  if (!loop.core.admit(peer)) {
    loop.core.connections.fetch_sub(1);
    return turn_away(std::move(socket));
  }
  boost::system::error_code ignored;  // a Unix socket has no such option
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket.non_blocking(true);
  // Held by the completion handler, because the cancellation signal must outlive the coroutine.
  auto connection = std::make_shared<Connection>(loop, std::move(socket), std::move(peer));
  auto slot = connection->cancel.slot();
  auto finished = [connection](std::exception_ptr failure) {
    if (failure) log::error("a connection ended by an exception");
  };
  asio::co_spawn(loop.context, serve(*connection), asio::bind_cancellation_slot(slot, std::move(finished)));
}

// A descriptor that is given up when there are no others, so that whoever knocks then can still be told.
class Spare {
 public:
  Spare() { take(); }
  Spare(Spare const&) = delete;
  Spare& operator=(Spare const&) = delete;
  ~Spare() { give_up(); }

  // False when nobody was there, or somebody else has taken the descriptor meanwhile.
  bool turn_one_away(int listening) {
    give_up();
    int one = ::accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (one >= 0) {
      [[maybe_unused]] auto sent = ::send(one, too_busy.data(), too_busy.size(), MSG_NOSIGNAL);
      ::close(one);
    }
    take();
    return one >= 0;
  }

 private:
  void take() { file_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC); }
  void give_up() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
  }

  int file_ = -1;
};

}  // namespace

struct Server::State {
  State(ServerOptions options, Router const& router, Hooks hooks)
      : core{.options = std::move(options), .router = router, .hooks = std::move(hooks), .id_prefix = {}} {}

  Task<> accept_all();
  void take(Loop& loop, Socket socket);

  Core core;
  std::vector<std::unique_ptr<Loop>> loops;
  std::optional<Acceptor> acceptor;
  std::uint16_t port = 0;
  bool started = false;

  std::mutex stop_mutex;  // one stop() at a time
  bool stopped = false;
  std::condition_variable has_stopped;
};

Task<> Server::State::accept_all() {
  Spare spare;
  SteadyTime warned{};
  for (std::size_t turn = 0;; turn = (turn + 1) % loops.size()) {
    Loop& loop = *loops[turn];
    auto [error, socket] = co_await acceptor->async_accept(loop.context, quietly);
    if (core.stopping || error == asio::error::operation_aborted) co_return;
    if (error) {
      auto now = std::chrono::steady_clock::now();
      if (now - warned > warn_every) log::warn("accepting a connection: {}", error.message()), warned = now;
      if (error == asio::error::no_descriptors && spare.turn_one_away(acceptor->native_handle())) continue;
      asio::steady_timer pause(loops.front()->context, accept_pause);
      co_await pause.async_wait(quietly);
      continue;
    }
    take(loop, std::move(socket));
    // Who waits in the queue of the system is taken at once: waiting for the loop to come round each time, a loop that
    // has thousands to answer lets the queue run over, and those outside try again only after seconds.
    for (std::size_t i = 1; i < accepts_at_once; ++i) {
      Loop& next = *loops[(turn + i) % loops.size()];
      boost::system::error_code none;
      Socket one = acceptor->accept(next.context, none);
      if (none) break;
      take(next, std::move(one));
    }
  }
}

void Server::State::take(Loop& loop, Socket socket) {
  if (core.connections.load() >= core.options.limits.connections_max) return turn_away(std::move(socket));
  core.connections.fetch_add(1);
  asio::post(loop.context, [&loop, socket = std::move(socket)]() mutable { begin(loop, std::move(socket)); });
}

Server::Server(ServerOptions options, Router const& router, Hooks hooks)
    : state_(std::make_unique<State>(std::move(options), router, std::move(hooks))) {
  ServerOptions const& chosen = state_->core.options;
  state_->core.id_prefix = random_token(4);
  int count =
      chosen.loops > 0 ? chosen.loops : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  for (int i = 0; i < count; ++i) state_->loops.push_back(std::make_unique<Loop>(state_->core));

  SocketName endpoint = read_endpoint(chosen.listen);
  Acceptor& acceptor = state_->acceptor.emplace(state_->loops.front()->context);
  acceptor.open(endpoint.protocol());
  acceptor.set_option(asio::socket_base::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen(backlog);
  acceptor.non_blocking(true);
  if (auto tcp = tcp_endpoint(acceptor.local_endpoint())) state_->port = tcp->port();
}

Server::~Server() {
  stop();
}

std::uint16_t Server::port() const {
  return state_->port;
}
std::size_t Server::loop_count() const {
  return state_->loops.size();
}
boost::asio::io_context& Server::loop(std::size_t i) {
  return state_->loops.at(i)->context;
}
std::size_t Server::connection_count() const {
  return state_->core.connections.load();
}

void Server::start() {
  ::signal(SIGPIPE, SIG_IGN);  // sendfile() to a client that has gone
  state_->started = true;
  asio::co_spawn(state_->loops.front()->context, state_->accept_all(), asio::detached);
  for (auto& loop : state_->loops) {
    loop->sweep_regularly();
    loop->thread = std::thread([&context = loop->context] { context.run(); });
  }
}

void Server::run() {
  start();
  std::unique_lock lock(state_->stop_mutex);
  state_->has_stopped.wait(lock, [&] { return state_->stopped; });
}

void Server::stop() {
  std::lock_guard one_at_a_time(state_->stop_mutex);
  if (state_->stopped) return;
  Core& core = state_->core;
  core.stopping = true;
  boost::system::error_code ignored;  // closing twice is no harm
  if (state_->started) {
    asio::post(state_->loops.front()->context, [state = state_.get()] {
      boost::system::error_code already_closed;
      state->acceptor->close(already_closed);
    });
    for (auto& loop : state_->loops) asio::post(loop->context, [l = loop.get()] { l->ask_all_to_stop(); });
    auto none_left = [&] { return core.connections == 0; };
    std::unique_lock lock(core.mutex);
    if (!core.all_gone.wait_for(lock, core.options.limits.stop_grace, none_left)) {
      log::warn("{} connections are cut off", core.connections.load());
      for (auto& loop : state_->loops) asio::post(loop->context, [l = loop.get()] { l->cut_all(); });
      core.all_gone.wait_for(lock, cut_grace, none_left);
    }
    lock.unlock();
    for (auto& loop : state_->loops) loop->context.stop();
    for (auto& loop : state_->loops) loop->thread.join();
  } else {
    state_->acceptor->close(ignored);
  }
  if (core.options.listen.starts_with(unix_prefix)) {
    ::unlink(core.options.listen.c_str() + unix_prefix.size());
  }
  state_->stopped = true;
  state_->has_stopped.notify_all();
}

}  // namespace posy::http
