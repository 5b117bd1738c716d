// What happened, told after the commit to whoever keeps something in memory: open streams and caches.
//
// One event an act, never one a reader: the streaming hub asks the store which of its open timelines hold a
// new post. `server/` passes the events on (db::Database::on_commit).
#pragma once

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::social {

enum class Live : int {
  post_created,      // a post
  post_edited,       // a post
  post_deleted,      // a post, b author, c post it boosted; text: "public" when it stood in public timelines
  post_counts,       // a post
  post_changed,      // a post: anything else that its entity shows (poll votes, media, quotes); b: 1 where it is votes
  account_changed,   // a account: profile or counts
  relation_changed,  // a account, b the other: follow, block, mute ... between them
  notification,      // a account, b notification
  conversation,      // a account, b conversation
  filters_changed,   // a account
  token_revoked,     // a token
  emoji_changed,
  keys_changed,   // a account of another server: the keys that it signs with; text: ids of them, one a line
  delivery_progress,  // a who sent, b post: what became of its deliveries
  rules_changed,  // rules about whole servers, or what they did to accounts: whatever is shown may be another
};

inline void tell(db::Writer& w, Live kind, std::int64_t a = 0, std::int64_t b = 0, std::int64_t c = 0,
                 std::string text = {}) {
  w.after_commit(db::Event{static_cast<int>(kind), a, b, c, std::move(text)});
}

}  // namespace posy::social
