#include "db/unit.hpp"

namespace posy::db {

void StatementLog::add(std::string_view sql, std::span<Value const> values) {
  if (!enabled_) return;
  PreparedStatement statement{std::string(sql), {}};
  for (Value const& value : values) statement.parameters.push_back(value.kind);
  std::lock_guard lock(mutex_);
  statements_.insert(std::move(statement));
}

std::vector<PreparedStatement> StatementLog::all() const {
  std::lock_guard lock(mutex_);
  return {statements_.begin(), statements_.end()};
}

}  // namespace posy::db
