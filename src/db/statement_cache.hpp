// Prepared statements of one connection by their text, the least recently used ones given up first.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "db/value.hpp"

namespace posy::db {

constexpr std::size_t cached_statements_max = 512;

template <class Statement>
class StatementCache {
 public:
  Statement* find(std::string_view sql, Shape const& shape) {
    auto found = index_.find(Key{sql, &shape});
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->statement;
  }

  Statement& add(std::string_view sql, Shape const& shape, Statement statement) {
    if (auto last = entries_.end(); is_full() && may_go(*--last)) {
      index_.erase(Key{last->sql, last->shape});
      entries_.erase(last);
    }
    entries_.push_front(Entry{std::string(sql), &shape, std::move(statement)});
    index_.emplace(Key{entries_.front().sql, &shape}, entries_.begin());
    return entries_.front().statement;
  }

  void clear() {
    index_.clear();
    entries_.clear();
  }

  // When it is full, `add` gives up the oldest.
  bool is_full() const { return index_.size() >= cached_statements_max; }
  Statement const& oldest() const { return entries_.back().statement; }

 private:
  struct Entry {
    std::string sql;
    Shape const* shape;
    Statement statement;
  };
  struct Key {
    std::string_view sql;  // of the entry
    Shape const* shape;
    bool operator==(Key const&) const = default;
  };
  struct Hash {
    std::size_t operator()(Key const& key) const {
      return std::hash<std::string_view>{}(key.sql) ^ std::hash<Shape const*>{}(key.shape);
    }
  };

  // A statement whose rows are being read stays, even if that exceeds the limit for a moment.
  static bool may_go(Entry const& entry) { return !entry.statement.in_use; }

  std::list<Entry> entries_;
  std::unordered_map<Key, typename std::list<Entry>::iterator, Hash> index_;
};

}  // namespace posy::db
