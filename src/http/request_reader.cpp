#include "http/request_reader.hpp"

#include <boost/beast/http/error.hpp>

#include "http/refusal.hpp"

namespace posy::http {
namespace {

namespace beast_http = boost::beast::http;

constexpr std::size_t chunk_extension_bytes_max = 256;
constexpr std::size_t undecided_bytes_max = 16 * 1024;  // a chunk's header, or the trailers

std::optional<Method> method_from(std::string_view name) {
  for (Method each : {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::delete_,
                      Method::options}) {
    if (to_string(each) == name) return each;
  }
  return {};
}

std::string_view plain(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

RequestReader::RequestReader(Request& request, Limits const& limits) : request_(request), limits_(limits) {
  header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
  body_limit(boost::none);  // counted by BodyReader
  eager(false);
}

std::size_t RequestReader::feed(std::string_view bytes) {
  // A client may send an empty line between two requests (RFC 9112, section 2.2).
  if (!has_started() && bytes.starts_with("\r\n")) return 2;
  if (!has_started() && bytes == "\r") return 0;
  bool in_head = !head_done();
  error_code error;
  std::size_t taken = put({bytes.data(), bytes.size()}, error);
  if (failure_) return taken;
  if (error && error != beast_http::error::need_more) {
    fail(error);
    return taken;
  }
  if (in_head) {
    check_head(bytes.substr(0, taken), bytes.size() - taken);
  } else if (error && bytes.size() - taken > undecided_bytes_max) {
    fail(400, "Malformed chunk");
  }
  return taken;
}

void RequestReader::check_head(std::string_view taken, std::size_t waiting) {
  head_bytes_ += taken.size();
  // Line folding is obsolete, and proxies differ in what they make of it (RFC 9112, section 5.2).
  if (taken.find("\n ") != taken.npos || taken.find("\n\t") != taken.npos) fail(400, "Folded header line");
  if (head_bytes_ + (head_done() ? 0 : waiting) > limits_.header_bytes_max) {
    fail(431, "The request header is too large");
  }
}

void RequestReader::begin_body(BodyReader* reader) {
  body_ = reader;
  in_body_ = true;
  if (reader != nullptr) reader->expect(static_cast<std::size_t>(body_bytes().value_or(0)));
  eager(true);
}

std::optional<std::uint64_t> RequestReader::body_bytes() const {
  auto length = content_length();
  if (!length) return {};
  return *length;
}

void RequestReader::on_request_impl(beast_http::verb, string_view method, string_view target, int version,
                                    error_code& ec) {
  version_ = version;
  auto known = method_from(plain(method));
  if (!known) fail(501, "Unknown method");
  if (target.size() > limits_.target_bytes_max) fail(414, "The request target is too long");
  if (failure_) {
    ec = beast_http::error::bad_method;
    return;
  }
  request_.method = *known;
  request_.target.assign(target.data(), target.size());
}

void RequestReader::on_field_impl(beast_http::field field, string_view name, string_view value,
                                  error_code& ec) {
  if (in_body_) return;  // trailers: nothing in them is worth trusting
  if (field == beast_http::field::host) ++hosts_;
  if (field == beast_http::field::content_length && (++lengths_ > 1 || value.find(',') != value.npos)) {
    fail(400, "Contradictory Content-Length");
  }
  if (field == beast_http::field::transfer_encoding) {
    if (++encodings_ > 1 || !equals_ignoring_case(plain(value), "chunked") || version_ < 11) {
      fail(400, "Unknown Transfer-Encoding");
    }
  }
  if (field == beast_http::field::expect) {
    wants_continue_ = version_ >= 11 && equals_ignoring_case(plain(value), "100-continue");
  }
  if (plain(value).find('\0') != std::string_view::npos) fail(400, "Malformed header");
  if (failure_) {
    ec = beast_http::error::bad_value;
    return;
  }
  request_.headers.add(plain(name), plain(value));
}

void RequestReader::on_header_impl(error_code& ec) {
  if (hosts_ > 1 || (hosts_ == 0 && version_ >= 11)) {
    fail(400, "A request has one Host");  // RFC 9112, section 3.2
    ec = beast_http::error::bad_value;
  }
}

std::size_t RequestReader::on_body_impl(string_view bytes, error_code& ec) {
  if (body_ == nullptr) return bytes.size();
  if (auto written = body_->write(plain(bytes)); !written) {
    fail(status_of(written.error().refusal), written.error().message);
    ec = beast_http::error::body_limit;
  }
  return bytes.size();
}

void RequestReader::on_chunk_header_impl(std::uint64_t, string_view extensions, error_code& ec) {
  if (extensions.size() > chunk_extension_bytes_max) ec = beast_http::error::bad_chunk_extension;
}

std::size_t RequestReader::on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& ec) {
  return on_body_impl(bytes, ec);
}

void RequestReader::fail(unsigned status, std::string message) {
  if (!failure_) failure_ = {status, std::move(message)};
}

void RequestReader::fail(error_code const& error) {
  if (error != beast_http::error::header_limit) return fail(400, "Malformed request");
  if (version_ == 0) return fail(414, "The request target is too long");
  fail(431, "The request header is too large");
}

}  // namespace posy::http
