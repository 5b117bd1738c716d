#include "db/list_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iterator>

#include "db/failure.hpp"

namespace posy::db {
namespace {

void write_integers(std::string& out, std::span<std::int64_t const> list, char open, char close) {
  out.assign(1, open);
  char digits[24];
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    auto end = std::to_chars(digits, digits + sizeof(digits), list[i]).ptr;
    out.append(digits, end);
  }
  out += close;
}

void append_quoted(std::string& out, std::string_view text, bool escape_controls) {
  out += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (escape_controls && static_cast<unsigned char>(c) < 0x20)
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  out += '"';
}

void write_texts(std::string& out, std::span<std::string const> list, char open, char close,
                 bool escape_controls) {
  out.assign(1, open);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    require_storable(list[i]);
    append_quoted(out, list[i], escape_controls);
  }
  out += close;
}

}  // namespace

void write_json_list(std::string& out, std::span<std::int64_t const> list) {
  write_integers(out, list, '[', ']');
}
void write_json_list(std::string& out, std::span<std::string const> list) {
  write_texts(out, list, '[', ']', true);
}
void write_array_literal(std::string& out, std::span<std::int64_t const> list) {
  write_integers(out, list, '{', '}');
}
void write_array_literal(std::string& out, std::span<std::string const> list) {
  write_texts(out, list, '{', '}', false);
}

void require_storable(std::string_view text) {
  if (text.find('\0') != text.npos)
    throw Failure(FailureKind::constraint, "a text with a zero byte cannot be stored");
}

}  // namespace posy::db
