#include "federation/signatures/structured_fields.hpp"

#include <algorithm>
#include <optional>

#include "base/encoding.hpp"
#include "federation/signatures/characters.hpp"

namespace posy::signatures {
namespace {

constexpr std::size_t integer_digits_max = 15;

// Section 4.2. Every function takes its part off the front of `rest_`; nothing when that is not there.
class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  std::optional<std::vector<Member>> dictionary() {
    std::vector<Member> members;
    skip_spaces();
    while (!rest_.empty()) {
      if (members.size() == dictionary_members_max) return {};
      auto next = member();
      if (!next || contains_key(members, next->key)) return {};
      members.push_back(std::move(*next));
      rest_ = trimmed(rest_);
      if (rest_.empty()) return members;
      if (!take(',')) return {};
      rest_ = trimmed(rest_);
      if (rest_.empty()) return {};
    }
    return members;
  }

 private:
  template <class Keyed>
  static bool contains_key(std::vector<Keyed> const& list, std::string_view key) {
    return std::ranges::any_of(list, [&](auto const& entry) { return entry.key == key; });
  }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_spaces() {
    while (take(' ')) {
    }
  }

  template <class Predicate>
  std::string_view take_while(Predicate predicate) {
    auto const end = std::ranges::find_if_not(rest_, predicate);
    auto taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::optional<std::string> key() {
    if (rest_.empty() || !(is_lower(rest_[0]) || rest_[0] == '*')) return {};
    return std::string{take_while(
        [](char c) { return is_lower(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '*'; })};
  }

  std::optional<Member> member() {
    auto name = key();
    if (!name) return {};
    if (!take('=')) {
      auto flags = parameters();
      if (!flags) return {};
      return Member{std::move(*name), Item{true, std::move(*flags)}, {}};
    }
    if (!rest_.starts_with('(')) {
      auto single = item();
      if (!single) return {};
      return Member{std::move(*name), std::move(*single), {}};
    }
    auto list = inner_list();
    auto of_list = list ? parameters() : std::nullopt;
    if (!of_list) return {};
    return Member{std::move(*name), std::move(*list), std::move(*of_list)};
  }

  std::optional<std::vector<Item>> inner_list() {
    std::vector<Item> items;
    if (!take('(')) return {};
    while (true) {
      skip_spaces();
      if (take(')')) return items;
      if (items.size() == list_items_max) return {};
      auto next = item();
      if (!next || !(rest_.starts_with(' ') || rest_.starts_with(')'))) return {};
      items.push_back(std::move(*next));
    }
  }

  std::optional<Item> item() {
    auto value = bare_item();
    auto of_item = value ? parameters() : std::nullopt;
    if (!of_item) return {};
    return Item{std::move(*value), std::move(*of_item)};
  }

  std::optional<std::vector<Parameter>> parameters() {
    std::vector<Parameter> list;
    while (take(';')) {
      if (list.size() == item_parameters_max) return {};
      skip_spaces();
      auto name = key();
      if (!name || contains_key(list, *name)) return {};
      std::optional<BareItem> value{true};
      if (take('=')) value = bare_item();
      if (!value) return {};
      list.push_back({std::move(*name), std::move(*value)});
    }
    return list;
  }

  std::optional<BareItem> bare_item() {
    if (rest_.empty()) return {};
    char const first = rest_[0];
    if (first == '"') return string();
    if (first == ':') return bytes();
    if (first == '?') return boolean();
    if (first == '-' || is_digit(first)) return integer();
    if (first == '*' || is_alpha(first))
      return Token{std::string{take_while([](char c) { return is_token(c) || c == ':' || c == '/'; })}};
    return {};
  }

  std::optional<BareItem> integer() {
    bool const is_negative = take('-');
    auto digits = take_while(is_digit);
    if (digits.empty() || digits.size() > integer_digits_max || rest_.starts_with('.')) return {};
    std::int64_t value = 0;
    for (char c : digits) value = value * 10 + (c - '0');
    return is_negative ? -value : value;
  }

  std::optional<BareItem> string() {
    std::string text;
    rest_.remove_prefix(1);
    while (!rest_.empty()) {
      char c = rest_[0];
      rest_.remove_prefix(1);
      if (c == '"') return text;
      if (c == '\\') {
        if (!rest_.starts_with('"') && !rest_.starts_with('\\')) return {};
        c = rest_[0];
        rest_.remove_prefix(1);
      }
      if (!is_printable(c)) return {};
      text += c;
    }
    return {};
  }

  std::optional<BareItem> bytes() {
    rest_.remove_prefix(1);
    auto base64 =
        take_while([](char c) { return is_alpha(c) || is_digit(c) || c == '+' || c == '/' || c == '='; });
    if (!take(':')) return {};
    auto decoded = from_base64(base64);
    if (!decoded) return {};
    return Bytes{std::move(*decoded)};
  }

  std::optional<BareItem> boolean() {
    rest_.remove_prefix(1);
    if (take('1')) return true;
    if (take('0')) return false;
    return {};
  }

  std::string_view rest_;
};

void append(std::string& out, BareItem const& value) {
  if (auto const* flag = std::get_if<bool>(&value))
    out += *flag ? "?1" : "?0";
  else if (auto const* number = std::get_if<std::int64_t>(&value))
    out += std::to_string(*number);
  else if (auto const* text = std::get_if<std::string>(&value))
    out += serialise_string(*text);
  else if (auto const* token = std::get_if<Token>(&value))
    out += token->text;
  else
    out.append(1, ':').append(to_base64(std::get<Bytes>(value).bytes)).append(1, ':');
}

void append(std::string& out, std::vector<Parameter> const& parameters) {
  for (auto const& [key, value] : parameters) {
    out.append(1, ';').append(key);
    if (auto const* flag = std::get_if<bool>(&value); flag && *flag) continue;
    out += '=';
    append(out, value);
  }
}

}  // namespace

Result<std::vector<Member>> parse_dictionary(std::string_view text) {
  if (text.size() > structured_field_bytes_max)
    return Error{Refusal::unauthorized, "A header of the signature is too long"};
  auto members = Parser{text}.dictionary();
  if (!members) return Error{Refusal::unauthorized, "A header of the signature is malformed"};
  return std::move(*members);
}

bool has_parameter(std::vector<Parameter> const& parameters, std::string_view key) {
  return std::ranges::any_of(parameters, [&](Parameter const& parameter) { return parameter.key == key; });
}

std::string serialise_string(std::string_view text) {
  std::string out{'"'};
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

std::string serialise(std::vector<Item> const& list, std::vector<Parameter> const& parameters) {
  std::string out{'('};
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ' ';
    append(out, list[i].value);
    append(out, list[i].parameters);
  }
  out += ')';
  append(out, parameters);
  return out;
}

}  // namespace posy::signatures
