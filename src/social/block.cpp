#include "social/block.hpp"

#include "base/error.hpp"
#include "social/follow.hpp"
#include "social/live.hpp"
#include "social/send.hpp"
#include "store/notification.hpp"
#include "text/normalize.hpp"

namespace posy::social {
namespace {

constexpr int left_at_once_max = 200;

// What one person was told of the other, and what waits to be let in, is no longer hers to bear.
void forget_notifications(db::Writer& w, AccountId who, AccountId of) {
  store::delete_notifications_from(w, of, who);
  w.run("delete from notification_request where account = $1 and sender = $2", who, of);
}

std::string folded_domain(std::string_view domain) {
  auto folded = text::to_ascii_domain(domain);
  if (!folded) refuse(Refusal::unprocessable, "Validation failed: Domain is not a valid domain name");
  return *folded;
}

}  // namespace

void block(db::Writer& w, AccountId who, AccountId target) {
  if (!store::find_account(w, target)) refuse(Refusal::not_found, not_found().message);
  if (who == target) return;
  unfollow(w, who, target);
  unfollow(w, target, who);
  if (!store::insert_block(w, {w.make_id<RowId>(), who, target})) return;
  forget_notifications(w, who, target);
  send_to(w, who, target, Act::block, target.value);
  tell(w, Live::relation_changed, who.value, target.value);
}

void unblock(db::Writer& w, AccountId who, AccountId target) {
  if (!store::find_account(w, target)) refuse(Refusal::not_found, not_found().message);
  if (!store::delete_block(w, who, target)) return;
  send_to(w, who, target, Act::unblock, target.value);
  tell(w, Live::relation_changed, who.value, target.value);
}

void block_domain(db::Writer& w, AccountId who, std::string_view given, std::string_view own_domain) {
  std::string domain = folded_domain(given);
  if (domain == own_domain) refuse(Refusal::unprocessable, "Validation failed: Domain is this server's own");
  if (!store::insert_domain_block(w, {w.make_id<RowId>(), who, domain})) return;
  w.run(R"sql(
      delete from notification
      where account = $1 and sender in (select id from account where domain = $2 and domain <> '')
  )sql",
        who, domain);
  tell(w, Live::relation_changed, who.value);
}

bool leave_some_of_domain(db::Writer& w, AccountId who, std::string_view domain) {
  auto others = w.all<AccountId>(R"sql(
      select a.id from account a
      where a.domain = $2 and a.domain <> ''
        and ((select 1 from follow where account = $1 and target = a.id) is not null
             or (select 1 from follow where account = a.id and target = $1) is not null
             or (select 1 from follow_request where account = $1 and target = a.id) is not null
             or (select 1 from follow_request where account = a.id and target = $1) is not null)
      limit $3
  )sql",
                                 who, folded_domain(domain), left_at_once_max);
  for (auto other : others) {
    unfollow(w, who, other);
    unfollow(w, other, who);
    send_to(w, who, other, Act::reject_follow, other.value);
  }
  return static_cast<int>(others.size()) == left_at_once_max;
}

void unblock_domain(db::Writer& w, AccountId who, std::string_view domain) {
  if (store::delete_domain_block(w, who, folded_domain(domain))) tell(w, Live::relation_changed, who.value);
}

}  // namespace posy::social
