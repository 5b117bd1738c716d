// Header fields in the order they came. Names compare without case. All text lies in one string, so that
// a request costs two allocations; a view that find() gave is good until the next change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace posy::http {

bool equals_ignoring_case(std::string_view a, std::string_view b);

class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields);

  std::optional<std::string_view> find(std::string_view name) const;  // the first of that name
  std::vector<std::string_view> all(std::string_view name) const;
  bool has(std::string_view name) const { return find(name).has_value(); }

  // Both throw std::invalid_argument when the name is no token or the value holds CR, LF or NUL: nothing
  // that a stranger wrote can add a header of its own.
  void add(std::string_view name, std::string_view value);
  void set(std::string_view name, std::string_view value);  // replaces all of that name
  void remove(std::string_view name);

  std::size_t size() const { return fields_.size(); }
  bool empty() const { return fields_.empty(); }
  std::string_view name(std::size_t i) const {
    return {text_.data() + fields_[i].name, fields_[i].name_bytes};
  }
  std::string_view value(std::size_t i) const {
    return {text_.data() + fields_[i].value, fields_[i].value_bytes};
  }

 private:
  struct Field {
    std::uint32_t name, name_bytes, value, value_bytes;  // positions in text_
  };
  std::string text_;
  std::vector<Field> fields_;
};

}  // namespace posy::http
