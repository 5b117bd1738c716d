#include "federation/move_requests.hpp"

#include <boost/asio/detached.hpp>

#include "base/log.hpp"
#include "federation/remote/actors.hpp"
#include "federation/vocabulary/iri.hpp"
#include "jobs/queue.hpp"
#include "social/follow.hpp"
#include "social/move.hpp"

namespace posy::federation {
namespace {

using store::MoveRequest;
using store::MoveRequestKind;
using store::MoveRequestState;

// After this time somebody else takes up what was begun; asking takes seconds.
constexpr std::chrono::minutes taken_for{3};
// What was asked for long ago is not done all of a sudden.
constexpr std::chrono::hours age_max{1};

// The account as its server shows it now: "alice@a.example", with or without an @ before it, or an address.
Task<Result<AccountId>> find_there(Context& context, std::string what) {
  if (!is_iri(what)) {
    if (what.starts_with('@')) what.erase(0, 1);
    Task<Result<AccountId>> asking = find_handle(context, std::move(what));
    Result<AccountId> found = co_await std::move(asking);
    if (!found) co_return found;
    auto load = [&](db::Reader& r) { return store::find_account(r, *found); };
    std::optional<store::Account> account = co_await context.db.read(load);
    if (!account || account->is_local()) co_return found;
    what = *account->uri;
  }
  Task<Result<AccountId>> finding = find_actor(context, std::move(what), Freshness::now, Alias::allowed);
  co_return co_await std::move(finding);
}

void act(db::Writer& w, Context& context, MoveRequest const& request, AccountId found) {
  auto who = social::load_account(w, request.account), there = social::load_account(w, found);
  if (who.id == there.id) refuse(Refusal::unprocessable, "This is the account itself");
  auto uri = context.uris.actor(there);
  if (request.kind == MoveRequestKind::alias) return social::add_alias(w, who.id, uri);
  if (!store::is_known_as(w, there, context.uris.actor(who)))
    refuse(Refusal::unprocessable,
           fmt::format("{} does not name {} among its aliases. Add the alias there first.", uri,
                       context.uris.actor(who)));
  social::begin_move(w, who, there).value();
}

Task<> perform(Context& context, MoveRequest const& request) {
  Task<Result<AccountId>> finding = find_there(context, request.target);
  Result<AccountId> found = co_await std::move(finding);
  if (!found) refuse(found.error().refusal, fmt::format("{}: {}", request.target, found.error().message));
  auto write = [&](db::Writer& w) {
    act(w, context, request, *found);
    store::finish_move_request(w, request.id, MoveRequestState::done, "");
    jobs::cancel(w, jobs::AskToMove{request.id});
  };
  co_await context.db.write(write);
}

// The top of a coroutine of its own: what goes wrong is told to whoever asked.
Task<> run(Context& context, MoveRequest request) {
  std::string why;
  try {
    Task<> performing = perform(context, request);
    co_await std::move(performing);
    co_return;
  } catch (Refused const& refused) {
    why = refused.error().message;
  } catch (std::exception const& error) {
    log::error("request {} of account {}: {}", request.id.value, request.account.value, error.what());
    co_return;  // the job comes again
  }
  try {
    auto write = [&](db::Writer& w) {
      store::finish_move_request(w, request.id, MoveRequestState::refused, why);
      jobs::cancel(w, jobs::AskToMove{request.id});
    };
    co_await context.db.write(write);
  } catch (std::exception const& error) {
    log::error("request {} of account {}: {}", request.id.value, request.account.value, error.what());
  }
}

}  // namespace

void start_move_request(Context& context, RowId id) {
  auto take = [&](db::Writer& w) -> std::optional<MoveRequest> {
    auto request = store::find_move_request(w, id);
    if (!request || !store::take_move_request(w, id)) return {};
    if (request->created_at < w.now() - age_max) {
      store::finish_move_request(w, id, MoveRequestState::refused, "It could not be done in time");
      return {};
    }
    jobs::add(w, jobs::AskToMove{id}, w.now() + taken_for);
    return request;
  };
  auto request = context.db.write_now(take);
  if (request) boost::asio::co_spawn(context.client.executor(), run(context, *request), boost::asio::detached);
}

}  // namespace posy::federation
