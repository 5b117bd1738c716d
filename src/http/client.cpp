#include "http/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include "http/answer_reader.hpp"
#include "http/client_connector.hpp"
#include "http/client_core.hpp"
#include "http/client_pool.hpp"
#include "http/url.hpp"

namespace posy::http {
namespace {

namespace asio = boost::asio;
using SteadyTime = std::chrono::steady_clock::time_point;
using ConnectionPointer = std::shared_ptr<ClientConnection>;
using boost::system::error_code;

constexpr std::size_t informational_max = 8;  // answers such as "100 Continue" before the real one

SteadyTime now() {
  return std::chrono::steady_clock::now();
}

bool has_body(Method method) {
  return method == Method::post || method == Method::put || method == Method::patch;
}

bool is_ours(std::string_view header) {
  constexpr std::string_view ours[] = {"Host", "Content-Length", "Transfer-Encoding", "Connection",
                                       "Accept-Encoding"};
  return std::ranges::any_of(ours, [&](auto name) { return equals_ignoring_case(name, header); });
}

std::string const& body_of(Outgoing const& outgoing) {
  return outgoing.shared_body ? *outgoing.shared_body : outgoing.body;
}

// Request line and fields (RFC 9112, section 3). Headers refuse line breaks when they are added, and
// a Url has none.
std::string compose(Url const& url, Outgoing const& outgoing, std::string_view user_agent) {
  std::string text =
      fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", to_string(outgoing.method), url.target, url.authority());
  for (std::size_t i = 0; i < outgoing.headers.size(); ++i) {
    std::string_view name = outgoing.headers.name(i);
    if (!is_ours(name)) text.append(name).append(": ").append(outgoing.headers.value(i)).append("\r\n");
  }
  if (!outgoing.headers.has("User-Agent")) text.append("User-Agent: ").append(user_agent).append("\r\n");
  text += "Accept-Encoding: identity\r\n";
  bool const carries = has_body(outgoing.method);
  if (carries) text += fmt::format("Content-Length: {}\r\n", body_of(outgoing).size());
  text += "\r\n";
  return text;
}

bool leads_on(Outgoing const& outgoing, Incoming const& answer) {
  constexpr unsigned redirects[] = {301, 302, 303, 307, 308};
  bool const is_safe = outgoing.method == Method::get || outgoing.method == Method::head;
  return outgoing.follow_redirects && is_safe &&
         std::ranges::find(redirects, answer.status) != std::end(redirects) && answer.headers.has("Location");
}

// What was meant for one server must not reach another.
void take_secrets_out(Headers& headers) {
  for (auto name : {"Authorization", "Cookie", "Signature", "Signature-Input"}) headers.remove(name);
}

SendResult<Url> next_url(Url const& url, Incoming const& answer) {
  std::string_view location = answer.headers.find("Location").value_or("");
  auto next = resolve_url(url, location);
  if (!next) return send_error(Failure::bad_redirect, std::string(location));
  if (url.is_https && !next->is_https) return send_error(Failure::bad_redirect, "from https to http");
  return std::move(*next);
}

struct Counted {
  explicit Counted(std::atomic<std::size_t>& count) : count(count) { ++count; }
  ~Counted() { --count; }
  Counted(Counted const&) = delete;
  Counted& operator=(Counted const&) = delete;

  std::atomic<std::size_t>& count;
};

}  // namespace

struct Client::State {
  State(asio::any_io_executor executor, ClientOptions options);

  static Task<SendResult<Incoming>> run(std::shared_ptr<State> state, Outgoing outgoing);
  Task<SendResult<Incoming>> exchange(Outgoing& outgoing);
  Task<SendResult<Incoming>> hop(Url const& url, Outgoing const& outgoing, SteadyTime deadline);
  Task<SendResult<Incoming>> ask(ConnectionPointer const& connection, std::string const& head,
                                 Outgoing const& outgoing, SteadyTime deadline, bool& has_begun);
  Task<std::optional<SendError>> read(ClientConnection& connection, AnswerReader& reader,
                                      Outgoing const& outgoing, SteadyTime deadline,
                                      bool& has_begun);
  void stop();

