#include "db/postgres/result_row.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>

#include "db/failure.hpp"

namespace posy::db::postgres {

bool ResultRow::is_null(int column) const {
  return PQgetisnull(result_, row_, column) != 0;
}

std::string_view ResultRow::text(int column) const {
  if (is_null(column)) wrong_type(column, "a text");
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t ResultRow::integer(int column) const {
  if (is_null(column)) wrong_type(column, "an integer");
  std::string_view value = text(column);
  if (value == "t") return 1;
  if (value == "f") return 0;
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size()) wrong_type(column, "an integer");
  return number;
}

double ResultRow::real(int column) const {
  if (is_null(column)) wrong_type(column, "a number");
  std::string_view value = text(column);
  double number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size()) wrong_type(column, "a number");
  return number;
}

void ResultRow::wrong_type(int column, std::string_view wanted) const {
  throw Failure(FailureKind::mistake,
                fmt::format("column {} ({}) is not {}", column + 1, PQfname(result_, column), wanted));
}

}  // namespace posy::db::postgres
