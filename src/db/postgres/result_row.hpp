// A row of a libpq result. Results come as text: parsing a number costs less than asking for its type.
#pragma once

#include "db/value.hpp"

struct pg_result;

namespace posy::db::postgres {

class ResultRow final : public Row {
 public:
  explicit ResultRow(pg_result const* result) : result_(result) {}
  void move_to(int row) { row_ = row; }

  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;  // also `true` and `false`
  double real(int column) const override;
  std::string_view text(int column) const override;

 private:
  [[noreturn]] void wrong_type(int column, std::string_view wanted) const;

  pg_result const* result_;
  int row_ = 0;
};

}  // namespace posy::db::postgres
