// Values in the form in which libpq takes them: binary where that needs no copy of a text and no digits.
// Kept by a connection, so that binding allocates only when a statement has more values than any before.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "db/value.hpp"

namespace posy::db::postgres {

class Parameters {
 public:
  // Views the values: they must live until the statement was sent.
  void set(std::span<Value const> values);

  int count() const { return static_cast<int>(data_.size()); }
  char const* const* data() const { return data_.data(); }
  int const* lengths() const { return lengths_.data(); }
  int const* formats() const { return formats_.data(); }

 private:
  std::vector<char const*> data_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<std::uint64_t> numbers_;  // in network order
  std::deque<std::string> lists_;       // a deque: growing moves none of them
};

// The type that a parameter is declared with.
unsigned type_oid(Value::Kind kind);

}  // namespace posy::db::postgres
