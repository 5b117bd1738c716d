#include "store/marker.hpp"

namespace posy::store {

std::vector<Marker> markers_of(db::Reader& r, AccountId account, std::vector<std::string> const& timelines) {
  if (timelines.empty()) return {};
  return r.all<Marker>("select :row from marker where account = $1 and timeline in texts($2)", account,
                       timelines);
}

Marker put_marker(db::Writer& w, AccountId account, std::string_view timeline, std::int64_t last_read) {
  return w.one<Marker>(R"sql(
      insert into marker (account, timeline, last_read, version, updated_at) values ($1, $2, $3, 1, $4)
      on conflict (account, timeline) do update
      set last_read = excluded.last_read, version = marker.version + 1, updated_at = excluded.updated_at
      returning :row
  )sql",
                       account, timeline, last_read, w.now());
}

}  // namespace posy::store
