// Searching: people, hashtags, and of posts only those that concern whoever asks (store/search.hpp).
//
// An address of this server ("https://HOST/@alice", ".../@alice/ID") or an id that is known here finds just
// what it names; "@alice" and "alice@example.org" find people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "social/site.hpp"
#include "social/visibility.hpp"
#include "store/page.hpp"
#include "store/tag.hpp"

namespace posy::social {

struct SearchQuery {
  std::string text;
  bool accounts = true;
  bool tags = true;
  bool posts = true;
  bool only_followed = false;     // people: of those the viewer follows
  bool only_used_tags = false;    // tags: with use in the last week
  AccountId author;               // posts: only hers
  std::int64_t posts_before = 0;  // posts: bounds as in store::Page; 0: none
  std::int64_t posts_after = 0;
  int limit = 20;
  int offset = 0;
};

struct Found {
  std::vector<AccountId> accounts;
  std::vector<store::Tag> tags;
  std::vector<PostId> posts;  // all visible to the viewer
};

Found search(db::Reader& r, Site const& site, Viewer viewer, SearchQuery const& query);
// People alone, as a client asks while somebody types a name.
std::vector<AccountId> search_people(db::Reader& r, Site const& site, Viewer viewer, std::string_view text,
                                     bool only_followed, int limit, int offset);
// "alice", "@alice", "alice@example.org": exactly her.
std::optional<store::Account> find_handle(db::Reader& r, Site const& site, std::string_view handle);

}  // namespace posy::social
