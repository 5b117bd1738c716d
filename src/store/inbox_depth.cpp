#include "store/inbox_depth.hpp"

namespace posy::store {

InboxDepth inbox_depth(db::Reader& r, int limit) {
  return r.one<InboxDepth>(R"sql(
      select count(*), min(received_at)
      from (select received_at from received where run_at is not null limit $1) waiting
  )sql",
                           limit);
}

}  // namespace posy::store
