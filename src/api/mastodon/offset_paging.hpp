// limit and offset, for lists that are not ordered by ids, and the Link header that answers them.
#pragma once

#include <algorithm>
#include <vector>

#include "api/api.hpp"

namespace posy::api {

struct OffsetPage {
  int limit = 20;
  int offset = 0;
};

// As read_page does: too large a limit is lowered, one below 1 is the default. The offset is bounded too.
OffsetPage read_offset_page(Request const& request, int limit_default, int limit_max);
// `shown` is the number of rows on this page: no "next" is offered by a page that is not full.
void add_offset_links(http::Response& response, Api const& api, Request const& request, OffsetPage page,
                      std::size_t shown);

template <class T>
std::vector<T> slice(std::vector<T> const& all, OffsetPage page) {
  auto size = static_cast<int>(all.size());
  int first = std::min(page.offset, size), last = std::min(first + page.limit, size);
  return {all.begin() + first, all.begin() + last};
}

}  // namespace posy::api
