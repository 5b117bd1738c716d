// One connection to an engine, used by one thread at a time. Reader and Writer stand on this; nothing above
// this folder needs it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "db/value.hpp"

namespace posy::db {

enum class Engine { sqlite, postgres };

// Takes rows one by one; false says that it wants no more. Refers to a callable that outlives the query.
class RowSink {
 public:
  template <class F>
    requires(!std::is_same_v<F, RowSink>)
  RowSink(F& take)
      : object_(&take), take_([](void* object, Row const& row) { return (*static_cast<F*>(object))(row); }) {}
  bool operator()(Row const& row) const { return take_(object_, row); }

 private:
  void* object_;
  bool (*take_)(void*, Row const&);
};

// A statement as the engine got it, for tests that explain every one of them.
struct PreparedStatement {
  std::string sql;
  std::vector<Value::Kind> parameters;
  friend auto operator<=>(PreparedStatement const&, PreparedStatement const&) = default;
};

class Connection {
 public:
  virtual ~Connection() = default;
  virtual Engine engine() const = 0;
  // Runs a statement of ours (tokens and all) from the cache of prepared ones and hands out its rows.
  virtual void query(std::string_view sql, Shape const& shape, std::span<Value const> values,
                     RowSink sink) = 0;
  // As `query` for a statement without result; says how many rows it changed.
  virtual std::int64_t run(std::string_view sql, Shape const& shape, std::span<Value const> values) = 0;
  // One statement in the engine's own words, not cached, without parameters and result.
  virtual void execute(std::string_view sql) = 0;
  // The lines of the plan for a statement of ours, or for one already expanded.
  virtual std::vector<std::string> explain(std::string_view sql, Shape const& shape,
                                           std::span<Value const> values) = 0;
  virtual std::vector<std::string> explain(PreparedStatement const& statement) = 0;
};

}  // namespace posy::db
