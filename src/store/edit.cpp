#include "store/edit.hpp"

namespace posy::store {

void insert_edit(db::Writer& w, PostEdit const& edit, std::vector<EditMedia> const& media) {
  w.insert("post_edit", edit);
  for (auto const& row : media) w.insert("post_edit_media", row);
}

bool has_edits(db::Reader& r, PostId post) {
  return r.find<std::int64_t>("select 1 from post_edit where post = $1 limit 1", post).has_value();
}

int count_edits(db::Reader& r, PostId post, int most) {
  return r.one<int>("select count(*) from (select 1 from post_edit where post = $1 limit $2) n", post, most);
}

std::vector<PostEdit> edits_of(db::Reader& r, PostId post, int limit) {
  return r.all<PostEdit>("select :row from post_edit where post = $1 order by id limit $2", post, limit);
}

std::vector<EditMedia> media_of_edits(db::Reader& r, std::vector<RowId> const& edits) {
  if (edits.empty()) return {};
  return r.all<EditMedia>("select :row from post_edit_media where edit in ids($1) order by edit, position",
                          edits);
}

}  // namespace posy::store
