#include "store/relationship.hpp"

#include <unordered_map>

namespace posy::store {
namespace {

// One row of what only says yes: who it is about, and which of the flags it sets.
enum class Flag { known, followed_by, requested_by, blocking, blocked_by, endorsed, domain_blocking };

struct Mark {
  AccountId target;
  Flag flag{};
};
BOOST_DESCRIBE_STRUCT(Mark, (), (target, flag))

struct Note {
  AccountId target;
  std::string comment;
};
BOOST_DESCRIBE_STRUCT(Note, (), (target, comment))

void set(Relationship& relationship, Flag flag) {
  switch (flag) {
    case Flag::known:
      return;
    case Flag::followed_by:
      relationship.followed_by = true;
      return;
    case Flag::requested_by:
      relationship.requested_by = true;
      return;
    case Flag::blocking:
      relationship.blocking = true;
      return;
    case Flag::blocked_by:
      relationship.blocked_by = true;
      return;
    case Flag::endorsed:
      relationship.endorsed = true;
      return;
    case Flag::domain_blocking:
      relationship.domain_blocking = true;
      return;
  }
}

}  // namespace

std::vector<Relationship> relationships(db::Reader& r, AccountId account,
                                        std::vector<AccountId> const& targets, bool with_suspended) {
  if (targets.empty()) return {};
  auto marks = r.all<Mark>(R"sql(
      select id, 0 from account where id in ids($2) and ($3 = 1 or suspended_at is null)
      union all select account, 1 from follow where target = $1 and account in ids($2)
      union all select account, 2 from follow_request where target = $1 and account in ids($2)
      union all select target, 3 from block where account = $1 and target in ids($2)
      union all select account, 4 from block where target = $1 and account in ids($2)
      union all select target, 5 from endorsement where account = $1 and target in ids($2)
      union all select a.id, 6 from account a join domain_block d on d.account = $1 and d.domain = a.domain
                where a.id in ids($2)
  )sql",
                           account, targets, with_suspended);
  std::unordered_map<AccountId, Relationship> found;
  for (auto const& mark : marks)
    if (mark.flag == Flag::known) found[mark.target].target = mark.target;
  auto with = [&](AccountId target, auto change) {
    if (auto at = found.find(target); at != found.end()) change(at->second);
  };
  for (auto const& mark : marks) with(mark.target, [&](Relationship& of) { set(of, mark.flag); });

  for (auto& row :
       r.all<Follow>("select :row from follow where account = $1 and target in ids($2)", account, targets))
    with(row.target, [&](Relationship& of) { of.follow = std::move(row); });
  for (auto& row : r.all<Follow>("select :row from follow_request where account = $1 and target in ids($2)",
                                 account, targets))
    with(row.target, [&](Relationship& of) { of.request = std::move(row); });
  for (auto& row : r.all<Mute>(R"sql(
           select :row from mute
           where account = $1 and target in ids($2) and (expires_at is null or expires_at > $3)
       )sql",
                               account, targets, r.now()))
    with(row.target, [&](Relationship& of) { of.mute = row; });
  for (auto& row :
       r.all<Note>("select target, comment from account_note where account = $1 and target in ids($2)",
                   account, targets))
    with(row.target, [&](Relationship& of) { of.note = std::move(row.comment); });

  std::vector<Relationship> out;
  for (auto target : targets) with(target, [&](Relationship& of) { out.push_back(of); });
  return out;
}

}  // namespace posy::store
