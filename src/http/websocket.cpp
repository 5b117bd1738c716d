// WebSockets by Beast: the handler reads, one coroutine sends what is queued.
#include "http/websocket.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "http/response.hpp"
#include "http/send_queue.hpp"
#include "http/sender.hpp"

namespace posy::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using namespace asio::experimental::awaitable_operators;
using Handler = std::function<Task<>(WebSocket&)>;
using Handshake = beast::http::request<beast::http::empty_body>;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

// Beast sends a ping when half of this has passed in silence, and gives up at the end of it.
constexpr std::chrono::seconds silence_max{60};
constexpr std::chrono::seconds handshake_max{10};
constexpr std::chrono::hours pop_patience{24};

class Link final : public WebSocket {
 public:
  Link(Connection& connection, WebSocketLimits limits)
      : connection_(connection),
        stream_(connection.socket),
        queue_(connection.loop.context, limits.queue_bytes_max) {
    beast::websocket::stream_base::timeout timeout{handshake_max, silence_max, true};
    stream_.set_option(timeout);
    stream_.read_message_max(limits.message_bytes_max);
  }

  Task<bool> accept(Handshake const& handshake, Response const& response);
  Task<> handle(Handler const& handler);
  Task<> send_queued();

  Task<std::optional<std::string>> read() override;
  Task<bool> write(std::string text) override { return queue_.push_when_room(std::move(text)); }
  bool push(std::string text) override {
    if (queue_.push(std::move(text))) return true;
    if (queue_.has_overflowed()) connection_.cut();
    return false;
  }
  void close(std::uint16_t code) override {
    if (queue_.is_open()) close_code_ = code;
    queue_.finish();
  }
  bool is_open() const override { return queue_.is_open(); }

 private:
  Connection& connection_;
  beast::websocket::stream<Socket&> stream_;
  SendQueue queue_;
  std::uint16_t close_code_ = normal;
};

Task<bool> Link::accept(Handshake const& handshake, Response const& response) {
  auto decorate = [&response](beast::websocket::response_type& answer) {
    for (std::size_t i = 0; i < response.headers.size(); ++i) {
      std::string_view name = response.headers.name(i), value = response.headers.value(i);
      answer.insert(beast::string_view(name.data(), name.size()),
                    beast::string_view(value.data(), value.size()));
    }
  };
  stream_.set_option(beast::websocket::stream_base::decorator(decorate));
  auto [error] = co_await stream_.async_accept(handshake, quietly);
  co_return !error;
}

Task<std::optional<std::string>> Link::read() {
  beast::flat_buffer buffer;
  auto [error, bytes] = co_await stream_.async_read(buffer, quietly);
  if (error) {
    queue_.fail();
    co_return std::nullopt;
  }
  std::string message = beast::buffers_to_string(buffer.data());
  // RFC 6455, section 8.1; Beast checks text, we hold binary messages to the same.
  if (is_valid_utf8(message)) co_return message;
  close(policy_error);
  co_return std::nullopt;
}

Task<> Link::handle(Handler const& handler) {
  try {
    Task<> handling = handler(*this);
    co_await std::move(handling);
  } catch (std::exception const& end) {
    log::debug("WebSocket to {}: {}", connection_.peer, end.what());
  }
  queue_.finish();
}

Task<> Link::send_queued() {
  auto const stall = connection_.loop.core.options.limits.write_stall;
  boost::system::error_code error;
  while (!error) {
    std::optional<std::string> message = co_await queue_.pop(pop_patience);
    if (!message) break;
    if (message->empty()) continue;
    connection_.wait_for(stall);
    auto [failed, bytes] = co_await stream_.async_write(asio::buffer(*message), quietly);
    connection_.wait_forever();
    error = failed;
  }
  if (!error && stream_.is_open()) {
    connection_.wait_for(stall);
    auto [failed] = co_await stream_.async_close(close_code_, quietly);
    error = failed;
  }
  queue_.fail();
  connection_.cut();  // ends a read that is under way
}

Task<> run(Handler const& handler, WebSocketLimits limits, Connection& connection, Request const& request,
           Response const& response) {
  Handshake handshake;
  handshake.method(beast::http::verb::get);
  handshake.target(beast::string_view(request.target));
  handshake.version(11);
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    std::string_view name = request.headers.name(i), value = request.headers.value(i);
    handshake.insert(beast::string_view(name.data(), name.size()),
                     beast::string_view(value.data(), value.size()));
  }
  // Frames that came before our answer cannot be meant for us (RFC 6455, section 4.1).
  bool is_upgrade = request.method == Method::get && beast::websocket::is_upgrade(handshake);
  if (!is_upgrade || connection.in.size() > 0) {
    Response wrong = error(426, "This is a WebSocket");
    wrong.headers.add("Upgrade", "websocket");
    std::string_view body = body_text(wrong);
    Framing framing{.request_id = request.id, .length = body.size()};
    compose_head(connection.head, wrong, connection.loop.date(), framing);
    co_await connection.write(connection.head, body);
    co_return;
  }

  Link link(connection, limits);
  bool accepted = co_await link.accept(handshake, response);
  if (!accepted) co_return;
  connection.on_stop = [&link] { link.close(WebSocket::going_away); };
  if (connection.loop.core.stopping) link.close(WebSocket::going_away);
  Task<> all = link.handle(handler) && link.send_queued();
  co_await std::move(all);
  connection.on_stop = nullptr;
}

}  // namespace

Response websocket(std::function<Task<>(WebSocket&)> handler, std::string protocol, WebSocketLimits limits) {
  Response response{.status = 101, .headers = {}, .body = {}};
  if (!protocol.empty()) response.headers.add("Sec-WebSocket-Protocol", protocol);
  response.body = Takeover{[handler = std::move(handler), limits](
                               Connection& connection, Request const& request, Response const& answer) {
    return run(handler, limits, connection, request, answer);
  }};
  return response;
}

}  // namespace posy::http
