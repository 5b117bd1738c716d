#include "federation/inbox/act.hpp"

#include "federation/inbox/acts.hpp"
#include "federation/vocabulary/iri.hpp"

namespace posy::federation {
namespace {

struct Sender {
  AccountId account;
  bool is_suspended = false;
  bool is_stranger = false;
};

Sender look_up(db::Reader& r, Context& context, std::string const& id) {
  auto account = context.uris.find_account(r, id);
  if (!account) return {};
  auto remote = store::find_remote(r, account->id);
  return {account->id, account->suspended_at.has_value(), remote && !remote->handle_checked};
}

}  // namespace

Task<std::string> act_on(Context& context, boost::json::object document) {
  Arrived arrived;
  arrived.activity = read_activity(document).value();
  // It may have come before the rule.
  if (context.rules.rule_for(host_of(arrived.activity.actor)).is_suspended())
    co_return "ignored: its server is suspended here";
  auto look = [&](db::Reader& r) { return look_up(r, context, arrived.activity.actor); };
  Sender sender = co_await context.db.read(look);
  if (!sender.account) {
    Task<Result<AccountId>> finding = find_actor(context, arrived.activity.actor);
    Result<AccountId> found = co_await std::move(finding);
    found.value();
    sender = co_await context.db.read(look);
  }
  arrived.actor = sender.account;
  arrived.is_stranger = sender.is_stranger;
  if (!sender.account || sender.is_suspended) co_return "ignored: its actor is suspended here";

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
