// Posts as visitors see them, with all that a page shows of them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "serving/changes.hpp"
#include "pages/emoji.hpp"
#include "social/site.hpp"
#include "store/account.hpp"
#include "store/media.hpp"
#include "store/poll.hpp"
#include "store/post.hpp"
#include "store/tag.hpp"

namespace posy::pages {

using serving::Shows;

struct PostView {
  store::Post post;  // of a boost, what it boosts
  store::Account author;
  store::PostStats stats;
  std::optional<store::Account> booster;
  std::optional<store::Account> reply_to;  // who is answered, unless the author herself
  std::vector<store::Media> media;         // finished ones only
  std::vector<store::Tag> tags;
  std::optional<store::Poll> poll;
  std::vector<store::PollOption> options;
  std::shared_ptr<PostView const> quote;  // when its author agreed and visitors may see it
  bool pinned = false;
};

struct PostViews {
  std::vector<PostView> posts;  // in the order asked for; what visitors may not see is left out
  Emoji emoji;                  // of all their texts and names
};

// With a bounded number of queries. `people` are others on the same page whose names may hold emoji.
PostViews load_posts(db::Reader& r, social::Site const& site, std::vector<PostId> const& ids, Shows& shows,
                     std::vector<store::Account> const& people = {});

bool is_for_everybody(store::Post const& post);  // public or unlisted

}  // namespace posy::pages
