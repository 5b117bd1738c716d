// What crosses the border to an engine: values that are bound, rows that come back.
// Both only view what somebody else holds, so that neither allocates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace posy::db {

// One bound parameter. It views the caller's argument and must not outlive it.
struct Value {
  enum class Kind : unsigned char { integer, real, text, integers, texts };

  Kind kind = Kind::integer;  // of the C++ type, known even when the value is null
  bool is_null = false;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text;
  std::span<std::int64_t const> integers;
  std::span<std::string const> texts;
};

// One row of a result, valid until the next. Each of the readers throws Failure when the column holds
// something else; `text` views memory of the engine.
class Row {
 public:
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;

 protected:
  ~Row() = default;
};

// What `:row` stands for in a statement, and how many columns its result must have. One constant for each
// C++ type: its address is the type's identity in the statement cache.
struct Shape {
  std::span<std::span<char const* const> const> structs;  // member names, struct by struct
  int columns = 0;                                        // 0: a statement whose result nobody reads
};

}  // namespace posy::db