  ClientCore core;
  ClientConnector connector;
  std::shared_ptr<ClientPool> pool;
};

Client::State::State(asio::any_io_executor executor, ClientOptions options)
    : core{std::move(executor), std::move(options)},
      connector(core),
      pool(std::make_shared<ClientPool>(core)) {}

void Client::State::stop() {
  core.stopped = true;
  connector.stop();
  pool->clear();
  core.cut_busy();
}

// Holds the state: the client may be gone before this ends.
Task<SendResult<Incoming>> Client::State::run(std::shared_ptr<State> state, Outgoing outgoing) {
  Counted counted(state->core.counters->exchanges);
  SendResult<Incoming> answer = co_await state->exchange(outgoing);
  co_return answer;
}

Task<SendResult<Incoming>> Client::State::exchange(Outgoing& outgoing) {
  ClientOptions const& options = core.options;
  SteadyTime const deadline = now() + outgoing.total_timeout.value_or(options.total_timeout);
  auto parsed = parse_url(outgoing.url);
  if (!parsed) co_return send_error(Failure::bad_url, outgoing.url);
  Url url = std::move(*parsed);
  if (!url.is_https && !options.allow_http) co_return send_error(Failure::bad_url, "http is not allowed");
  for (std::size_t redirects = 0;; ++redirects) {
    outgoing.url = url.text();
    auto const& may_reach = outgoing.may_reach ? outgoing.may_reach : options.may_reach;
    if (may_reach && !may_reach(url.host))
      co_return send_error(Failure::refused_address, "this server does not speak with " + url.host);
    if (outgoing.prepare) outgoing.prepare(outgoing);
    SendResult<Incoming> answer = co_await hop(url, outgoing, deadline);
    if (!answer) co_return answer;
    if (!leads_on(outgoing, *answer)) {
      answer->final_url = url.text();
      co_return answer;
    }
    if (redirects == options.redirects_max) co_return send_error(Failure::too_many_redirects, url.text());
    SendResult<Url> next = next_url(url, *answer);
    if (!next) co_return next.error();
    if (next->origin() != url.origin()) take_secrets_out(outgoing.headers);
    url = std::move(*next);
  }
}

Task<SendResult<Incoming>> Client::State::hop(Url const& url, Outgoing const& outgoing, SteadyTime deadline) {
  std::string const head = compose(url, outgoing, core.options.user_agent);
  bool has_begun = false;
  if (ConnectionPointer kept = pool->take(url.origin())) {
    ++core.counters->reused;
    SendResult<Incoming> answer = co_await ask(kept, head, outgoing, deadline, has_begun);
    bool was_stale = !answer && answer.error().failure == Failure::disconnected && !has_begun;
    if (!was_stale) co_return answer;
  }
  SendResult<ConnectionPointer> fresh = co_await connector.connect(url, deadline);
  if (!fresh) co_return fresh.error();
  SendResult<Incoming> answer = co_await ask(*fresh, head, outgoing, deadline, has_begun);
  co_return answer;
}

// One request and its answer. `has_begun`: a byte of the answer has come.
Task<SendResult<Incoming>> Client::State::ask(ConnectionPointer const& connection, std::string const& head,
                                              Outgoing const& outgoing, SteadyTime deadline,
                                              bool& has_begun) {
  if (core.stopped) co_return send_error(Failure::stopped);
  Busy busy(core, *connection);
  connection->wait_until(std::min(deadline, now() + core.options.read_timeout));
  // Whoever refuses a large body may answer and close before having read it all: so look for an answer even
  // when this failed.
  error_code unsent = co_await connection->write(head, has_body(outgoing.method) ? body_of(outgoing) : std::string_view{});
  AnswerLimits limits{core.options.header_max, outgoing.body_max.value_or(core.options.body_max),
                      outgoing.cut_body};
  for (std::size_t answers = 0; answers <= informational_max; ++answers) {
    Incoming incoming;
    bool const is_head = outgoing.method == Method::head;
    AnswerReader reader(incoming.headers, incoming.body, limits, is_head, &outgoing.take_body);
    std::optional<SendError> failed = co_await read(*connection, reader, outgoing, deadline, has_begun);
    if (failed) co_return std::move(*failed);
    if (reader.is_informational()) continue;
    incoming.status = reader.status();
    if (!unsent && reader.wants_keep_alive() && !core.stopped) pool->put(connection);
    co_return incoming;
  }
  co_return send_error(Failure::bad_answer, "informational answers without end");
}

Task<std::optional<SendError>> Client::State::read(ClientConnection& connection, AnswerReader& reader, Outgoing const& outgoing,
                                                   SteadyTime deadline, bool& has_begun) {
  auto& in = connection.in;
  while (true) {
    if (in.size() > 0) {
      has_begun = true;
      std::string_view bytes(static_cast<char const*>(in.cdata().data()), in.size());
      std::size_t taken = reader.feed(bytes);
      in.consume(taken);
      if (reader.failure()) co_return reader.failure();
      if (reader.done()) co_return std::nullopt;
      if (taken > 0 && outgoing.drain) {
        Task<bool> draining = outgoing.drain();
        bool may_go_on = co_await std::move(draining);
        if (!may_go_on) co_return send_error(Failure::stopped);
      }
      if (taken > 0) continue;
    }
    connection.wait_until(std::min(deadline, now() + core.options.read_timeout));
    error_code error = co_await connection.fill();
    if (error == asio::error::eof) {
      reader.finish();
      if (reader.done()) co_return std::nullopt;
      if (reader.failure()) co_return reader.failure();
    }
    if (error) co_return core.explain(connection, error, Failure::disconnected);
  }
}

Client::Client(asio::any_io_executor executor, ClientOptions options)
    : state_(std::make_shared<State>(std::move(executor), std::move(options))) {}

Client::~Client() {
  state_->stop();
}

Task<SendResult<Incoming>> Client::send(Outgoing outgoing) {
  return State::run(state_, std::move(outgoing));
}

void Client::stop() {
  asio::post(state_->core.executor, [state = state_] { state->stop(); });
}

asio::any_io_executor Client::executor() const {
  return state_->core.executor;
}

ClientCounts Client::counts() const {
  ClientCounters const& counters = *state_->core.counters;
  return {counters.exchanges, counters.connections, counters.idle, counters.opened, counters.reused, counters.resumed};
}

}  // namespace posy::http
