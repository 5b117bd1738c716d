// Which slice of a list is wanted, newest first, and queries for such slices.
//
// Mastodon's max_id, since_id, min_id and limit: `before` and `after` are exclusive bounds; with
// `oldest_first` (min_id) the slice is the one just above `after`. Rows are always handed out newest first.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "db/access.hpp"

namespace posy::store {

struct Page {
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  std::int64_t after = 0;
  bool oldest_first = false;
  int limit = 20;
};

// A query whose last words are `:page(COLUMN)`; $1 to $3 belong to the page, its own parameters begin at $4.
// Both directions are written out once, so that each stays a plain walk of an index. Meant to be a static.
class PagedSql {
 public:
  explicit PagedSql(std::string_view text) {
    auto start = text.find(":page(");
    auto end = text.find(')', start);
    std::string head(text.substr(0, start)), column(text.substr(start + 6, end - start - 6));
    head += column + " > $1 and " + column + " < $2 order by " + column;
    newest_ = head + " desc limit $3";
    oldest_ = head + " limit $3";
  }

  template <class T, class... Args>
  std::vector<T> all(db::Reader& r, Page const& page, Args const&... args) const {
    auto rows = r.all<T>(page.oldest_first ? oldest_ : newest_, page.after, page.before, page.limit, args...);
    if (page.oldest_first) std::reverse(rows.begin(), rows.end());
    return rows;
  }

 private:
  std::string newest_;
  std::string oldest_;
};

}  // namespace posy::store
