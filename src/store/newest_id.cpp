#include "store/newest_id.hpp"

#include <algorithm>
#include <optional>

namespace posy::store {

std::int64_t newest_id(db::Reader& r) {
  using Found = std::optional<std::int64_t>;
  return std::max({r.one<Found>("select max(id) from post").value_or(0),
                   r.one<Found>("select max(id) from notification").value_or(0),
                   r.one<Found>("select max(id) from received").value_or(0),
                   r.one<Found>("select max(id) from outgoing").value_or(0),
                   r.one<Found>("select max(id) from job").value_or(0)});
}

}  // namespace posy::store
