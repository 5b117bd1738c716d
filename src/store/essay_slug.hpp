// The addresses of essays: the last that an essay got is its own, older ones lead to it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct EssaySlug {
  AccountId author;
  std::string slug;
  PostId post;
};
BOOST_DESCRIBE_STRUCT(EssaySlug, (), (author, slug, post))

std::optional<EssaySlug> find_slug(db::Reader& r, AccountId author, std::string_view slug);
// Hers that begin so, at most `limit`.
std::vector<EssaySlug> slugs_like(db::Reader& r, AccountId author, std::string_view beginning, int limit);
void insert_slug(db::Writer& w, EssaySlug const& slug);  // nothing changes where it is there

}  // namespace posy::store
