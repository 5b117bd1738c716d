// Hashtags: `name` is folded (text/normalize.hpp), `display` is how it was first written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct Tag {
  TagId id;
  std::string name;
  std::string display;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(Tag, (), (id, name, display, created_at))

struct PostTag {
  PostId post;
  Tag tag;
};

// A tag as a post has it.
struct TagName {
  std::string name;
  std::string display;
};

std::optional<Tag> find_tag(db::Reader& r, std::string_view name);
Tag find_or_add_tag(db::Writer& w, std::string_view name, std::string_view display);
std::vector<Tag> find_or_add_tags(db::Writer& w, std::vector<TagName> const& names);  // in no order
void insert_post_tags(db::Writer& w, PostId post, std::vector<TagId> const& tags);
void delete_post_tags(db::Writer& w, PostId post);
std::vector<PostTag> tags_of(db::Reader& r, std::vector<PostId> const& posts);
// Counts one use of each on the day of `when`, for the histories that the API shows.
void count_uses(db::Writer& w, std::vector<TagId> const& tags, AccountId account, Time when);

}  // namespace posy::store
