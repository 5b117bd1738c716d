// "Begins with" as a walk of an index: `column >= prefix and column < end_of_prefix(prefix)`. The column must
// be compared byte by byte (on PostgreSQL: collate "C").
#pragma once

#include <string>
#include <string_view>

namespace posy::store {

// Behind all texts that begin so: U+10FFFF is the last character there is.
inline std::string end_of_prefix(std::string_view prefix) {
  return std::string(prefix) + "\U0010ffff";
}

}  // namespace posy::store
