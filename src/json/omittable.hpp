// Values with a place of their own in JSON: members that may be absent, and text that is JSON already.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace posy::json {

// As std::optional, but an empty one leaves no trace in the output, where an empty optional is `null`.
// In parameters Omittable<std::optional<T>> tells "not given" from "given as null".
template <class T>
class Omittable : public std::optional<T> {
 public:
  using std::optional<T>::optional;
  Omittable() = default;
  Omittable(std::optional<T> value) : std::optional<T>(std::move(value)) {}

  // A template, so that `= {}` still means "empty".
  template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, Omittable> && std::is_assignable_v<std::optional<T>&, U>)
  Omittable& operator=(U&& value) {
    std::optional<T>::operator=(std::forward<U>(value));
    return *this;
  }

  friend bool operator==(Omittable const& a, Omittable const& b) {
    return static_cast<std::optional<T> const&>(a) == static_cast<std::optional<T> const&>(b);
  }
};

// Rendered before and written as it is. A std::shared_ptr<std::string const> is written the same way, so
// that a cached entity is shared, not copied.
struct Raw {
  std::string text;
};

}  // namespace posy::json
