// What the store and the verbs see of the database: a Reader asks, a Writer also changes. Both are lent to a
// function for the length of one unit of work (db/database.hpp) and are used by one thread.
//
//   r.all<Favourite>("select :row from favourite where post = $1 and account in ids($2)", post, accounts)
//
// One SQL text serves both engines:
//   $1, $2 ...         the arguments in order. A flag is the integer 0 or 1: write `locked = $1` or `$1 = 1`.
//   :row  :row(p)      the members of the struct that is read, as columns: `id, account`, `p.id, p.account`.
//                      With a tuple of structs the first :row is the first struct, and so on.
//   in ids($1)         membership in a bound list of integers or ids; also `not in ids($1)`.
//   in texts($1)       the same for strings.
//   each_id($1) x      in `from`: a bound list of ids as a table with the column `value`. Where several questions
//                      are asked about the same ids, one walk with subqueries costs less than many `in ids`.
//   :values            in `insert`: `(id, account) values ($1, $2)` for the struct that is written.
//
// PostgreSQL may answer an `exists` beside an `or` from a set of all rows of the inner table that could ever fit
// (all mentions of a person, for one page of posts): write `(select 1 ... limit 1) is not null` there.
//
// Types in columns and parameters: integers, bool (0, 1), double, std::string, Time (milliseconds), enums
// (their integer), Id<T> (Id{0} is null, both ways), std::optional<T> (null). Parameters only:
// std::string_view and vectors or spans of std::int64_t, Id<T>, std::string. A null that meets a type which
// has no room for it throws Failure. A row is one of these, a described struct, or a std::tuple of these;
// std::optional<Struct> in a tuple is the other side of a left join (nothing when its first column is null).
//
// A Failure inside a Writer ends the unit: PostgreSQL refuses all that follows in the transaction, so do not
// catch it there; `insert_new` tells without throwing whether a row was there. PostgreSQL runs units side by
// side (read committed): guard what must be single by a unique index, and count with `n = n + 1`.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"
#include "db/failure.hpp"
#include "db/mapping.hpp"

namespace posy::db {

// Told to the observer of the database after the commit is on disk, in commit order; dropped on rollback.
// What the fields mean is the business of those who send and receive.
struct Event {
  int kind = 0;
  std::int64_t a = 0, b = 0, c = 0;
  std::string text;
  std::uint64_t epoch = 0;  // set when it is told: the number of its commit among those with events
};

class Reader {
 public:
  Reader(Connection& connection, Time now, std::uint64_t epoch)
      : connection_(connection), now_(now), epoch_(epoch) {}
  Reader(Reader const&) = delete;
  Reader& operator=(Reader const&) = delete;

  Time now() const { return now_; }  // one moment for the whole unit
  // For caches (base/lru.hpp): whatever was told with this epoch or an earlier one is seen by this reader. A
  // Writer has 0: what it sees may never come true, and must not be kept.
  std::uint64_t epoch() const { return epoch_; }
  Engine engine() const { return connection_.engine(); }

  template <class T, class... A>
  std::vector<T> all(std::string_view sql, A const&... a) {
    std::vector<T> rows;
    auto take = [&](Row const& row) {
      mapping::RowOf<T>::read(row, 0, rows.emplace_back());
      return true;
    };
    query<T>(sql, take, a...);
    return rows;
  }

  // The first row, or nothing.
  template <class T, class... A>
  std::optional<T> find(std::string_view sql, A const&... a) {
    std::optional<T> found;
    auto take = [&](Row const& row) {
      mapping::RowOf<T>::read(row, 0, found.emplace());
      return false;
    };
    query<T>(sql, take, a...);
    return found;
  }

  // For counts and sums: exactly one row is there, or Failure.
  template <class T, class... A>
  T one(std::string_view sql, A const&... a) {
    T out{};
    int rows = 0;
    auto take = [&](Row const& row) {
      if (++rows == 1) mapping::RowOf<T>::read(row, 0, out);
      return rows == 1;
    };
    query<T>(sql, take, a...);
    if (rows != 1) throw Failure(FailureKind::mistake, "one row expected: " + std::string(sql));
    return out;
  }

  // each<A, B>(sql, [](A a, B b) {...}, ...) calls for every row without keeping them. PostgreSQL's client
  // holds the whole result meanwhile: read large tables in pages.
  template <class... C, class F, class... A>
  void each(std::string_view sql, F on_row, A const&... a) {
    auto take = [&](Row const& row) {
      auto parts = mapping::read_row<std::tuple<C...>>(row);
      std::apply(on_row, std::move(parts));
      return true;
    };
    query<std::tuple<C...>>(sql, take, a...);
  }

  Connection& connection() { return connection_; }

 protected:
  template <class T, class F, class... A>
  void query(std::string_view sql, F& take, A const&... a) {
    std::array<Value, sizeof...(A)> const values{mapping::to_value(a)...};
    connection_.query(sql, mapping::shape_of<T>, values, RowSink(take));
  }

  Connection& connection_;
  Time now_;
  std::uint64_t epoch_;
};

class Writer;

// What the units of one transaction leave for its end.
struct Group {
  std::vector<Event> events;
  std::vector<std::function<void(Writer&)>> last_works;
};

class Writer : public Reader {
 public:
  Writer(Connection& connection, Time now, IdMaker& ids, Group& group, std::uint64_t epoch = 0)
      : Reader(connection, now, epoch), ids_(ids), group_(group) {}

  // The number of rows changed.
  template <class... A>
  std::int64_t run(std::string_view sql, A const&... a) {
    std::array<Value, sizeof...(A)> const values{mapping::to_value(a)...};
    return connection_.run(sql, mapping::no_shape, values);
  }

  // The described members of `row` are the columns. `table` is a name in our code, never input.
  template <class T>
  void insert(std::string_view table, T const& row) {
    insert_with(table, row, "");
  }

  // False if a row with the same key was there; it stays as it was.
  template <class T>
  bool insert_new(std::string_view table, T const& row) {
    return insert_with(table, row, " on conflict do nothing") != 0;
  }

  template <class I>
  I make_id() {
    return I{ids_.next()};
  }

  void after_commit(Event event) { group_.events.push_back(std::move(event)); }

  // Done in the same transaction, at its end: what several units do together costs an index less than one by one. It
  // is not done when this unit fails, and nothing is committed when it fails itself.
  void before_commit(std::function<void(Writer&)> work) { group_.last_works.push_back(std::move(work)); }

  // One statement without parameters and result, in the engine's own words, not cached: for migrations.
  void execute(std::string_view sql) { connection_.execute(sql); }

 private:
  template <class T>
  std::int64_t insert_with(std::string_view table, T const& row, std::string_view ending);

  IdMaker& ids_;
  Group& group_;
};

template <class T>
std::int64_t Writer::insert_with(std::string_view table, T const& row, std::string_view ending) {
  constexpr std::string_view start = "insert into ", values_token = " :values";
  std::array<char, 160> sql;  // on the stack: inserts are the hottest statements
  std::size_t length = 0;
  auto append = [&](std::string_view part) {
    POSY_ASSERT(length + part.size() <= sql.size());
    part.copy(sql.data() + length, part.size());
    length += part.size();
  };
  append(start), append(table), append(values_token), append(ending);

  std::array<Value, mapping::RowOf<T>::columns> values;
  std::size_t i = 0;
  boost::mp11::mp_for_each<mapping::Members<T>>(
      [&](auto member) { values[i++] = mapping::to_value(row.*decltype(member)::pointer); });
  return connection_.run({sql.data(), length}, mapping::insert_shape_of<T>, values);
}

}  // namespace posy::db
