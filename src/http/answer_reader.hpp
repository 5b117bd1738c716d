// Bytes into one answer, without a socket: Beast's parser under our limits. What two readers could cut into
// answers in two ways is refused. Private to http/.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <functional>
#include <optional>
#include <string_view>

#include "http/headers.hpp"
#include "http/send_error.hpp"

namespace posy::http {

struct AnswerLimits {
  std::size_t header_max;
  std::size_t body_max;
  bool cut_body = false;  // a longer body is cut off, instead of a failure
};

// feed() until done(); finish() when the other side has ended. After failure() the rest of the connection
// cannot be understood.
class AnswerReader final : private boost::beast::http::basic_parser<false> {
 public:
  // `is_head`: the answer to HEAD has no body, whatever its header says.
  // `take_body`, where there is one, is given the body of a 200 instead of `body`.
  using TakeBody = std::function<bool(std::string_view)>;
  AnswerReader(Headers& headers, std::string& body, AnswerLimits limits, bool is_head,
               TakeBody const* take_body = nullptr);

  // Takes what it can from the front of `bytes` and says how much; the rest must come again with more.
  std::size_t feed(std::string_view bytes);
  void finish();  // the stream has ended; done() if an answer may end so

  bool done() const { return (is_done() || is_cut_) && !failure_; }
  std::optional<SendError> const& failure() const { return failure_; }

  unsigned status() const { return status_; }
  bool is_informational() const { return status_ / 100 == 1; }
  bool wants_keep_alive() const { return keep_alive() && !is_cut_; }

 private:
  using error_code = boost::system::error_code;
  using string_view = boost::beast::string_view;
  void on_request_impl(boost::beast::http::verb, string_view, string_view, int, error_code&) override {}
  void on_response_impl(int status, string_view reason, int version, error_code& ec) override;
  void on_field_impl(boost::beast::http::field, string_view name, string_view value, error_code& ec) override;
  void on_header_impl(error_code& ec) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
  std::size_t on_body_impl(string_view bytes, error_code& ec) override;
  void on_chunk_header_impl(std::uint64_t, string_view extensions, error_code& ec) override;
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& ec) override;
  void on_finish_impl(error_code&) override {}

  void fail(Failure failure, std::string detail);

  Headers& headers_;
  std::string& body_;
  TakeBody const* take_body_;
  std::optional<SendError> failure_;
  unsigned status_ = 0;
  int version_ = 0;
  bool in_body_ = false;
  bool is_cut_ = false;  // the rest is not waited for
  AnswerLimits limits_;
};

}  // namespace posy::http
