#include "store/reach.hpp"

#include "store/audience.hpp"

namespace posy::store {

std::optional<PostReach> find_reach(db::Reader& r, PostId post) {
  return r.find<PostReach>("select :row from post_reach where post = $1", post);
}

void insert_reach(db::Writer& w, PostReach const& reach) { w.insert("post_reach", reach); }

std::string told_of(db::Reader& r, PostId post) {
  return r.find<std::string>("select inboxes from post_told where post = $1", post).value_or("");
}

void keep_told(db::Writer& w, PostId post, std::string_view inboxes) {
  w.run("insert into post_told (post, inboxes) values ($1, $2) on conflict (post) do update set inboxes = $2", post,
        inboxes);
}

std::vector<AccountId> authors_above(db::Reader& r, PostId post, int steps) {
  return r.all<AccountId>(R"sql(
      with recursive up (author, parent, steps) as (
        select author, in_reply_to, 0 from post where id = $1
        union all
        select p.author, p.in_reply_to, up.steps + 1 from up join post p on p.id = up.parent where up.steps < $2
      )
      select distinct author from up
  )sql",
                          post, steps);
}

std::vector<AccountId> authors_below(db::Reader& r, PostId post, int limit) {
  return r.all<AccountId>(R"sql(
      with recursive down (id, author) as (
        select id, author from post where in_reply_to = $1
        union all
        select p.id, p.author from down join post p on p.in_reply_to = down.id
      )
      select distinct author from (select author from down limit $2) nearest
  )sql",
                          post, limit);
}

std::vector<AccountId> boosters(db::Reader& r, PostId post, int limit) {
  return r.all<AccountId>("select author from post where boost_of = $1 limit $2", post, limit);
}

std::vector<AccountId> followers_among(db::Reader& r, AccountId target, std::vector<AccountId> const& accounts) {
  if (accounts.empty()) return {};
  return r.all<AccountId>("select account from follow where target = $1 and account in ids($2)", target, accounts);
}

std::vector<std::string> inboxes_of(db::Reader& r, std::vector<AccountId> const& accounts) {
  if (accounts.empty()) return {};
  return r.all<std::string>(R"sql(
      select inbox from (
        select distinct case when shared_inbox = '' then inbox else shared_inbox end as inbox
        from remote_account where account in ids($1)
      ) theirs
      where inbox <> '' and (select 1 from retired_inbox r where r.inbox = theirs.inbox) is null
  )sql",
                            accounts);
}

std::vector<std::string> retired_among(db::Reader& r, std::vector<std::string> const& inboxes) {
  if (inboxes.empty()) return {};
  return r.all<std::string>("select inbox from retired_inbox where inbox in texts($1)", inboxes);
}

std::int64_t count_inboxes(db::Reader& r, AccountId account, std::vector<std::string> const& besides) {
  auto out = audience_size(r, account);
  for (auto const& inbox : besides)
    if (!is_in_audience(r, account, inbox)) ++out;
  return out;
}

}  // namespace posy::store
