#include "store/essay_slug.hpp"

#include "store/prefix.hpp"

namespace posy::store {

std::optional<EssaySlug> find_slug(db::Reader& r, AccountId author, std::string_view slug) {
  return r.find<EssaySlug>("select :row from essay_slug where author = $1 and slug = $2", author, slug);
}

std::vector<EssaySlug> slugs_like(db::Reader& r, AccountId author, std::string_view beginning, int limit) {
  return r.all<EssaySlug>(R"sql(
      select :row from essay_slug where author = $1 and slug >= $2 and slug < $3 order by slug limit $4
  )sql",
                          author, beginning, end_of_prefix(beginning), limit);
}

void insert_slug(db::Writer& w, EssaySlug const& slug) {
  w.insert_new("essay_slug", slug);
}

}  // namespace posy::store
