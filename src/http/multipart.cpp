#include "http/multipart.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "http/headers.hpp"

namespace posy::http {
namespace {

constexpr std::size_t padding_bytes_max = 64;  // spaces after a boundary

std::string_view trim(std::string_view text) {
  auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

struct Parameter {
  std::string_view name;
  std::string value;
};

// Takes one `; name=value` off `rest`. Quoted strings may hold \" and \\; other backslashes stand for
// themselves, because old browsers sent Windows paths.
std::optional<Parameter> take_parameter(std::string_view& rest) {
  rest = trim(rest);
  if (rest.empty() || rest.front() != ';') return {};
  rest = trim(rest.substr(1));
  auto equals = rest.find('=');
  if (equals == rest.npos || equals == 0) return {};
  Parameter parameter{trim(rest.substr(0, equals)), {}};
  rest = trim(rest.substr(equals + 1));
  if (rest.empty() || rest.front() != '"') {
    auto end = std::min(rest.find(';'), rest.size());
    parameter.value = trim(rest.substr(0, end));
    rest.remove_prefix(end);
    return parameter;
  }
  std::size_t i = 1;
  for (; i < rest.size() && rest[i] != '"'; ++i) {
    if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
    parameter.value += rest[i];
  }
  if (i >= rest.size()) return {};  // never closed
  rest.remove_prefix(i + 1);
  return parameter;
}

bool is_boundary(std::string_view text) {
  constexpr std::string_view others = "'()+_,-./:=? ";
  auto allowed = [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           others.find(c) != others.npos;
  };
  return !text.empty() && text.size() <= 70 && text.back() != ' ' && std::ranges::all_of(text, allowed);
}

bool is_clean(std::string_view text) {
  return is_valid_utf8(text) && text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  auto end = std::min(content_type.find(';'), content_type.size());
  if (!equals_ignoring_case(trim(content_type.substr(0, end)), "multipart/form-data")) return {};
  std::string_view rest = content_type.substr(end);
  while (auto parameter = take_parameter(rest)) {
    if (!equals_ignoring_case(parameter->name, "boundary")) continue;
    if (!is_boundary(parameter->value)) return {};
    return std::move(parameter->value);
  }
  return {};
}

// A boundary counts only at the start of a line. The first line has no CRLF before it, so one is put there.
MultipartParser::MultipartParser(std::string_view boundary, MultipartSink& sink, MultipartLimits limits)
    : delimiter_("\r\n--" + std::string(boundary)), sink_(sink), limits_(limits), buffer_("\r\n") {}

Result<> MultipartParser::feed(std::string_view bytes) {
  if (state_ == State::failed) return fail("Malformed multipart body");
  if (state_ == State::epilogue) return {};
  buffer_ += bytes;
  for (bool progress = true; progress;) {
    progress = false;
    if (auto stepped = step(progress); !stepped) {
      state_ = State::failed;
      return stepped;
    }
  }
  return {};
}

Result<> MultipartParser::finish() {
  if (state_ == State::epilogue) return {};
  return fail("The multipart body ends too early");
}

// One decision; `progress` when there may be another one in what is left of the buffer.
Result<> MultipartParser::step(bool& progress) {
  switch (state_) {
    case State::preamble:
    case State::part_body: {
      auto found = buffer_.find(delimiter_);
      // What may be the beginning of a delimiter waits for more.
      std::size_t sure =
          found != buffer_.npos ? found : buffer_.size() - std::min(buffer_.size(), delimiter_.size() - 1);
      if (state_ == State::part_body && sure > 0) {
        if (auto taken = sink_.data(std::string_view(buffer_).substr(0, sure)); !taken) return taken;
      }
      buffer_.erase(0, found != buffer_.npos ? found + delimiter_.size() : sure);
      if (found == buffer_.npos) return {};
      if (state_ == State::part_body) {
        if (auto ended = sink_.end(); !ended) return ended;
      }
      state_ = State::after_delimiter;
      progress = true;
      return {};
    }
    case State::after_delimiter: {
      if (buffer_.size() < 2) return {};
      if (buffer_.starts_with("--")) {
        state_ = State::epilogue;
        buffer_.clear();
        return {};
      }
      auto end = buffer_.find_first_not_of(" \t");
      if (std::min(end, buffer_.size()) > padding_bytes_max) return fail("Malformed multipart boundary");
      if (end == buffer_.npos || (buffer_[end] == '\r' && end + 1 == buffer_.size())) return {};
      if (buffer_.compare(end, 2, "\r\n") != 0) return fail("Malformed multipart boundary");
      buffer_.erase(0, end + 2);
      state_ = State::part_headers;
      progress = true;
      return {};
    }
    case State::part_headers: {
      auto end = buffer_.find("\r\n\r\n");
      if (std::min(end, buffer_.size() - std::min<std::size_t>(buffer_.size(), 3)) >
          limits_.part_header_bytes_max) {
        return fail("A multipart header is too long");
      }
      if (end == buffer_.npos) return {};
      if (auto begun = begin_part(std::string_view(buffer_).substr(0, end)); !begun) return begun;
      // The CRLF of the empty line stays out: the delimiter brings its own.
      buffer_.erase(0, end + 4);
      state_ = State::part_body;
      progress = true;
      return {};
    }
    case State::epilogue:
      buffer_.clear();
      return {};
    case State::failed:
      break;
  }
  return fail("Malformed multipart body");
}

Result<> MultipartParser::begin_part(std::string_view head) {
  if (++parts_ > limits_.parts_max) return Error{Refusal::too_large, "Too many multipart parts"};
  MultipartPart part;
  bool has_disposition = false, has_name = false;
  while (!head.empty()) {
    auto end = head.find("\r\n");
    std::string_view line = head.substr(0, end);
    head = end == head.npos ? std::string_view{} : head.substr(end + 2);
    auto colon = line.find(':');
    if (colon == line.npos || colon == 0 || line[0] == ' ' || line[0] == '\t') {
      return fail("Malformed multipart header");
    }
    std::string_view name = trim(line.substr(0, colon)), value = trim(line.substr(colon + 1));
    if (equals_ignoring_case(name, "Content-Type")) part.content_type = value;
    if (equals_ignoring_case(name, "Content-Transfer-Encoding") && !equals_ignoring_case(value, "binary") &&
        !equals_ignoring_case(value, "8bit") && !equals_ignoring_case(value, "7bit")) {
      return fail("Multipart transfer encodings are not understood");  // RFC 7578, section 4.7
    }
    if (!equals_ignoring_case(name, "Content-Disposition")) continue;
    if (has_disposition) return fail("A multipart part has two dispositions");
    has_disposition = true;
    auto kind_end = std::min(value.find(';'), value.size());
    if (!equals_ignoring_case(trim(value.substr(0, kind_end)), "form-data")) {
      return fail("A multipart part is no form data");
    }
    std::string_view rest = value.substr(kind_end);
    while (auto parameter = take_parameter(rest)) {
      if (equals_ignoring_case(parameter->name, "name")) part.name = parameter->value, has_name = true;
      if (equals_ignoring_case(parameter->name, "filename")) part.filename = parameter->value;
      if (equals_ignoring_case(parameter->name, "filename*") && parameter->value.starts_with("UTF-8''")) {
        part.filename = percent_decode(std::string_view(parameter->value).substr(7));
      }
    }
    if (!trim(rest).empty()) return fail("Malformed multipart header");
  }
  if (!has_name) return fail("A multipart part has no name");
  if (!is_clean(part.name) || !is_clean(part.filename.value_or("")) || !is_clean(part.content_type)) {
    return fail("Invalid UTF-8");
  }
  return sink_.begin(part);
}

Result<> MultipartParser::fail(std::string_view message) {
  state_ = State::failed;
  return Error{Refusal::bad_request, std::string(message)};
}

}  // namespace posy::http
