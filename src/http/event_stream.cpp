// Server-sent events: the handler writes into a queue, one coroutine sends it, one watches for the end.
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "http/response.hpp"
#include "http/send_queue.hpp"
#include "http/sender.hpp"

namespace posy::http {
namespace {

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t queue_bytes_max = 1 << 20;
constexpr std::chrono::seconds heartbeat{15};  // proxies close what is silent for longer than a minute

using Handler = std::function<Task<>(EventSink&)>;

// A line break in a field would begin another field.
void append_field(std::string& out, std::string_view name, std::string_view text) {
  for (;;) {
    auto end = text.find_first_of("\r\n");
    ((out += name) += text.substr(0, end)) += '\n';
    if (end == text.npos) return;
    text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
  }
}

std::string format_event(std::string_view event, std::string_view data) {
  std::string out;
  out.reserve(event.size() + data.size() + 24);
  if (!event.empty()) append_field(out, "event: ", event.substr(0, event.find_first_of("\r\n")));
  append_field(out, "data: ", data);
  return out += '\n';
}

std::string format_comment(std::string_view text) {
  std::string out;
  append_field(out, ":", text);
  return out += '\n';
}

class Events final : public EventSink {
 public:
  explicit Events(Connection& connection)
      : connection_(connection), queue_(connection.loop.context, queue_bytes_max) {}

  Task<bool> send(std::string_view event, std::string_view data) override {
    return queue_.push_when_room(format_event(event, data));
  }
  Task<bool> comment(std::string_view text) override { return queue_.push_when_room(format_comment(text)); }
  bool push(std::string_view event, std::string_view data) override {
    if (queue_.push(format_event(event, data))) return true;
    if (queue_.has_overflowed()) connection_.cut();
    return false;
  }
  bool is_open() const override { return queue_.is_open(); }

  Task<> handle(Handler const& handler);
  Task<> send_queued();
  Task<> watch();
  void stop();

 private:
  Connection& connection_;
  SendQueue queue_;
};

Task<> Events::handle(Handler const& handler) {
  try {
    Task<> handling = handler(*this);
    co_await std::move(handling);
  } catch (std::exception const& end) {
    log::debug("event stream to {}: {}", connection_.peer, end.what());  // as a rule: cancelled
  }
  queue_.finish();
}

Task<> Events::send_queued() {
  for (;;) {
    std::optional<std::string> text = co_await queue_.pop(heartbeat);
    if (!text) co_return;
    if (text->empty()) *text = format_comment({});
    bool sent = co_await connection_.write(*text, {});
    if (sent) continue;
    queue_.fail();
    connection_.cut();
    co_return;
  }
}

// Clients have nothing to say here: the read is only there to end when they go.
Task<> Events::watch() {
  std::array<char, 512> ignored;
  boost::system::error_code error;
  while (!error) {
    auto [failed, bytes] = co_await connection_.socket.async_read_some(asio::buffer(ignored), quietly);
    error = failed;
  }
  queue_.fail();
}

void Events::stop() {
  boost::system::error_code gone;  // then watch() has ended already
  connection_.socket.shutdown(Socket::shutdown_receive, gone);
}

Task<> run(Handler const& handler, Connection& connection, Request const& request, Response const& response) {
  Framing framing{.request_id = request.id};
  compose_head(connection.head, response, connection.loop.date(), framing);
  bool sent = co_await connection.write(connection.head, {});
  if (!sent || request.method == Method::head) co_return;

  Events events(connection);
  connection.on_stop = [&events] { events.stop(); };
  if (connection.loop.core.stopping) events.stop();
  Task<> working = events.handle(handler) && events.send_queued();
  Task<std::variant<std::monostate, std::monostate>> all = std::move(working) || events.watch();
  co_await std::move(all);
  connection.on_stop = nullptr;
}

}  // namespace

Response event_stream(std::function<Task<>(EventSink&)> handler) {
  Response response;
  response.headers = {
      {"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  response.body = Takeover{
      [handler = std::move(handler)](Connection& connection, Request const& request, Response const& answer) {
        return run(handler, connection, request, answer);
      }};
  return response;
}

}  // namespace posy::http
