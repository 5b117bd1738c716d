// max_id, since_id, min_id, limit, and the Link header that answers them.
// (docs.joinmastodon.org, "Getting started with the API", section Paging)
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "store/page.hpp"

namespace posy::api {

// Reads the four parameters; a limit above `limit_max` is lowered to it, one below 1 is `limit_default`.
store::Page read_page(Request const& request, int limit_default, int limit_max);
// Adds `Link: <...max_id=last>; rel="next", <...min_id=first>; rel="prev"` for a page whose rows have the
// given cursors (newest first). No "next" is offered by a page that is not full, no link by an empty one.
void add_links(http::Response& response, Api const& api, Request const& request, store::Page const& page,
               std::vector<std::int64_t> const& cursors);

template <class I>
void add_links(http::Response& response, Api const& api, Request const& request, store::Page const& page,
               std::vector<I> const& ids) {
  std::vector<std::int64_t> cursors;
  for (auto id : ids) cursors.push_back(id.value);
  add_links(response, api, request, page, cursors);
}

}  // namespace posy::api
