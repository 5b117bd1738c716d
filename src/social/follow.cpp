#include "social/follow.hpp"

#include "base/error.hpp"
#include "social/live.hpp"
#include "social/notify.hpp"
#include "social/send.hpp"
#include "social/timelines.hpp"
#include "store/list.hpp"
#include "text/language.hpp"

namespace posy::social {

using store::Account;
using store::AccountCount;
using store::Follow;

namespace {

constexpr std::size_t languages_max = 50;  // of one follow
constexpr int accepted_at_once_max = 200;

std::string join_languages(std::vector<std::string> const& languages) {
  if (languages.size() > languages_max)
    refuse(Refusal::unprocessable, "Validation failed: Languages are too many");
  std::string out;
  for (auto const& language : languages) {
    if (!text::is_known_language(language))
      refuse(Refusal::unprocessable, "Validation failed: Languages contains invalid languages");
    if (!out.empty()) out += ' ';
    out += language;
  }
  return out;
}

void apply(FollowOptions const& options, Follow& follow) {
  if (options.boosts) follow.boosts = *options.boosts;
  if (options.notify) follow.notify = *options.notify;
  if (options.languages) follow.languages = join_languages(*options.languages);
}

void tell_both(db::Writer& w, AccountId one, AccountId other) {
  tell(w, Live::relation_changed, one.value, other.value);
  tell(w, Live::account_changed, one.value);
  tell(w, Live::account_changed, other.value);
}

// The one place where a follow begins.
void begin(db::Writer& w, Follow const& follow) {
  if (!store::insert_follow(w, follow)) return;
  store::add_to_count(w, follow.account, AccountCount::following, 1);
  store::add_to_count(w, follow.target, AccountCount::followers, 1);
  if (follow.by_local) fill_home(w, follow.account, follow.target);
  tell_both(w, follow.account, follow.target);
}

// The one place where it ends. False when there was none.
bool end(db::Writer& w, AccountId follower, AccountId target) {
  if (!store::delete_follow(w, follower, target)) return false;
  store::add_to_count(w, follower, AccountCount::following, -1);
  store::add_to_count(w, target, AccountCount::followers, -1);
  clear_home(w, follower, target);
  store::delete_list_member(w, follower, target);
  store::delete_endorsement(w, follower, target);
  forget(w, target, NotificationKind::follow, follower);
  tell_both(w, follower, target);
  return true;
}

bool withdraw(db::Writer& w, AccountId from, AccountId target) {
  if (!store::delete_follow_request(w, from, target)) return false;
  forget(w, target, NotificationKind::follow_request, from);
  tell(w, Live::relation_changed, from.value, target.value);
  return true;
}

}  // namespace

Account load_account(db::Reader& r, AccountId id) {
  auto account = store::find_account(r, id);
  if (!account || account->suspended_at) refuse(Refusal::not_found, not_found().message);
  return *account;
}

void follow(db::Writer& w, AccountId who, AccountId target_id, FollowOptions const& options) {
  Account target = load_account(w, target_id);
  Account source = load_account(w, who);
  if (who == target_id) refuse(Refusal::not_found, not_found().message);
  bool domain_blocked = !target.is_local() && store::has_blocked_domain(w, who, target.domain);
  if (domain_blocked || store::is_blocked_between(w, who, target_id))
    refuse(Refusal::forbidden, forbidden().message);

  if (auto existing = store::find_follow(w, who, target_id)) {
    apply(options, *existing);
    store::update_follow(w, *existing);
    tell(w, Live::relation_changed, who.value, target_id.value);
    return;
  }
  if (auto waiting = store::find_follow_request(w, who, target_id)) {
    apply(options, *waiting);
    store::update_follow_request(w, *waiting);
    return;
  }

  Follow follow{.id = w.make_id<RowId>(), .account = who, .target = target_id, .created_at = w.now()};
  follow.by_local = source.is_local();
  apply(options, follow);
  if (!target.locked && target.is_local() && !source.silenced_at) {
    begin(w, follow);
    notify(w, target_id, NotificationKind::follow, who);
    return;
  }
  store::insert_follow_request(w, follow);
  notify(w, target_id, NotificationKind::follow_request, who);
  if (!target.is_local()) send(w, source, Act::follow, target_id.value);
  tell(w, Live::relation_changed, who.value, target_id.value);
}

void unfollow(db::Writer& w, AccountId who, AccountId target) {
  bool ended = end(w, who, target);
  bool withdrawn = withdraw(w, who, target);
  if (withdrawn) store::delete_list_member(w, who, target);  // where somebody who moved was put (social/move.hpp)
  if (ended || withdrawn) send_to(w, who, target, Act::unfollow, target.value);
}

void sever(db::Writer& w, AccountId who, AccountId target) {
  end(w, who, target);
  withdraw(w, who, target);
}

namespace {

struct Pair {
  AccountId account;
  AccountId target;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (account, target))

}  // namespace

int sever_some(db::Writer& w, AccountId account, int most) {
  int cut = 0;
  auto cut_all = [&](std::vector<Pair> const& pairs) {
    for (auto const& [from, to] : pairs) sever(w, from, to);
    cut += static_cast<int>(pairs.size());
  };
  cut_all(w.all<Pair>("select account, target from follow where account = $1 limit $2", account, most));
  if (cut < most)
    cut_all(w.all<Pair>("select account, target from follow where target = $1 limit $2", account, most - cut));
  if (cut < most)
    cut_all(w.all<Pair>("select account, target from follow_request where account = $1 limit $2", account, most - cut));
  if (cut < most)
    cut_all(w.all<Pair>("select account, target from follow_request where target = $1 limit $2", account, most - cut));
  return cut;
}

void accept_follow(db::Writer& w, AccountId target, AccountId from) {
  auto request = store::find_follow_request(w, from, target);
  if (!request) refuse(Refusal::not_found, not_found().message);
  withdraw(w, from, target);
  request->id = w.make_id<RowId>();  // the newest follower stands first
  request->created_at = w.now();
  begin(w, *request);
  notify(w, target, NotificationKind::follow, from);
  send_to(w, target, from, Act::accept_follow, from.value);
}

void reject_follow(db::Writer& w, AccountId target, AccountId from) {
  if (!withdraw(w, from, target)) refuse(Refusal::not_found, not_found().message);
  store::delete_list_member(w, from, target);
  send_to(w, target, from, Act::reject_follow, from.value);
}

void remove_follower(db::Writer& w, AccountId target, AccountId follower) {
  if (end(w, follower, target)) send_to(w, target, follower, Act::reject_follow, follower.value);
}

bool accept_some_waiting(db::Writer& w, AccountId target) {
  if (load_account(w, target).locked) return false;
  store::Page page{.limit = accepted_at_once_max};
  auto waiting = store::follow_requests_to(w, target, page);
  for (auto const& request : waiting) accept_follow(w, target, request.account);
  return static_cast<int>(waiting.size()) == page.limit;
}

}  // namespace posy::social
