// Timelines: what is written when a post appears, and what is read.
//
// A post is entered in the home timeline and the lists of each local follower (and of those who follow one of
// its tags) when it is published; reading is then one walk of an index. Public, tag, link and profile timelines
// are read from the posts themselves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "social/visibility.hpp"
#include "store/page.hpp"
#include "store/post.hpp"

namespace posy::social {

// Enters a new post or boost wherever it belongs. `tags` are the ids of its hashtags. Whether anything was entered.
bool spread(db::Writer& w, store::Post const& post, std::vector<TagId> const& tags);
// After a follow: the newest posts of `target` enter the home timeline of `follower`.
void fill_home(db::Writer& w, AccountId follower, AccountId target);
// After an unfollow or block: her posts leave the home timeline and lists.
void clear_home(db::Writer& w, AccountId follower, AccountId target);

std::vector<PostId> home_timeline(db::Reader& r, AccountId who, store::Page const& page);
std::vector<PostId> list_timeline(db::Reader& r, AccountId who, ListId list, store::Page const& page);

struct PublicFilter {
  bool local_only = false;
  bool remote_only = false;
  bool media_only = false;
};
std::vector<PostId> public_timeline(db::Reader& r, Viewer viewer, PublicFilter filter, store::Page const& page);

struct TagFilter {
  std::string tag;                // folded names, all of them
  std::vector<std::string> any;   // or one of these
  std::vector<std::string> all;   // and each of these
  std::vector<std::string> none;  // and none of these
  PublicFilter base;
};
std::vector<PostId> tag_timeline(db::Reader& r, Viewer viewer, TagFilter const& filter, store::Page const& page);

// Public posts that lead to this page; empty for what is no web link.
std::vector<PostId> link_timeline(db::Reader& r, Viewer viewer, std::string_view url, store::Page const& page);

struct ProfileFilter {
  bool media_only = false;
  bool without_replies = false;
  bool without_boosts = false;
  bool pinned = false;
  std::string tag;  // folded; empty: any
};
std::vector<PostId> profile_timeline(db::Reader& r, Viewer viewer, AccountId author, ProfileFilter const& filter,
                                     store::Page const& page);

}  // namespace posy::social
