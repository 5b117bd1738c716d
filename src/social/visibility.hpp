// Who may see what. The only place where that is decided; every door asks here.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "store/account.hpp"
#include "store/post.hpp"

namespace posy::social {

// Who is looking: somebody who signed in, or a visitor (no account).
struct Viewer {
  AccountId account;
};

// A post is visible to its author; to those mentioned; when public or unlisted to everybody; when for
// followers to followers; never between people one of whom has blocked the other, nor when the author is
// suspended. A boost is as visible as what it boosts.
bool may_see(db::Reader& r, Viewer viewer, store::Post const& post);
// Those of `ids` that the viewer may see, in the same order, decided with a bounded number of queries.
std::vector<PostId> visible_posts(db::Reader& r, Viewer viewer, std::vector<PostId> const& ids);
// not_found when it is absent or may not be seen: a stranger must not learn that it exists.
Result<store::Post> find_visible_post(db::Reader& r, Viewer viewer, PostId id);
// May others boost it: public and unlisted posts; followers-only ones by their author alone.
bool may_boost(store::Post const& post, AccountId who);

}  // namespace posy::social
