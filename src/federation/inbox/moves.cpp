// Move (FEP-7628, sent by the old account). Nobody is sent about by one word: the old account's own document must
// say where it went, and the new one's must name the old; both are fetched for that.
#include "federation/inbox/acts.hpp"
#include "social/move.hpp"

namespace posy::federation {
namespace {

// Whether anybody here follows, blocks or mutes her: else nothing would come of it.
bool concerns_us(db::Reader& r, AccountId account) {
  return r
      .find<int>(R"sql(
          select 1 where (select 1 from follow where target = $1 and by_local = 1 limit 1) is not null
             or (select 1 from block where target = $1 limit 1) is not null
             or (select 1 from mute where target = $1 limit 1) is not null
      )sql",
                 account)
      .has_value();
}

bool has_moved_lately(db::Reader& r, AccountId account) {
  auto move = store::find_move(r, account);
  return move && move->begun_at > r.now() - social::move_interval_elsewhere;
}

}  // namespace

Task<std::string> receive_move(Context& context, Arrived const& arrived) {
  auto const& old_id = arrived.activity.actor;
  auto const& new_id = arrived.activity.target.id;
  if (arrived.activity.object.id != old_id) refuse(Refusal::forbidden, "Only she herself can move");
  if (new_id.empty() || new_id == old_id) refuse(Refusal::unprocessable, "It does not say where to");
  // Before anything is fetched.
  auto ask = [&](db::Reader& r) -> std::string {
    if (!concerns_us(r, arrived.actor)) return "ignored: concerns nobody here";
    return has_moved_lately(r, arrived.actor) ? "ignored: has moved lately" : "";
  };
  std::string idle = co_await context.db.read(ask);
  if (!idle.empty()) co_return idle;

  Task<Result<AccountId>> finding = find_actor(context, new_id, Freshness::now);
  Result<AccountId> found = co_await std::move(finding);
  AccountId target = found.value();
  Task<Result<AccountId>> refreshing = find_actor(context, old_id, Freshness::now);
  Result<AccountId> refreshed = co_await std::move(refreshing);
  refreshed.value();

  auto act = [&](db::Writer& w) -> std::string {
    auto from = store::find_account(w, arrived.actor), to = store::find_account(w, target);
    if (!from || !to || to->suspended_at) return "ignored: the new account is not there";
    if (!store::is_known_as(w, *to, old_id)) return "refused: the new account does not name the old one";
    auto remote = store::find_remote(w, from->id);
    // Some servers tell of a move before their documents show it.
    if (!remote || remote->moved_uri.empty())
      refuse(Refusal::unavailable, "The old account does not say that it has moved");
    if (remote->moved_uri != new_id) return "refused: the old account says that it moved elsewhere";
    social::begin_move(w, *from, *to).value();
    return std::string(done);
  };
  co_return co_await context.db.write(act);
}

}  // namespace posy::federation
