#include "store/tombstone.hpp"

#include "store/reach.hpp"

namespace posy::store {
namespace {

constexpr int inboxes_max = 10'000;

}  // namespace

std::optional<Tombstone> find_tombstone(db::Reader& r, PostId post) {
  return r.find<Tombstone>("select :row from tombstone where post = $1", post);
}

void leave_tombstone(db::Writer& w, Post const& post) {
  Tombstone tombstone{.post = post.id,
                      .author = post.author,
                      .visibility = post.visibility,
                      .deleted_at = w.now(),
                      .inboxes = {}};
  auto inboxes = w.all<std::string>(R"sql(
      select case when a.shared_inbox = '' then a.inbox else a.shared_inbox end
      from mention m join remote_account a on a.account = m.account where m.post = $1
      union
      select case when a.shared_inbox = '' then a.inbox else a.shared_inbox end
      from post b join remote_account a on a.account = b.author where b.boost_of = $1
      union
      select case when a.shared_inbox = '' then a.inbox else a.shared_inbox end
      from post b join remote_account a on a.account = b.author where b.in_reply_to = $1
      union
      select case when a.shared_inbox = '' then a.inbox else a.shared_inbox end
      from remote_account a where a.account = $3
      limit $2
  )sql",
                                    post.id, inboxes_max, post.in_reply_to_account);
  for (auto const& inbox : inboxes) tombstone.inboxes += inbox + "\n";
  tombstone.inboxes += told_of(w, post.id);
  if (auto reach = find_reach(w, post.id)) tombstone.to_followers = reach->reach == Reach::followers;
  w.insert_new("tombstone", tombstone);
}

}  // namespace posy::store
