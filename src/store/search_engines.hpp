// The two ways to do what search.hpp promises; only search.cpp needs this.
#pragma once

#include "store/search.hpp"

namespace posy::store::sqlite {
void index_post(db::Writer& w, PostId post, std::string_view text);
std::vector<PostId> search_posts(db::Reader& r, PostSearch const& search, Page const& page);
}  // namespace posy::store::sqlite

namespace posy::store::postgres {
void index_post(db::Writer& w, PostId post, std::string_view text);
std::vector<PostId> search_posts(db::Reader& r, PostSearch const& search, Page const& page);
}  // namespace posy::store::postgres
