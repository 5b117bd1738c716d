#include "social/suggestions.hpp"

#include <algorithm>

namespace posy::social {
namespace {

// So many of the latest follows say what kind of people she likes.
constexpr int friends_max = 40;

std::vector<AccountId> friends_of_friends(db::Reader& r, AccountId who, int limit) {
  return r.all<AccountId>(R"sql(
      select g.target
      from (select target from follow where account = $1 order by id desc limit $2) f
      join follow g on g.account = f.target
      join account a on a.id = g.target
      where a.id <> $1 and a.discoverable = 1 and a.suspended_at is null and a.silenced_at is null
        and not exists (select 1 from follow where account = $1 and target = a.id)
        and not exists (select 1 from follow_request where account = $1 and target = a.id)
        and not exists (select 1 from block where account = $1 and target = a.id)
        and not exists (select 1 from block where account = a.id and target = $1)
        and not exists (select 1 from mute where account = $1 and target = a.id)
        and not exists (select 1 from domain_block where account = $1 and domain = a.domain)
        and not exists (select 1 from suggestion_dismissed where account = $1 and target = a.id)
      group by g.target
      order by count(*) desc, g.target
      limit $3
  )sql",
                          who, friends_max, limit);
}

std::vector<AccountId> most_followed(db::Reader& r, AccountId who, int limit) {
  return r.all<AccountId>(R"sql(
      select a.id
      from account a join account_stats s on s.account = a.id
      where a.domain = '' and a.discoverable = 1
        and a.id <> $1 and a.suspended_at is null and a.silenced_at is null
        and not exists (select 1 from follow where account = $1 and target = a.id)
        and not exists (select 1 from follow_request where account = $1 and target = a.id)
        and not exists (select 1 from block where account = $1 and target = a.id)
        and not exists (select 1 from block where account = a.id and target = $1)
        and not exists (select 1 from mute where account = $1 and target = a.id)
        and not exists (select 1 from suggestion_dismissed where account = $1 and target = a.id)
      order by s.followers desc, a.id
      limit $2
  )sql",
                          who, limit);
}

}  // namespace

std::vector<Suggestion> suggestions(db::Reader& r, AccountId who, int limit) {
  std::vector<Suggestion> out;
  auto add = [&](std::vector<AccountId> const& accounts, SuggestionReason reason) {
    for (auto account : accounts) {
      if (static_cast<int>(out.size()) == limit) return;
      if (std::ranges::find(out, account, &Suggestion::account) == out.end())
        out.push_back({account, reason});
    }
  };
  add(friends_of_friends(r, who, limit), SuggestionReason::friends_of_friends);
  if (static_cast<int>(out.size()) < limit)
    add(most_followed(r, who, limit), SuggestionReason::most_followed);
  return out;
}

void dismiss_suggestion(db::Writer& w, AccountId who, AccountId suggested) {
  w.run(R"sql(
      insert into suggestion_dismissed (account, target)
      select cast($1 as bigint), id from account where id = $2
      on conflict do nothing
  )sql",
        who, suggested);
}

}  // namespace posy::social
