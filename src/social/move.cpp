#include "social/move.hpp"

#include <fmt/format.h>

#include "jobs/queue.hpp"
#include "social/block.hpp"
#include "social/follow.hpp"
#include "social/live.hpp"
#include "social/mute.hpp"
#include "social/send.hpp"
#include "store/relation.hpp"
#include "store/remote.hpp"
#include "text/plain.hpp"

namespace posy::social {

using store::Account;
using store::Move;
using store::MoveStep;

namespace {

// Each takes rows in home timelines, counts and a message to another server: few enough for one transaction.
constexpr int carried_at_once_max = 25;
constexpr std::size_t note_characters_max = 2000;
constexpr std::size_t aliases_max = 50;
constexpr std::size_t target_bytes_max = 2048;
constexpr std::chrono::days requests_kept{30};

// The two accounts while a move is carried out.
struct Carrying {
  db::Writer& w;
  Move& move;
  Account from;
  Account to;
};

void leave_note(Carrying const& c, AccountId who, std::string_view text) {
  auto note = fmt::format("Was @{}. {}", c.from.acct(), text);
  store::add_account_note(c.w, who, c.to.id, text::truncate(note, note_characters_max));
}

// Who follows the new account has made up her mind about it.
bool has_own_opinion(Carrying const& c, AccountId who) {
  return who == c.to.id || store::is_following(c.w, who, c.to.id);
}

std::size_t carry_blocks(Carrying const& c) {
  auto people = store::blockers_of(c.w, c.from.id, c.move.position, carried_at_once_max);
  for (auto who : people) {
    c.move.position = who.value;
    if (has_own_opinion(c, who) || store::has_blocked(c.w, who, c.to.id)) continue;
    block(c.w, who, c.to.id);
    leave_note(c, who, "You had blocked that account.");
  }
  return people.size();
}

std::size_t carry_mutes(Carrying const& c) {
  auto mutes = store::mutes_about(c.w, c.from.id, c.move.position, carried_at_once_max);
  for (auto const& mute : mutes) {
    c.move.position = mute.account.value;
    if (has_own_opinion(c, mute.account) || store::has_blocked(c.w, mute.account, c.to.id)) continue;
    store::delete_expired_mutes(c.w, mute.account);
    if (!store::add_mute(c.w, {.id = c.w.make_id<RowId>(),
                               .account = mute.account,
                               .target = c.to.id,
                               .notifications = mute.notifications,
                               .expires_at = mute.expires_at}))
      continue;
    leave_note(c, mute.account, "You had muted that account.");
    tell(c.w, Live::relation_changed, mute.account.value, c.to.id.value);
  }
  return mutes.size();
}

std::size_t carry_notes(Carrying const& c) {
  auto notes = store::notes_about(c.w, c.from.id, c.move.position, carried_at_once_max);
  for (auto const& note : notes) {
    c.move.position = note.account.value;
    if (note.account != c.to.id) leave_note(c, note.account, note.comment);
  }
  return notes.size();
}

// The rules of follow(), asked before: a refusal would stop all who come after her.
bool may_follow(Carrying const& c, AccountId who) {
  auto account = store::find_account(c.w, who);
  if (!account || account->suspended_at || store::is_blocked_between(c.w, who, c.to.id)) return false;
  return c.to.is_local() || !store::has_blocked_domain(c.w, who, c.to.domain);
}

FollowOptions options_of(store::Follow const& follow) {
  FollowOptions options{.boosts = follow.boosts, .notify = follow.notify};
  auto& languages = options.languages.emplace();
  for (std::string_view rest = follow.languages; !rest.empty();) {
    auto end = rest.find(' ');
    languages.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  }
  return options;
}

void carry_follower(Carrying const& c, AccountId who) {
  auto old = store::find_follow(c.w, who, c.from.id);
  if (!old) return;
  if (who != c.to.id) {
    if (!may_follow(c, who)) return;
    store::put_beside_in_lists(c.w, who, c.from.id, c.to.id);
    bool asked = store::find_follow_request(c.w, who, c.to.id).has_value();
    if (!asked && !store::is_following(c.w, who, c.to.id)) follow(c.w, who, c.to.id, options_of(*old));
    ++c.move.followers;
  }
  unfollow(c.w, who, c.from.id);
}

std::size_t carry_follows(Carrying const& c) {
  auto people =
      store::local_followers_of(c.w, c.from.id, c.move.position, c.move.last_follow, carried_at_once_max);
  for (auto who : people) {
    c.move.position = who.value;
    carry_follower(c, who);
  }
  return people.size();
}

std::size_t carry(Carrying const& c) {
  switch (c.move.step) {
    case MoveStep::blocks: return carry_blocks(c);
    case MoveStep::mutes: return carry_mutes(c);
    case MoveStep::notes: return carry_notes(c);
    case MoveStep::follows: return carry_follows(c);
    case MoveStep::done: break;
  }
  return 0;
}

// Also where that is not believed: followers must not be sent from one to another.
bool says_that_she_moved(db::Reader& r, Account const& account) {
  auto remote = store::find_remote(r, account.id);
  return remote && !remote->moved_uri.empty();
}

void tell_followers(db::Writer& w, Account const& account) {
  send(w, account, Act::profile);
  tell(w, Live::account_changed, account.id.value);
}

}  // namespace

Result<> begin_move(db::Writer& w, Account const& account, Account const& target) {
  if (account.id == target.id) return unprocessable("An account cannot move to itself");
  if (store::moved_to(w, target.id) || says_that_she_moved(w, target))
    return Error{Refusal::conflict, "The new account has itself moved away"};
  auto interval = account.is_local() ? move_interval_here : move_interval_elsewhere;
  auto last = store::find_move(w, account.id);
  if (last && last->begun_at > w.now() - interval)
    return Error{Refusal::conflict, fmt::format("An account can move once in {} days", interval.count())};

  store::put_move(w, {.account = account.id,
                      .target = target.id,
                      .redirects = account.is_local(),
                      .begun_at = w.now(),
                      .last_follow = w.make_id<RowId>()});
  jobs::add(w, jobs::CarryOver{account.id}, w.now());
  if (!account.is_local()) store::set_moved_to(w, account.id, target.id);
  tell_followers(w, account);
  send(w, account, Act::move, target.id.value);
  return {};
}

bool carry_some_over(db::Writer& w, AccountId id) {
  auto move = store::find_move(w, id);
  if (!move || move->step == MoveStep::done) return false;
  auto from = store::find_account(w, move->account), to = store::find_account(w, move->target);
  bool is_possible = from && to && !to->suspended_at;
  if (is_possible) {
    auto carried = carry({w, *move, *from, *to});
    if (carried < carried_at_once_max) {
      move->step = static_cast<MoveStep>(static_cast<int>(move->step) + 1);
      move->position = 0;
    }
  } else {
    move->step = MoveStep::done;
  }
  store::update_move(w, *move);
  return move->step != MoveStep::done;
}

void return_home(db::Writer& w, AccountId who) {
  Account account = load_account(w, who);
  auto move = store::find_move(w, who);
  if (!move || !move->redirects) refuse(Refusal::not_found, "The account has not moved");
  move->redirects = false;
  move->step = MoveStep::done;  // who has not gone yet stays
  store::update_move(w, *move);
  tell_followers(w, account);
}

void require_not_moved(db::Reader& r, AccountId who) {
  if (store::has_left(r, who)) refuse(Refusal::forbidden, "This account has moved to another one");
}

void add_alias(db::Writer& w, AccountId who, std::string_view uri) {
  Account account = load_account(w, who);
  if (store::aliases_of(w, who).size() >= aliases_max)
    refuse(Refusal::unprocessable, fmt::format("An account can have {} aliases", aliases_max));
  if (store::insert_alias(w, {.account = who, .uri = std::string(uri), .created_at = w.now()}))
    tell_followers(w, account);
}

void remove_alias(db::Writer& w, AccountId who, std::string_view uri) {
  Account account = load_account(w, who);
  if (!store::delete_alias(w, who, uri)) refuse(Refusal::not_found, "There is no such alias");
  tell_followers(w, account);
}

RowId ask_to_move(db::Writer& w, AccountId who, store::MoveRequestKind kind, std::string_view target) {
  if (target.empty() || target.size() > target_bytes_max)
    refuse(Refusal::unprocessable, "An account is named by its handle or its address");
  store::delete_move_requests(w, who, w.now() - requests_kept);
  auto id = w.make_id<RowId>();
  store::insert_move_request(
      w, {.id = id, .account = who, .kind = kind, .target = std::string(target), .created_at = w.now()});
  jobs::add(w, jobs::AskToMove{id}, w.now());
  return id;
}

bool withdraw_request(db::Writer& w, RowId request) {
  if (!store::withdraw_move_request(w, request)) return false;
  jobs::cancel(w, jobs::AskToMove{request});
  return true;
}

}  // namespace posy::social
