#include "db/postgres/parameters.hpp"

#include <endian.h>

#include <bit>
#include <limits>

#include "db/failure.hpp"
#include "db/list_text.hpp"

namespace posy::db::postgres {
namespace {

constexpr int text_format = 0;
constexpr int binary_format = 1;

}  // namespace

void Parameters::set(std::span<Value const> values) {
  std::size_t const count = values.size();
  data_.assign(count, nullptr);
  lengths_.assign(count, 0);
  formats_.assign(count, binary_format);
  numbers_.resize(count);
  if (lists_.size() < count) lists_.resize(count);

  for (std::size_t i = 0; i < count; ++i) {
    Value const& value = values[i];
    if (value.is_null) continue;
    switch (value.kind) {
      case Value::Kind::integer:
      case Value::Kind::real:
        numbers_[i] = htobe64(value.kind == Value::Kind::integer ? static_cast<std::uint64_t>(value.integer)
                                                                 : std::bit_cast<std::uint64_t>(value.real));
        data_[i] = reinterpret_cast<char const*>(&numbers_[i]);
        lengths_[i] = sizeof(std::uint64_t);
        break;
      case Value::Kind::text:
        require_storable(value.text);
        if (value.text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
          throw Failure(FailureKind::constraint, "a text is too long to be stored");
        data_[i] = value.text.empty() ? "" : value.text.data();
        lengths_[i] = static_cast<int>(value.text.size());
        break;
      case Value::Kind::integers:
      case Value::Kind::texts:
        if (value.kind == Value::Kind::integers)
          write_array_literal(lists_[i], value.integers);
        else
          write_array_literal(lists_[i], value.texts);
        data_[i] = lists_[i].c_str();
        formats_[i] = text_format;
        break;
    }
  }
}

// The numbers are fixed in PostgreSQL's catalogue (pg_type.dat).
unsigned type_oid(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::integer:
      return 20;  // int8
    case Value::Kind::real:
      return 701;  // float8
    case Value::Kind::text:
      return 25;  // text
    case Value::Kind::integers:
      return 1016;  // int8[]
    case Value::Kind::texts:
      return 1009;  // text[]
  }
  return 0;
}

}  // namespace posy::db::postgres
