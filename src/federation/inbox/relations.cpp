// Follow, Accept, Reject, Block, and their Undo.
#include "federation/inbox/quotes.hpp"
#include "social/block.hpp"
#include "social/boost.hpp"
#include "social/favourite.hpp"
#include "social/follow.hpp"
#include "social/send.hpp"
#include "store/consent.hpp"
#include "store/relation.hpp"
#include "federation/vocabulary/iri.hpp"

namespace posy::federation {
namespace {

// The person of ours whom an id names, or nothing.
AccountId find_ours(db::Reader& r, Context& context, std::string const& id) {
  if (!context.uris.is_ours(id)) return {};
  auto account = context.uris.find_account(r, id);
  return account ? account->id : AccountId{};
}

// Whose Follow this is: of somebody here, with the one who answers as its object. By what is embedded, or by the id
// that we gave it (federation/outbox).
AccountId find_follower(db::Reader& r, Context& context, Arrived const& arrived) {
  auto const& follow = arrived.activity.object;
  if (!follow.embedded.empty()) {
    auto embedded = read_activity(follow.embedded);
    if (embedded && embedded->type == ActivityType::follow && embedded->object.id == arrived.activity.actor)
      return find_ours(r, context, embedded->actor);
    return {};
  }
  auto fragment = follow.id.find("#follows/");
  if (fragment == follow.id.npos) return {};
  auto number = std::string_view(follow.id).substr(fragment + std::string_view("#follows/").size());
  auto target = parse_id(number.substr(0, number.find('/')));
  if (target != arrived.actor.value) return {};
  return find_ours(r, context, follow.id.substr(0, fragment));
}

// It may come after this, when its own turn was put off.
std::string undo_later(db::Writer& w, Activity const& undone) {
  if (is_same_origin(undone.id, undone.actor)) store::remember_deleted(w, undone.id);
  return "ignored: is not known here";
}

std::string undo(db::Writer& w, Context& context, Arrived const& arrived, Activity const& undone) {
  auto object = undone.object.id;
  auto post = [&] { return context.uris.find_post(w, object); };
  if (is_same_origin(undone.id, undone.actor)) store::allow_again(w, undone.id);
  switch (undone.type) {
    case ActivityType::follow:
      if (auto target = find_ours(w, context, object)) {
        bool const is_known = store::is_following(w, arrived.actor, target) ||
                              store::find_follow_request(w, arrived.actor, target);
        if (!is_known) return undo_later(w, undone);
        social::unfollow(w, arrived.actor, target);
      }
      return std::string(done);
    case ActivityType::block:
      if (auto target = find_ours(w, context, object)) social::unblock(w, arrived.actor, target);
      return std::string(done);
    case ActivityType::like:
    case ActivityType::emoji_react:
      if (auto found = post()) social::unfavourite(w, arrived.actor, found->id);
      return std::string(done);
    case ActivityType::announce:
      if (auto found = post(); found && store::find_boost(w, arrived.actor, found->id))
        social::unboost(w, arrived.actor, found->id);
      else
        return undo_later(w, undone);
      return std::string(done);
    default:
      return "ignored: undoes what nothing was done for";
  }
}

}  // namespace

Task<std::string> receive_follow(Context& context, Arrived const& arrived) {
  auto act = [&](db::Writer& w) -> std::string {
    auto target = find_ours(w, context, arrived.activity.object.id);
    if (!target) return "ignored: follows nobody here";
    if (store::forget_deletion(w, arrived.activity.id)) return std::string(was_undone);
    auto follower = store::find_account(w, arrived.actor);
    bool is_unwanted = follower && store::has_blocked_domain(w, target, follower->domain);
    if (is_unwanted || store::is_blocked_between(w, arrived.actor, target)) {
      social::send_to(w, target, arrived.actor, social::Act::reject_follow, arrived.actor.value);
      return "refused: there is a block";
    }
    social::follow(w, arrived.actor, target, {});
    store::set_follow_uri(w, arrived.actor, target, arrived.activity.id);
    // Also when she followed before: her server asks because it does not know.
    if (store::is_following(w, arrived.actor, target))
      social::send_to(w, target, arrived.actor, social::Act::accept_follow, arrived.actor.value);
    return std::string(done);
  };
  co_return co_await context.db.write(act);
}

Task<std::string> receive_accept(Context& context, Arrived const& arrived) {
  if (answers_quote_request(arrived.activity)) {
    Task<std::string> answering = receive_quote_answer(context, arrived);
    co_return co_await std::move(answering);
  }
  auto act = [&](db::Writer& w) -> std::string {
    auto from = find_follower(w, context, arrived);
    if (!from || !store::find_follow_request(w, from, arrived.actor)) return "ignored: nobody asked";
    social::accept_follow(w, arrived.actor, from);
    return std::string(done);
  };
  co_return co_await context.db.write(act);
}

Task<std::string> receive_reject(Context& context, Arrived const& arrived) {
  if (answers_quote_request(arrived.activity)) {
    Task<std::string> answering = receive_quote_answer(context, arrived);
    co_return co_await std::move(answering);
  }
  auto act = [&](db::Writer& w) -> std::string {
    auto from = find_follower(w, context, arrived);
    if (!from) return "ignored: nobody asked";
    if (store::find_follow_request(w, from, arrived.actor)) social::reject_follow(w, arrived.actor, from);
    social::remove_follower(w, arrived.actor, from);
    return std::string(done);
  };
  co_return co_await context.db.write(act);
}

Task<std::string> receive_block(Context& context, Arrived const& arrived) {
  auto act = [&](db::Writer& w) -> std::string {
    auto target = find_ours(w, context, arrived.activity.object.id);
    if (!target) return "ignored: blocks nobody here";
    social::block(w, arrived.actor, target);
    return std::string(done);
  };
  co_return co_await context.db.write(act);
}

Task<std::string> receive_undo(Context& context, Arrived const& arrived) {
  auto const& object = arrived.activity.object;
  if (object.embedded.empty()) co_return "ignored: does not say what it undoes";
  auto undone = read_activity(object.embedded).value();
  if (undone.actor != arrived.activity.actor) refuse(Refusal::forbidden, "Only who did it can undo it");
  auto act = [&](db::Writer& w) { return undo(w, context, arrived, undone); };
  co_return co_await context.db.write(act);
}

}  // namespace posy::federation
