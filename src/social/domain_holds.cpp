#include "social/domain_holds.hpp"

#include <algorithm>
#include <set>

#include "jobs/queue.hpp"
#include "social/follow.hpp"
#include "social/live.hpp"
#include "store/media.hpp"
#include "store/relation.hpp"
#include "store/remote.hpp"
#include "store/remote_file.hpp"

namespace posy::social {

using store::HeldAccount;
using store::Stranger;

namespace {

constexpr int looked_at_max = 500;  // accounts, in one transaction
constexpr int changes_max = 200;    // follows, files and accounts, in one transaction

enum Applied { suspend = 1, silence = 2, reject_media = 4 };

int applied_by(Rule const& rule) {
  return (rule.is_suspended() ? suspend : 0) | (rule.is_silenced() ? silence : 0) |
         (rule.reject_media ? reject_media : 0);
}

void hold_suspended(db::Writer& w, HeldAccount& held, bool wanted) {
  if (wanted && !held.suspended) {
    held.suspended = w.run("update account set suspended_at = $2 where id = $1 and suspended_at is null",
                           held.account, w.now()) > 0;
  } else if (!wanted && held.suspended) {
    w.run("update account set suspended_at = null where id = $1", held.account);
    held.suspended = false;
  }
}

void hold_silenced(db::Writer& w, HeldAccount& held, bool wanted) {
  if (wanted && !held.silenced) {
    held.silenced = w.run("update account set silenced_at = $2 where id = $1 and silenced_at is null", held.account,
                          w.now()) > 0;
  } else if (!wanted && held.silenced) {
    w.run("update account set silenced_at = null where id = $1", held.account);
    held.silenced = false;
  }
}

// They are removed with the next cleaning.
int let_go_of_files(db::Writer& w, AccountId account, int most) {
  w.run("update remote_account set avatar_url = '', header_url = '' where account = $1", account);
  w.run("update account set avatar = '', header = '' where id = $1", account);
  auto files = w.all<MediaId>("select id from media where account = $1 and post is not null limit $2", account, most);
  store::release_media(w, files, w.now());
  return static_cast<int>(files.size());
}

// How much of `most` it took; held.settled says whether all is done.
int hold(db::Writer& w, HeldAccount& held, int wanted, int most) {
  hold_suspended(w, held, (wanted & suspend) != 0);
  hold_silenced(w, held, (wanted & silence) != 0);
  // Copies that are there already may not outlast the rule.
  if (wanted & ~held.applied & (suspend | reject_media)) store::drop_remote_files(w, held.account);
  int changes = 0;
  if (wanted & suspend) changes += sever_some(w, held.account, most);
  if ((wanted & reject_media) && changes < most) changes += let_go_of_files(w, held.account, most - changes);
  held.applied = wanted;
  held.settled = changes < most;
  store::put_held_account(w, held);
  tell(w, Live::account_changed, held.account.value);
  return changes + 1;
}

}  // namespace

Rule rule_for(RuleSet const& rules, Stranger const& stranger) {
  auto by_domain = rules.rule_for(stranger.domain);
  auto host = host_in(stranger.uri);
  if (host.empty() || host == stranger.domain) return by_domain;
  return stronger(by_domain, rules.rule_for(host));
}

void hold_some_accounts(db::Writer& w, RuleSet const& rules, AccountId after) {
  auto strangers = store::strangers_after(w, after, looked_at_max);
  std::vector<AccountId> ids;
  for (auto const& stranger : strangers) ids.push_back(stranger.id);
  std::unordered_map<AccountId, HeldAccount> known;
  for (auto const& held : store::held_accounts(w, ids)) known.emplace(held.account, held);

  bool is_over = static_cast<int>(strangers.size()) < looked_at_max;
  bool is_changed = false;
  std::set<std::string> newly_held;
  int left = changes_max;
  for (auto const& stranger : strangers) {
    auto wanted = applied_by(rule_for(rules, stranger));
    auto& held = known.try_emplace(stranger.id, HeldAccount{.account = stranger.id}).first->second;
    if (held.applied != wanted || !held.settled) {
      if (wanted & ~held.applied & (suspend | reject_media)) newly_held.insert(stranger.domain);
      if (left <= 0) {
        is_over = false;
        break;
      }
      left -= hold(w, held, wanted, left);
      is_changed = true;
      if (!held.settled) {
        is_over = false;
        break;
      }
    }
    after = stranger.id;
  }
  for (auto const& domain : newly_held) store::drop_remote_emojis(w, domain);
  // At the end in any case: previews of pages follow the rules, whether anybody is known there or not.
  if (is_changed || is_over) tell(w, Live::rules_changed);
  if (!is_over) jobs::add(w, jobs::HoldAccounts{after}, w.now());
}

void hold_newcomer(db::Writer& w, RuleSet const& rules, AccountId account) {
  auto found = store::find_account(w, account);
  if (!found) return;
  auto wanted = applied_by(rule_for(rules, {found->id, found->domain, found->uri.value_or("")}));
  auto known = store::held_accounts(w, {account});
  HeldAccount held = known.empty() ? HeldAccount{.account = account} : known.front();
  if (held.applied != wanted) hold(w, held, wanted, changes_max);
}

}  // namespace posy::social
