#include "federation/inbox/act.hpp"

#include "federation/inbox/acts.hpp"
#include "federation/vocabulary/iri.hpp"

namespace posy::federation {

Task<std::string> act_on(Context& context, boost::json::object document) {
  Arrived arrived;
  arrived.activity = read_activity(document).value();
  // It may have come before the rule.
  if (context.rules.rule_for(host_of(arrived.activity.actor)).is_suspended())
    co_return "ignored: its server is suspended here";
  // Who deletes her account cannot be fetched any more.
  bool deletes = arrived.activity.type == ActivityType::delete_;
  auto freshness = deletes ? Freshness::known : Freshness::recent;
  Task<Result<AccountId>> finding = find_actor(context, arrived.activity.actor, freshness);
  Result<AccountId> actor = co_await std::move(finding);
  arrived.actor = actor.value();
  auto is_suspended = [&](db::Reader& r) {
    auto account = store::find_account(r, arrived.actor);
    return !account || account->suspended_at.has_value();
  };
  bool suspended = co_await context.db.read(is_suspended);
  if (suspended) co_return "ignored: its actor is suspended here";

  Task<std::string> acting;
  switch (arrived.activity.type) {
    case ActivityType::create: acting = receive_create(context, arrived); break;
    case ActivityType::update: acting = receive_update(context, arrived); break;
    case ActivityType::delete_: acting = receive_delete(context, arrived); break;
    case ActivityType::announce: acting = receive_announce(context, arrived); break;
    case ActivityType::like:
    case ActivityType::emoji_react: acting = receive_like(context, arrived); break;
    case ActivityType::follow: acting = receive_follow(context, arrived); break;
    case ActivityType::accept: acting = receive_accept(context, arrived); break;
    case ActivityType::reject: acting = receive_reject(context, arrived); break;
    case ActivityType::block: acting = receive_block(context, arrived); break;
    case ActivityType::quote_request: acting = receive_quote_request(context, arrived); break;
    case ActivityType::move: acting = receive_move(context, arrived); break;
    case ActivityType::flag: acting = receive_flag(context, arrived); break;
    case ActivityType::undo: acting = receive_undo(context, arrived); break;
    case ActivityType::add: acting = receive_add(context, arrived); break;
    case ActivityType::remove: acting = receive_remove(context, arrived); break;
    default: co_return "ignored: of a type that nothing is done for";
  }
  co_return co_await std::move(acting);
}

}  // namespace posy::federation
