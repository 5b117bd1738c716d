#include "limits.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <thread>

#include "crypto/keys.hpp"
#include "process.hpp"

namespace posy::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

asio::awaitable<void> serve(tcp::socket socket, std::shared_ptr<std::string const> body) {
  socket.set_option(tcp::no_delay(true));
  beast::flat_buffer buffer;
  while (true) {
    http::request<http::empty_body> request;
    boost::system::error_code error;
    co_await http::async_read(socket, buffer, request, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    http::response<http::span_body<char const>> response{http::status::ok, 11};
    response.set(http::field::content_type, "application/json");
    response.body() = {body->data(), body->size()};
    response.prepare_payload();
    co_await http::async_write(socket, response, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
  }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor, std::vector<std::unique_ptr<asio::io_context>>& loops,
                             std::shared_ptr<std::string const> body) {
  for (std::size_t i = 0;; ++i) {
    auto& loop = *loops[i % loops.size()];
    tcp::socket socket = co_await acceptor.async_accept(loop, asio::use_awaitable);
    asio::co_spawn(loop, serve(std::move(socket), body), asio::detached);
  }
}

[[noreturn]] void run_server(tcp::acceptor& acceptor, std::size_t body_bytes) {
  auto body = std::make_shared<std::string const>(body_bytes, 'x');
  std::vector<std::unique_ptr<asio::io_context>> loops;
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i)
    loops.push_back(std::make_unique<asio::io_context>(1));
  asio::io_context accepting(1);
  tcp::acceptor own(accepting, tcp::v4(), acceptor.release());
  asio::co_spawn(accepting, accept(own, loops, body), asio::detached);
  std::vector<std::thread> threads;
  for (auto& loop : loops)
    threads.emplace_back([&loop] {
      auto work = asio::make_work_guard(*loop);
      loop->run();
    });
  accepting.run();
  std::_Exit(0);
}

// How often a second, all threads together; each calls it for a second.
template <class Work>
double on_all_cores(Work const& work) {
  std::atomic<std::int64_t> count{0};
  auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i)
    threads.emplace_back([&] {
      while (std::chrono::steady_clock::now() - begin < std::chrono::seconds{1}) work(), ++count;
    });
  for (auto& thread : threads) thread.join();
  return static_cast<double>(count) / std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

Figures bare_server(int connections, std::size_t body_bytes, bool is_fresh) {
  asio::io_context context;
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  auto port = acceptor.local_endpoint().port();
  pid_t child = ::fork();
  if (child == 0) run_server(acceptor, body_bytes);
  Load load;
  load.port = port;
  load.connections = connections;
  load.is_fresh = is_fresh;
  load.duration = std::chrono::milliseconds{2000};
  load.request = [request = get("/")] { return request; };
  auto out = run(load);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  return out;
}

double syncs_per_second(std::string const& folder) {
  std::string path = folder + "/sync-probe";
  int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
  std::string page(4096, 'x');
  auto begin = std::chrono::steady_clock::now();
  int count = 0;
  while (std::chrono::steady_clock::now() - begin < std::chrono::seconds{1}) {
    if (::write(file, page.data(), page.size()) != static_cast<ssize_t>(page.size()) || ::fdatasync(file) != 0) break;
    ++count;
  }
  auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  ::close(file);
  ::unlink(path.c_str());
  return count / took;
}

RsaRate rsa_rate() {
  auto key = crypto::RsaPrivateKey::generate();
  auto public_key = key.public_key();
  // As long as what servers sign.
  std::string const message(300, 'x'), signature = key.sign(message);
  RsaRate out;
  auto begin = std::chrono::steady_clock::now();
  auto used = processor_seconds(::getpid());
  out.signatures_per_second = on_all_cores([&] { key.sign(message); });
  auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  out.signature_ms = 1000 * (processor_seconds(::getpid()) - used) / (out.signatures_per_second * seconds);
  out.verifications_per_second = on_all_cores([&] { public_key.verify(message, signature); });
  return out;
}

}  // namespace posy::bench
