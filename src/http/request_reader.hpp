// Bytes into one Request, without a socket: Beast's parser under our limits, and refused where two readers
// could understand two different things (request smuggling, RFC 9112, section 11.2). Private to http/.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "http/body.hpp"
#include "http/limits.hpp"
#include "http/request.hpp"

namespace posy::http {

// First feed() until head_done(), then begin_body() and feed() until done(). After failure() nothing more
// of this connection can be understood.
class RequestReader final : private boost::beast::http::basic_parser<true> {
 public:
  struct Failure {
    unsigned status;
    std::string message;
  };

  RequestReader(Request& request, Limits const& limits);

  // Takes what it can from the front of `bytes` and says how much; the rest must come again with more.
  // Stops after the head.
  std::size_t feed(std::string_view bytes);
  std::optional<Failure> const& failure() const { return failure_; }

  bool head_done() const { return is_header_done(); }
  void begin_body(BodyReader* reader);  // nullptr: throw it away
  bool done() const { return is_done(); }

  bool has_started() const { return head_bytes_ > 0; }
  bool wants_keep_alive() const { return keep_alive(); }
  bool wants_continue() const { return wants_continue_; }
  bool is_http_1_1() const { return version_ == 11; }
  std::optional<std::uint64_t> body_bytes() const;  // as Content-Length says

 private:
  using error_code = boost::system::error_code;
  using string_view = boost::beast::string_view;
  void on_request_impl(boost::beast::http::verb, string_view method, string_view target, int version,
                       error_code& ec) override;
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_field_impl(boost::beast::http::field, string_view name, string_view value, error_code& ec) override;
  void on_header_impl(error_code& ec) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
  std::size_t on_body_impl(string_view bytes, error_code& ec) override;
  void on_chunk_header_impl(std::uint64_t, string_view extensions, error_code& ec) override;
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& ec) override;
  void on_finish_impl(error_code&) override {}

  void fail(unsigned status, std::string message);
  void fail(error_code const& error);
  void check_head(std::string_view taken, std::size_t waiting);

  Request& request_;
  Limits const& limits_;
  std::optional<Failure> failure_;
  std::size_t head_bytes_ = 0;
  bool in_body_ = false;
  BodyReader* body_ = nullptr;
  int version_ = 0;
  int hosts_ = 0, lengths_ = 0, encodings_ = 0;
  bool wants_continue_ = false;
};

}  // namespace posy::http
