#include "http/session.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "http/body.hpp"
#include "http/refusal.hpp"
#include "http/request_reader.hpp"
#include "http/sender.hpp"
#include "http/target.hpp"

namespace posy::http {
namespace {

constexpr std::size_t head_piece_bytes = 4 * 1024;
constexpr std::size_t body_piece_bytes = 64 * 1024;
constexpr std::size_t keep_buffer_bytes_max = 16 * 1024;  // of an idle connection
// A body that nobody wanted is read and thrown away up to this size, so that the connection lives on.
constexpr std::size_t discard_bytes_max = 64 * 1024;

class Session {
 public:
  explicit Session(Connection& connection)
      : connection_(connection), core_(connection.loop.core), limits_(core_.options.limits) {}

  Task<> run();

 private:
  Task<bool> read_head();
  Task<Response> answer();
  Task<Response> act();
  Task<std::optional<Response>> read_body(Endpoint const& endpoint);
  Task<bool> feed_body();
  Response explain(std::exception_ptr failure);
  Response no_endpoint(std::string const& allow) const;
  void set_path_params();
  bool can_discard() const;

  Connection& connection_;
  Core& core_;
  Limits const& limits_;
  Request request_;
  BodyRoom room_{core_.body_bytes, limits_.body_bytes_in_all};
  std::optional<RequestReader> reader_;
  bool gone_ = false;      // the client left in the middle of its body
  bool too_slow_ = false;  // the body's deadline came before its end
  bool answered_continue_ = false;
};

Task<> Session::run() {
  for (std::size_t served = 1;; ++served) {
    request_ = Request{};
    room_.give_back();
    reader_.emplace(request_, limits_);
    answered_continue_ = false;
    bool has_request = co_await read_head();
    if (!has_request) co_return;
    Response response = co_await answer();
    if (gone_) co_return;

    bool is_readable = !reader_->failure() && !too_slow_ && (reader_->done() || can_discard());
    Framing framing{.request_id = request_.id,
                    .keep_alive = is_readable && reader_->wants_keep_alive() && !core_.stopping && !core_.is_crowded() &&
                                  served < limits_.requests_per_connection,
                    .is_http_1_1 = reader_->is_http_1_1()};
    bool goes_on = co_await send_response(connection_, request_, std::move(response), framing);
    if (goes_on && !reader_->done()) {
      reader_->begin_body(nullptr);
      goes_on = co_await feed_body();
    }
    if (!goes_on) break;
  }
  if (!reader_->failure() && reader_->done()) co_return;
  co_await connection_.linger();
}

// False when there is nothing to answer to.
Task<bool> Session::read_head() {
  auto& in = connection_.in;
  if (in.size() == 0 && in.capacity() > keep_buffer_bytes_max) in.shrink_to_fit();
  connection_.is_idle = in.size() == 0;
  if (connection_.is_idle && core_.stopping) co_return false;
  connection_.wait_for(connection_.is_idle ? limits_.idle : limits_.header_read);
  connection_.idle_since = std::chrono::steady_clock::now();
  bool complete = false;
  while (!complete) {
    if (in.size() > 0) {
      std::string_view bytes(static_cast<char const*>(in.cdata().data()), in.size());
      std::size_t taken = reader_->feed(bytes);
      in.consume(taken);
      complete = reader_->failure() || reader_->head_done();
      if (complete || taken > 0) continue;
    }
    bool filled = co_await connection_.fill(head_piece_bytes);
    if (!filled) co_return false;
    if (connection_.is_idle) connection_.wait_for(limits_.header_read);
    connection_.is_idle = false;
  }
  connection_.wait_forever();
  request_.started = std::chrono::steady_clock::now();
  request_.id = fmt::format("{}{:x}", core_.id_prefix, core_.next_id.fetch_add(1, std::memory_order_relaxed));
  request_.peer = client_address(connection_.peer, request_.headers, core_.options.trusted_proxies);
  co_return true;
}

// Whatever happens becomes an answer.
Task<Response> Session::answer() {
  if (auto const& failure = reader_->failure()) co_return error(failure->status, failure->message);
  std::exception_ptr thrown;
  try {
    Response response = co_await act();
    co_return response;
  } catch (...) {
    thrown = std::current_exception();
  }
  co_return explain(thrown);
}

Task<Response> Session::act() {
  auto path = read_target(request_, {limits_.params_max, limits_.depth_max});
  if (!path) co_return refused(path.error());
  if (core_.hooks.before) {
    auto early = core_.hooks.before(request_);
    if (early) co_return std::move(*early);
  }
  auto match = core_.router.match(request_.method, *path);
  if (match.endpoint == nullptr) co_return no_endpoint(match.allow);
  Endpoint const& endpoint = *match.endpoint;
  request_.route = endpoint.pattern;
  request_.path_params = std::move(match.params);
  set_path_params();
  if (reader_->body_bytes().value_or(0) > endpoint.body_max) {
    co_return error(413, "The request is too large");
  }
  if (endpoint.admit) {
    Task<std::optional<Response>> asking = endpoint.admit(request_);
    std::optional<Response> refusal = co_await std::move(asking);
    if (refusal) co_return std::move(*refusal);
  }
  if (!reader_->done()) {
    std::optional<Response> broken = co_await read_body(endpoint);
    if (broken) co_return std::move(*broken);
    set_path_params();
  }
  Task<Response> handling = endpoint.handler(request_);
  Response response = co_await std::move(handling);
  co_return response;
}

Task<std::optional<Response>> Session::read_body(Endpoint const& endpoint) {
  BodyReader body(request_, room_, endpoint.body_max, endpoint.spool, limits_, core_.options.spool_dir);
  if (auto checked = body.check(); !checked) co_return refused(checked.error());
  if (reader_->wants_continue() && connection_.in.size() == 0) {
    answered_continue_ = true;
    bool told = co_await connection_.write("HTTP/1.1 100 Continue\r\n\r\n", {});
    gone_ = !told;
    if (gone_) co_return empty(400);
  }
  reader_->begin_body(&body);
  bool complete = co_await feed_body();
  if (auto const& failure = reader_->failure()) co_return error(failure->status, failure->message);
  too_slow_ = !complete && connection_.expired();
  if (too_slow_) co_return error(408, "The request took too long");
  gone_ = !complete;
  if (gone_) co_return empty(400);
  if (auto finished = body.finish(); !finished) co_return refused(finished.error());
  co_return std::nullopt;
}

// False when the body did not come to its end.
Task<bool> Session::feed_body() {
  auto& in = connection_.in;
  auto start = request_.started;
  std::size_t bytes = 0;
  while (!reader_->done()) {
    std::size_t taken = 0;
    if (in.size() > 0) {
      std::string_view waiting(static_cast<char const*>(in.cdata().data()), in.size());
      taken = reader_->feed(waiting);
      in.consume(taken);
      bytes += taken;
      if (reader_->failure()) co_return false;
    }
    if (taken > 0) continue;
    auto earned = std::chrono::milliseconds(bytes * 1000 / limits_.body_bytes_per_second);
    connection_.wait_until(start + limits_.body_read + earned);
    bool filled = co_await connection_.fill(body_piece_bytes);
    if (!filled) co_return false;
  }
  connection_.wait_forever();
  co_return true;
}

Response Session::explain(std::exception_ptr failure) {
  try {
    if (core_.hooks.on_error) return core_.hooks.on_error(failure, request_);
  } catch (std::exception const& second) {
    log::error("request {}: while explaining an error: {}", request_.id, second.what());
  }
  return response_for(failure, request_.id);
}

Response Session::no_endpoint(std::string const& allow) const {
  if (allow.empty()) return error(404, "Record not found");
  Response response =
      request_.method == Method::options ? empty(204) : error(405, "This method is not allowed here");
  response.headers.add("Allow", allow);
  return response;
}

void Session::set_path_params() {
  for (auto const& [name, value] : request_.path_params) {
    request_.params.insert_or_assign(name, boost::json::string_view(value));
  }
}

bool Session::can_discard() const {
  if (reader_->wants_continue() && !answered_continue_) return false;  // it may never be sent
  auto bytes = reader_->body_bytes();
  return bytes && *bytes <= discard_bytes_max;
}

}  // namespace

Task<> serve(Connection& connection) {
  Session session(connection);
  try {
    co_await session.run();
  } catch (std::exception const& failure) {
    // Takeovers only: what handlers throw has become an answer.
    log::debug("connection from {}: {}", connection.peer, failure.what());
  }
}

}  // namespace posy::http
