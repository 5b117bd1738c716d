#include "json/write.hpp"

#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>

namespace posy::json::detail {
namespace {

// What to do with a byte of a string: copy it, escape it, or look at the sequence that it begins.
enum Treatment : unsigned char { plain, escape, sequence };

constexpr auto treatments = [] {
  std::array<Treatment, 256> table{};
  for (int c = 0; c < 0x20; ++c) table[c] = escape;
  for (int c = 0x80; c < 0x100; ++c) table[c] = sequence;
  table['"'] = table['\\'] = escape;
  return table;
}();

struct Sequence {
  std::size_t length;
  bool is_valid;
};

// The UTF-8 sequence at the front of `text`, or the part of it before the first impossible byte (Unicode
// 15, table 3-7 and the practice for replacing ill-formed parts of section 3.9).
Sequence next_sequence(std::string_view text) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char const lead = byte(0);
  if (lead < 0xc2 || lead > 0xf4) return {1, false};
  std::size_t const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // Overlong forms, surrogates and code points above U+10FFFF show in the second byte.
  unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= text.size() || byte(i) < low || byte(i) > high) return {i, false};
    low = 0x80;
    high = 0xbf;
  }
  return {length, true};
}

void write_escape(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    case '\b':
      out += "\\b";
      break;
    case '\f':
      out += "\\f";
      break;
    default:
      out += "\\u00";
      out += digits[static_cast<unsigned char>(c) >> 4];
      out += digits[c & 15];
  }
}

template <class Number>
void write_number(std::string& out, Number value) {
  char buffer[32];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  out.append(buffer, end);
}

}  // namespace

void write_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t copied = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    switch (treatments[static_cast<unsigned char>(text[i])]) {
      case plain:
        ++i;
        break;
      case escape:
        out.append(text, copied, i - copied);
        write_escape(out, text[i]);
        copied = ++i;
        break;
      case sequence:
        auto [length, is_valid] = next_sequence(text.substr(i));
        if (!is_valid) {
          out.append(text, copied, i - copied);
          out += "\xef\xbf\xbd";
          copied = i + length;
        }
        i += length;
        break;
    }
  }
  out.append(text, copied, text.size() - copied);
  out += '"';
}

void write_integer(std::string& out, std::int64_t value) {
  write_number(out, value);
}
void write_integer(std::string& out, std::uint64_t value) {
  write_number(out, value);
}

void write_double(std::string& out, double value) {
  // JSON has neither NaN nor infinity (RFC 8259, section 6).
  if (std::isfinite(value))
    write_number(out, value);
  else
    out += "null";
}

// The depth is bounded: trees come from json::parse, which limits it, or from our own code.
void write_tree(std::string& out, boost::json::value const& value) {
  switch (value.kind()) {
    case boost::json::kind::null:
      out += "null";
      break;
    case boost::json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      break;
    case boost::json::kind::int64:
      write_integer(out, std::int64_t{value.get_int64()});
      break;
    case boost::json::kind::uint64:
      write_integer(out, std::uint64_t{value.get_uint64()});
      break;
    case boost::json::kind::double_:
      write_double(out, value.get_double());
      break;
    case boost::json::kind::string:
      write_string(out, value.get_string());
      break;
    case boost::json::kind::array:
      write_tree(out, value.get_array());
      break;
    case boost::json::kind::object:
      write_tree(out, value.get_object());
      break;
  }
}

void write_tree(std::string& out, boost::json::object const& object) {
  out += '{';
  for (auto const& entry : object) {
    write_string(out, entry.key());
    out += ':';
    write_tree(out, entry.value());
    out += ',';
  }
  close(out, '}');
}

void write_tree(std::string& out, boost::json::array const& array) {
  out += '[';
  for (auto const& item : array) {
    write_tree(out, item);
    out += ',';
  }
  close(out, ']');
}

}  // namespace posy::json::detail
