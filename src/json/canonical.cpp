#include "json/canonical.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

#include "base/encoding.hpp"
#include "json/write.hpp"

namespace posy::json {
namespace {

namespace json = boost::json;

// UTF-8 sorts by code points. UTF-16 puts what needs two units (first byte 0xf0 and more in UTF-8) before
// U+E000 to U+FFFF (0xee and 0xef); everything else agrees. Where two valid strings first differ, a first
// byte never meets a following one.
bool comes_before(std::string_view a, std::string_view b) {
  auto [left, right] = std::ranges::mismatch(a, b);
  if (left == a.end() || right == b.end()) return a.size() < b.size();
  auto rank = [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte == 0xee || byte == 0xef ? byte + 0x10 : byte;
  };
  return rank(*left) < rank(*right);
}

// ECMA-262, Number::toString: `digits` and where the point stands, counted from before the first of them.
void write_digits(std::string& out, std::string_view digits, int point) {
  int const count = static_cast<int>(digits.size());
  auto zeros = [](int number) { return std::string(static_cast<std::size_t>(number), '0'); };
  if (count <= point && point <= 21) {
    out.append(digits).append(zeros(point - count));
  } else if (0 < point && point <= 21) {
    auto const whole = static_cast<std::size_t>(point);
    out.append(digits.substr(0, whole)).append(1, '.').append(digits.substr(whole));
  } else if (-6 < point && point <= 0) {
    out.append("0.").append(zeros(-point)).append(digits);
  } else {
    out += digits.front();
    if (count > 1) out.append(1, '.').append(digits.substr(1));
    int const exponent = point - 1;
    out.append(exponent < 0 ? "e-" : "e+").append(std::to_string(std::abs(exponent)));
  }
}

void write_number(std::string& out, double value) {
  if (value == 0) {  // and not -0
    out += '0';
    return;
  }
  if (value < 0) out += '-';
  // The shortest digits that give the number back: "1.2345e+03".
  char buffer[32];
  auto [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific);
  std::string_view text{buffer, end};
  auto const e = text.find('e');
  std::string digits{text.substr(0, e)};
  std::erase(digits, '.');
  int exponent = 0;
  char const* sign = buffer + e + 1;
  std::from_chars(sign + 1, end, exponent);
  if (*sign == '-') exponent = -exponent;
  write_digits(out, digits, exponent + 1);
}

struct Canonical {
  std::string out;

  Result<> write(json::value const& value, std::size_t depth) {
    switch (value.kind()) {
      case json::kind::null:
        out += "null";
        return {};
      case json::kind::bool_:
        out += value.get_bool() ? "true" : "false";
        return {};
      case json::kind::int64:
        return write(static_cast<double>(value.get_int64()));
      case json::kind::uint64:
        return write(static_cast<double>(value.get_uint64()));
      case json::kind::double_:
        return write(value.get_double());
      case json::kind::string:
        return write(std::string_view{value.get_string()});
      case json::kind::array:
        return write(value.get_array(), depth);
      case json::kind::object:
        return write(value.get_object(), depth);
    }
    return {};
  }

  Result<> write(double value) {
    if (!std::isfinite(value)) return unprocessable("The document has a number without a canonical form");
    write_number(out, value);
    return {};
  }

  Result<> write(std::string_view text) {
    if (!is_valid_utf8(text)) return unprocessable("The document has a string that is not UTF-8");
    // Its escapes are those of RFC 8785, section 3.2.2.2.
    detail::write_string(out, text);
    return {};
  }

  Result<> write(json::array const& array, std::size_t depth) {
    if (depth >= canonical_depth_max) return unprocessable("The document is nested too deeply");
    out += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (i > 0) out += ',';
      if (auto written = write(array[i], depth + 1); !written) return written;
    }
    out += ']';
    return {};
  }

  Result<> write(json::object const& object, std::size_t depth) {
    if (depth >= canonical_depth_max) return unprocessable("The document is nested too deeply");
    std::vector<json::key_value_pair const*> members;
    members.reserve(object.size());
    for (auto const& member : object) {
      if (!is_valid_utf8(member.key())) return unprocessable("The document has a name that is not UTF-8");
      members.push_back(&member);
    }
    std::ranges::sort(members, comes_before,
                      [](auto const* member) { return std::string_view{member->key()}; });
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) out += ',';
      detail::write_string(out, members[i]->key());
      out += ':';
      if (auto written = write(members[i]->value(), depth + 1); !written) return written;
    }
    out += '}';
    return {};
  }
};

}  // namespace

Result<std::string> canonical(boost::json::value const& value) {
  Canonical writer;
  if (auto written = writer.write(value, 0); !written) return written.error();
  return std::move(writer.out);
}

Result<std::string> canonical(boost::json::object const& object) {
  Canonical writer;
  if (auto written = writer.write(object, 0); !written) return written.error();
  return std::move(writer.out);
}

}  // namespace posy::json
