// What people do with tags: follow them, and show them on their profile. And how a tag was used day by day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"
#include "store/page.hpp"
#include "store/tag.hpp"

namespace posy::store {

std::vector<Tag> tags_by_id(db::Reader& r, std::vector<TagId> const& ids);  // in no order

bool insert_tag_follow(db::Writer& w, RowId id, AccountId account, TagId tag);  // false when it is there
bool delete_tag_follow(db::Writer& w, AccountId account, TagId tag);

struct FollowedTag {
  RowId row;  // pages are walked by it
  TagId tag;
};
BOOST_DESCRIBE_STRUCT(FollowedTag, (), (row, tag))
std::vector<FollowedTag> followed_tags(db::Reader& r, AccountId account, Page const& page);
std::vector<TagId> followed_among(db::Reader& r, AccountId account, std::vector<TagId> const& tags);
std::size_t count_followed_tags(db::Reader& r, AccountId account);

struct FeaturedTag {
  RowId id;
  AccountId account;
  TagId tag;
};
BOOST_DESCRIBE_STRUCT(FeaturedTag, (), (id, account, tag))
bool insert_featured_tag(db::Writer& w, FeaturedTag const& featured);
bool delete_featured_tag(db::Writer& w, AccountId account, TagId tag);
std::optional<FeaturedTag> find_featured_tag(db::Reader& r, AccountId account, TagId tag);
std::optional<FeaturedTag> find_featured_tag(db::Reader& r, AccountId account, RowId id);
std::vector<FeaturedTag> featured_tags(db::Reader& r, AccountId account);  // oldest first
std::vector<TagId> featured_among(db::Reader& r, AccountId account, std::vector<TagId> const& tags);

// How often an author used a tag in posts that everybody may see.
struct TagUsage {
  TagId tag;
  std::int64_t posts = 0;
  Time last_post_at;
};
BOOST_DESCRIBE_STRUCT(TagUsage, (), (tag, posts, last_post_at))
std::vector<TagUsage> tag_usage(db::Reader& r, AccountId author, std::vector<TagId> const& tags);
// The tags that an author uses most in her latest posts and does not feature yet, most used first.
std::vector<TagId> most_used_tags(db::Reader& r, AccountId author, int limit);

// One day of a tag: days since 1970, UTC.
struct TagDay {
  TagId tag;
  int day = 0;
  std::int64_t uses = 0;
  std::int64_t accounts = 0;
};
BOOST_DESCRIBE_STRUCT(TagDay, (), (tag, day, uses, accounts))
std::vector<TagDay> tag_days(db::Reader& r, std::vector<TagId> const& tags, int first_day);

// Tags whose name begins with `prefix` (folded): the shortest first, at most `limit`.
std::vector<Tag> search_tags(db::Reader& r, std::string_view prefix, int limit, int offset);

}  // namespace posy::store
