// The history of a post: what it was before and after each edit, the original first.
#pragma once

#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct PostEdit {
  RowId id;
  PostId post;
  Time created_at;
  std::string content;
  std::string notice;
  bool sensitive = false;
  std::string poll;  // the titles of its options, one a line
};
BOOST_DESCRIBE_STRUCT(PostEdit, (), (id, post, created_at, content, notice, sensitive, poll))

struct EditMedia {
  RowId edit;
  int position = 0;
  MediaId media;
  std::string description;
};
BOOST_DESCRIBE_STRUCT(EditMedia, (), (edit, position, media, description))

void insert_edit(db::Writer& w, PostEdit const& edit, std::vector<EditMedia> const& media);
bool has_edits(db::Reader& r, PostId post);
int count_edits(db::Reader& r, PostId post, int most);
std::vector<PostEdit> edits_of(db::Reader& r, PostId post, int limit);  // oldest first
std::vector<EditMedia> media_of_edits(db::Reader& r, std::vector<RowId> const& edits);

}  // namespace posy::store
