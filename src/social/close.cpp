#include "social/close.hpp"

#include "base/error.hpp"
#include "jobs/queue.hpp"
#include "social/favourite.hpp"
#include "social/follow.hpp"
#include "social/live.hpp"
#include "social/remove.hpp"
#include "social/send.hpp"
#include "store/account.hpp"
#include "store/closed_account.hpp"
#include "store/media.hpp"
#include "store/signing_key.hpp"

namespace posy::social {
namespace {

constexpr int favourites_at_once_max = 50;
constexpr int follows_at_once_max = 100;
constexpr int rows_at_once_max = 500;

// What is left says nothing of her but the name.
void make_empty(db::Writer& w, store::Account account) {
  store::let_go_of_blobs(w, {account.avatar, account.header});
  store::Account empty{.id = account.id, .username = account.username, .username_key = account.username_key};
  empty.hide_collections = true;
  empty.created_at = account.created_at;
  empty.suspended_at = empty.updated_at = w.now();
  store::update_account(w, empty);
}

bool take_back_some_favourites(db::Writer& w, AccountId who) {
  auto posts = w.all<PostId>("select post from favourite where account = $1 order by id limit $2", who,
                             favourites_at_once_max);
  for (auto post : posts) unfavourite(w, who, post);
  return static_cast<int>(posts.size()) == favourites_at_once_max;
}

}  // namespace

void close_account(db::Writer& w, AccountId who) {
  auto account = store::find_account(w, who);
  if (!account || !account->is_local()) refuse(Refusal::not_found, "There is no account of that name");
  if (!store::insert_closed(w, {.account = who, .closed_at = w.now(), .told_up_to = {}}))
    refuse(Refusal::conflict, "The account was closed before");
  send(w, *account, Act::close);
  store::end_sign_in(w, who);
  make_empty(w, *account);
  jobs::add(w, jobs::CloseAccount{who}, w.now());
  tell(w, Live::account_changed, who.value);
}

bool close_some(db::Writer& w, AccountId who) {
  auto closed = store::find_closed(w, who);
  if (!closed) return false;
  if (remove_some_posts(w, who) || sever_some(w, who, follows_at_once_max) == follows_at_once_max ||
      take_back_some_favourites(w, who) || store::forget_some_reading(w, who, rows_at_once_max))
    return true;
  store::forget_own_things(w, who);
  if (closed->closed_at + closed_keys_kept > w.now())
    jobs::add(w, jobs::CloseAccount{who}, closed->closed_at + closed_keys_kept);
  else
    store::delete_signing_key(w, who.value);
  return false;
}

}  // namespace posy::social
