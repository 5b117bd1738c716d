#include "http/answer_reader.hpp"

#include <algorithm>
#include <boost/beast/http/error.hpp>

namespace posy::http {
namespace {

namespace beast_http = boost::beast::http;

constexpr std::size_t chunk_extension_bytes_max = 256;
constexpr std::size_t undecided_bytes_max = 16 * 1024;  // a chunk's header, or the trailers

std::string_view plain(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

AnswerReader::AnswerReader(Headers& headers, std::string& body, AnswerLimits limits, bool is_head,
                           TakeBody const* take_body)
    : headers_(headers), body_(body), take_body_(take_body && *take_body ? take_body : nullptr), limits_(limits) {
  header_limit(static_cast<std::uint32_t>(limits.header_max));
  if (limits.cut_body) body_limit(boost::none);
  else body_limit(limits.body_max);
  eager(true);
  skip(is_head);
}

std::size_t AnswerReader::feed(std::string_view bytes) {
  if (failure_) return 0;
  error_code error;
  std::size_t taken = put({bytes.data(), bytes.size()}, error);
  if (is_cut_) return taken;  // whatever is wrong behind the cut
  if (error && error != beast_http::error::need_more) {
    bool too_large = error == beast_http::error::header_limit || error == beast_http::error::body_limit;
    fail(too_large ? Failure::too_large : Failure::bad_answer, error.message());
    return taken;
  }
  if (is_header_done() && !is_done() && bytes.size() - taken > undecided_bytes_max) {
    fail(Failure::bad_answer, "a chunk's header does not end");
  }
  return taken;
}

void AnswerReader::finish() {
  if (failure_ || is_cut_ || !got_some()) return;
  error_code error;
  put_eof(error);
  if (error) fail(Failure::disconnected, "in the middle of an answer");
}

void AnswerReader::on_response_impl(int status, string_view, int version, error_code& ec) {
  status_ = static_cast<unsigned>(status);
  version_ = version;
  // 101 would be an upgrade, which nobody asked for.
  if (status_ < 100 || status_ > 599 || status_ == 101) {
    fail(Failure::bad_answer, "status " + std::to_string(status));
    ec = beast_http::error::bad_status;
  }
}

void AnswerReader::on_field_impl(beast_http::field field, string_view name, string_view value,
                                 error_code& ec) {
  if (in_body_) return;  // trailers: nothing in them is worth trusting
  // Any other coding would come undecoded, and HTTP/1.0 knows none (RFC 9112, section 6.1).
  bool is_known_coding = version_ >= 11 && equals_ignoring_case(plain(value), "chunked");
  if (field == beast_http::field::transfer_encoding && !is_known_coding) {
    fail(Failure::bad_answer, "unknown Transfer-Encoding");
  }
  if (plain(value).find('\0') != std::string_view::npos) fail(Failure::bad_answer, "NUL in a header");
  if (failure_) {
    ec = beast_http::error::bad_value;
    return;
  }
  headers_.add(plain(name), plain(value));
}

void AnswerReader::on_header_impl(error_code&) {
  in_body_ = true;
}

std::size_t AnswerReader::on_body_impl(string_view bytes, error_code& ec) {
  if (take_body_ && status_ == 200) {
    if ((*take_body_)(plain(bytes))) return bytes.size();
    fail(Failure::stopped, "given up by the caller");
    ec = beast_http::error::end_of_stream;
    return bytes.size();
  }
  // What is said instead of the file is of no use to who takes files.
  if (take_body_) return bytes.size();
  std::size_t room = limits_.body_max - std::min(limits_.body_max, body_.size());
  body_.append(bytes.data(), limits_.cut_body ? std::min(room, bytes.size()) : bytes.size());
  is_cut_ = limits_.cut_body && room <= bytes.size();
  return bytes.size();
}

void AnswerReader::on_chunk_header_impl(std::uint64_t, string_view extensions, error_code& ec) {
  if (extensions.size() > chunk_extension_bytes_max) ec = beast_http::error::bad_chunk_extension;
}

std::size_t AnswerReader::on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& ec) {
  return on_body_impl(bytes, ec);
}

void AnswerReader::fail(Failure failure, std::string detail) {
  if (!failure_) failure_ = send_error(failure, std::move(detail));
}

}  // namespace posy::http
