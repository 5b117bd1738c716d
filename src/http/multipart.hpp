// Reads multipart/form-data (RFC 7578) piece by piece, so that a file never lies in memory whole.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace posy::http {

struct MultipartPart {
  std::string name;
  std::optional<std::string> filename;  // present: a file
  std::string content_type;             // empty when not said
};

// Where the parts go. A failure ends the parsing and is handed on.
class MultipartSink {
 public:
  virtual ~MultipartSink() = default;
  virtual Result<> begin(MultipartPart const& part) = 0;
  virtual Result<> data(std::string_view bytes) = 0;
  virtual Result<> end() = 0;
};

struct MultipartLimits {
  std::size_t parts_max = 1000;
  std::size_t part_header_bytes_max = 4096;
};

// The boundary of a Content-Type value; nothing when it is not multipart/form-data or has no valid one
// (1 to 70 characters of RFC 2046, section 5.1.1).
std::optional<std::string> multipart_boundary(std::string_view content_type);

class MultipartParser {
 public:
  MultipartParser(std::string_view boundary, MultipartSink& sink, MultipartLimits limits = {});

  Result<> feed(std::string_view bytes);  // pieces of any size
  Result<> finish();                      // refuses a body that ended early

 private:
  enum class State { preamble, after_delimiter, part_headers, part_body, epilogue, failed };

  Result<> step(bool& progress);
  Result<> begin_part(std::string_view head);
  Result<> fail(std::string_view message);

  std::string delimiter_;  // CRLF "--" boundary
  MultipartSink& sink_;
  MultipartLimits limits_;
  State state_ = State::preamble;
  std::string buffer_;  // what could not be decided yet
  std::size_t parts_ = 0;
};

}  // namespace posy::http
