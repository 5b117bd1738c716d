// The lists of what somebody favourited or bookmarked: pages by when she did so, not by when it was written.
#pragma once

#include "api/api.hpp"
#include "store/interaction.hpp"

namespace posy::api {

using FindMarks = std::vector<store::Mark> (*)(db::Reader& r, AccountId account, store::Page const& page);

Task<http::Response> list_marked(Api& api, Request const& request, FindMarks find);

}  // namespace posy::api
