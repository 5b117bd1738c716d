// The writing half of timelines.hpp.
#include "social/timelines.hpp"
#include "store/relation.hpp"

namespace posy::social {

using store::Post;
using store::Visibility;

namespace {

// At most so many posts enter a home timeline when somebody is followed.
constexpr int fill_posts_max = 100;

// A reply to somebody else stands only with those who also follow that person (or are she): `$5` is the
// replied-to account, null when it is no such reply. How many entries are new; so below.
std::int64_t spread_to_followers(db::Writer& w, Post const& post, AccountId reply_to, std::string const& language) {
  return w.run(R"sql(
      insert into timeline_entry (timeline, post)
      select f.account, $1 from follow f
      where f.target = $2 and f.by_local = 1
        and (f.boosts = 1 or $3 = 0)
        and (f.languages = '' or $4 = '' or ' ' || f.languages || ' ' like '% ' || $4 || ' %')
        and (cast($5 as bigint) is null or f.account = $5
             or (select 1 from follow where account = f.account and target = $5) is not null)
        and ($6 < 3 or (select 1 from mention where post = $1 and account = f.account) is not null)
        and not exists (select 1 from list_member m join list l on l.id = m.list
                        where m.account = $2 and l.account = f.account and l.exclusive = 1)
      on conflict do nothing
  )sql",
        post.id, post.author, post.boost_of ? 1 : 0, language, reply_to, static_cast<int>(post.visibility));
}

std::int64_t spread_to_lists(db::Writer& w, Post const& post, AccountId reply_to, std::string const& language) {
  return w.run(R"sql(
      insert into timeline_entry (timeline, post)
      select l.id, $1 from list_member m
      join list l on l.id = m.list
      join follow f on f.account = l.account and f.target = m.account
      where m.account = $2
        and (f.boosts = 1 or $3 = 0)
        and (f.languages = '' or $4 = '' or ' ' || f.languages || ' ' like '% ' || $4 || ' %')
        and (cast($5 as bigint) is null
             or (l.replies_policy = 1 and (l.account = $5 or
                 (select 1 from list_member where list = l.id and account = $5) is not null))
             or (l.replies_policy = 2 and (l.account = $5 or
                 (select 1 from follow where account = l.account and target = $5) is not null)))
        and ($6 < 3 or (select 1 from mention where post = $1 and account = l.account) is not null)
      on conflict do nothing
  )sql",
        post.id, post.author, post.boost_of ? 1 : 0, language, reply_to, static_cast<int>(post.visibility));
}

}  // namespace

bool spread(db::Writer& w, Post const& post, std::vector<TagId> const& tags) {
  bool replies_to_other = post.in_reply_to && post.in_reply_to_account != post.author;
  AccountId reply_to = replies_to_other ? post.in_reply_to_account : AccountId{};
  std::int64_t entered = 0;
  if (post.is_local)
    entered += w.run("insert into timeline_entry (timeline, post) values ($1, $2) on conflict do nothing",
                     post.author, post.id);
  entered += spread_to_followers(w, post, reply_to, post.language);
  entered += spread_to_lists(w, post, reply_to, post.language);
  if (post.visibility == Visibility::everyone && !post.boost_of && !tags.empty())
    entered += w.run(R"sql(
        insert into timeline_entry (timeline, post)
        select distinct t.account, cast($1 as bigint) from tag_follow t where t.tag in ids($2)
        on conflict do nothing
    )sql",
          post.id, tags);
  return entered > 0;
}

void fill_home(db::Writer& w, AccountId follower, AccountId target) {
  w.run(R"sql(
      insert into timeline_entry (timeline, post)
      select cast($1 as bigint), p.id from (
        select id from post
        where author = $2 and visibility < 3 and boost_of is null
          and (in_reply_to is null or in_reply_to_account = $2)
        order by id desc limit $3) p
      where not exists (select 1 from list_member m join list l on l.id = m.list
                        where m.account = $2 and l.account = $1 and l.exclusive = 1)
      on conflict do nothing
  )sql",
        follower, target, fill_posts_max);
}

void clear_home(db::Writer& w, AccountId follower, AccountId target) {
  w.run(R"sql(
      delete from timeline_entry
      where timeline = $1 and post in (select id from post where author = $2)
  )sql",
        follower, target);
  w.run(R"sql(
      delete from timeline_entry
      where timeline in (select id from list where account = $1)
        and post in (select id from post where author = $2)
  )sql",
        follower, target);
}

}  // namespace posy::social
