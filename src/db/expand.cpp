#include "db/expand.hpp"

#include <algorithm>
#include <cstddef>

#include "db/failure.hpp"

namespace posy::db {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_word(char c) {
  return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

class Expander {
 public:
  Expander(std::string_view sql, Engine engine, Shape const& shape)
      : sql_(sql), engine_(engine), shape_(shape) {}

  std::string run() {
    out_.reserve(sql_.size() * 2);
    while (at_ < sql_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    char c = sql_[at_];
    if (c == '\'' || c == '"') return copy_to(sql_.find(c, at_ + 1), 1);
    if (sql_.substr(at_, 2) == "--") return copy_to(sql_.find('\n', at_), 1);
    if (sql_.substr(at_, 2) == "::") return copy_to(at_ + 1, 1);  // PostgreSQL's cast, not a token
    if (c == ':' && expand_token()) return;
    if (c == '$' && at_ + 1 < sql_.size() && is_digit(sql_[at_ + 1])) return expand_parameter();
    if (is_word(c)) {
      if (!expand_list() && !expand_each()) copy_to(end_of_word(at_), 0);
      return;
    }
    copy_to(at_, 1);
  }

  void copy_to(std::size_t end, std::size_t extra) {
    end = end == sql_.npos ? sql_.size() : std::min(end + extra, sql_.size());
    out_.append(sql_, at_, end - at_);
    at_ = end;
  }

  std::size_t end_of_word(std::size_t from) const {
    while (from < sql_.size() && is_word(sql_[from])) ++from;
    return from;
  }

  // SQLite numbers `$1` by first appearance; `?1` means the number that it says.
  void expand_parameter() {
    out_ += engine_ == Engine::sqlite ? '?' : '$';
    ++at_;
    copy_to(end_of_word(at_), 0);
  }

  bool expand_token() {
    std::size_t end = end_of_word(at_ + 1);
    std::string_view word = sql_.substr(at_ + 1, end - at_ - 1);
    if (word != "row" && word != "values") return false;
    if (shape_.structs.empty())
      throw Failure(FailureKind::mistake, ":row and :values need a struct: " + std::string(sql_));
    at_ = end;
    if (word == "values")
      expand_values();
    else
      expand_row();
    return true;
  }

  void expand_row() {
    std::string_view prefix;
    if (at_ < sql_.size() && sql_[at_] == '(') {
      std::size_t end = end_of_word(at_ + 1);
      if (end >= sql_.size() || sql_[end] != ')' || end == at_ + 1)
        throw Failure(FailureKind::mistake, ":row(p) takes one name: " + std::string(sql_));
      prefix = sql_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
    }
    // The last struct serves all further tokens: with one struct, all of them.
    auto names = shape_.structs[std::min(rows_++, shape_.structs.size() - 1)];
    append_names(names, prefix);
  }

  void expand_values() {
    auto names = shape_.structs[0];
    out_ += '(';
    append_names(names, {});
    out_ += ") values (";
    for (std::size_t i = 1; i <= names.size(); ++i) {
      if (i > 1) out_ += ", ";
      out_ += engine_ == Engine::sqlite ? '?' : '$';
      out_ += std::to_string(i);
    }
    out_ += ')';
  }

  void append_names(std::span<char const* const> names, std::string_view prefix) {
    bool first = true;
    for (char const* name : names) {
      if (!first) out_ += ", ";
      first = false;
      if (!prefix.empty()) out_.append(prefix) += '.';
      out_ += name;
    }
  }

  // Moves `at` over the text and the blanks behind it.
  bool take(std::size_t& at, std::string_view text) const {
    if (sql_.substr(at, text.size()) != text) return false;
    if (is_word(text.back()) && at + text.size() < sql_.size() && is_word(sql_[at + text.size()]))
      return false;
    at += text.size();
    while (at < sql_.size() && is_space(sql_[at])) ++at;
    return true;
  }

  // `in ids($1)`, `not in texts($2)`
  bool expand_list() {
    std::size_t at = at_;
    bool negated = take(at, "not");
    if (!take(at, "in")) return false;
    bool texts = take(at, "texts");
    if (!texts && !take(at, "ids")) return false;
    if (!take(at, "(") || !take(at, "$")) return false;
    std::size_t end = end_of_word(at);
    std::string_view number = sql_.substr(at, end - at);
    at = end;
    while (at < sql_.size() && is_space(sql_[at])) ++at;
    if (number.empty() || at >= sql_.size() || sql_[at] != ')') return false;
    at_ = at + 1;
    if (engine_ == Engine::sqlite)
      out_.append(negated ? "not in" : "in").append(" (select value from json_each(?").append(number) += "))";
    else
      out_.append(negated ? "<> all($" : "= any($").append(number) += texts ? "::text[])" : "::bigint[])";
    return true;
  }

  // `each_id($1)`: the list as a table with the column `value`
  bool expand_each() {
    std::size_t at = at_;
    if (!take(at, "each_id") || !take(at, "(") || !take(at, "$")) return false;
    std::size_t end = end_of_word(at);
    std::string_view number = sql_.substr(at, end - at);
    at = end;
    while (at < sql_.size() && is_space(sql_[at])) ++at;
    if (number.empty() || at >= sql_.size() || sql_[at] != ')') return false;
    at_ = at + 1;
    if (engine_ == Engine::sqlite)
      out_.append("json_each(?").append(number) += ')';
    else
      out_.append("(select unnest($").append(number) += "::bigint[]) as value)";
    return true;
  }

  std::string_view sql_;
  Engine engine_;
  Shape const& shape_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace

std::string expand(std::string_view sql, Engine engine, Shape const& shape) {
  return Expander(sql, engine, shape).run();
}

}  // namespace posy::db
