#include "social/visibility.hpp"

#include <unordered_set>

#include "store/relation.hpp"

namespace posy::social {

using store::Post;
using store::Visibility;

// One query for any number of posts: the rule in SQL. `p` is the post whose text is shown.
//   - the author sees her own;
//   - nobody sees a suspended author's, nor anything across a block;
//   - public and unlisted: all; followers: followers and the mentioned; direct: the mentioned.
std::vector<PostId> visible_posts(db::Reader& r, Viewer viewer, std::vector<PostId> const& ids) {
  if (ids.empty()) return {};
  auto visible = r.all<PostId>(R"sql(
      select outer_post.id
      from post outer_post
      join post p on p.id = coalesce(outer_post.boost_of, outer_post.id)
      join account a on a.id = p.author
      where outer_post.id in ids($1)
        and (p.author = $2 or (
          a.suspended_at is null
          and (select 1 from block where account = p.author and target = $2) is null
          and (select 1 from block where account = $2 and target = p.author) is null
          and (p.visibility <= 1
               or (select 1 from mention where post = p.id and account = $2) is not null
               or (p.visibility = 2
                   and (select 1 from follow where account = $2 and target = p.author) is not null))))
        and (outer_post.id = p.id or outer_post.author = $2
             or (select 1 from block where account = outer_post.author and target = $2) is null)
  )sql",
                               ids, viewer.account.value);
  std::unordered_set<PostId> set(visible.begin(), visible.end());
  std::vector<PostId> out;
  for (auto id : ids)
    if (set.contains(id)) out.push_back(id);
  return out;
}

bool may_see(db::Reader& r, Viewer viewer, Post const& post) {
  return !visible_posts(r, viewer, {post.id}).empty();
}

Result<Post> find_visible_post(db::Reader& r, Viewer viewer, PostId id) {
  auto post = store::find_post(r, id);
  if (!post || !may_see(r, viewer, *post)) return not_found();
  return *post;
}

bool may_boost(Post const& post, AccountId who) {
  if (post.visibility == Visibility::everyone || post.visibility == Visibility::unlisted) return true;
  return post.visibility == Visibility::followers && post.author == who;
}

}  // namespace posy::social
