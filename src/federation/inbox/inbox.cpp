#include "federation/inbox/inbox.hpp"

#include "base/log.hpp"
#include "federation/inbox/lane.hpp"
#include "federation/remote/signer.hpp"
#include "federation/remote/synchronise.hpp"
#include "federation/signatures/proof.hpp"
#include "federation/signatures/verify.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "json/parse.hpp"
#include "social/clean_up.hpp"

namespace posy::federation {
namespace {

constexpr Milliseconds backlog_interval = std::chrono::seconds(5);
constexpr int synchronising_max = 16;  // servers whose lists of followers are looked at, at a time
constexpr std::chrono::days proof_age_max{6};
static_assert(proof_age_max < social::received_kept && proof_age_max < social::deleted_kept);
constexpr std::chrono::hours clock_difference_max{1};
constexpr std::string_view when_full = "120";  // seconds

http::Response refused(unsigned status, std::string_view why) { return http::error(status, why); }

http::Response try_later(std::string_view why) {
  auto response = refused(503, why);
  response.headers.set("Retry-After", when_full);
  return response;
}

http::Response too_many(std::chrono::seconds later) {
  auto response = refused(429, "Your server has sent too much. Please try again later.");
  response.headers.set("Retry-After", std::to_string(later.count()));
  return response;
}

// A document that somebody else passed on, signed by its author within itself (FEP-8b32).
Task<Result<>> check_proof(Context& context, boost::json::object document, std::string actor) {
  if (!signatures::has_proof(document))
    co_return Error{Refusal::unauthorized, "The signature is not of the actor, and there is no proof"};
  auto claim = signatures::read_proof(document, context.clock.now());
  if (!claim) co_return claim.error();
  // While the ids of what was done and of what was deleted are remembered.
  auto const now = context.clock.now();
  if (!claim->created || *claim->created < now - proof_age_max || *claim->created > now + clock_difference_max)
    co_return Error{Refusal::unauthorized, "The proof is too old, or does not say when it was made"};
  Task<Result<KnownKey>> finding = find_key(context, claim->verification_method);
  Result<KnownKey> key = co_await std::move(finding);
  if (!key) co_return key.error();
  auto const* ed25519 = std::get_if<crypto::Ed25519PublicKey>(&key->key);
  if (key->actor != actor || !ed25519 || !signatures::proof_holds(document, *ed25519))
    co_return Error{Refusal::unauthorized, "The proof does not hold"};
  co_return Result<>{};
}

bool is_shut_out(Context const& context, std::string_view id) {
  return context.rules.rule_for(host_of(id)).is_suspended();
}

// What the sender says of her followers here; acted on beside what she sent.
Task<> synchronise_safely(Context& context, std::string actor, Synchronisation said) {
  try {
    Task<> synchronising = synchronise(context, std::move(actor), std::move(said));
    co_await std::move(synchronising);
  } catch (std::exception const& error) {
    log::error("comparing followers: {}", error.what());
  }
  --context.synchronising;
}

void hear_of_followers(Context& context, http::Request const& request, signatures::Claim const& claim,
                       std::string const& actor) {
  auto header = request.headers.find(synchronisation_header);
  if (!header || !covers_synchronisation(claim, *header)) return;
  auto said = read_synchronisation(*header);
  if (!said) return;
  // There will be another time.
  if (++context.synchronising > synchronising_max) {
    --context.synchronising;
    return;
  }
  boost::asio::co_spawn(context.client.executor(), synchronise_safely(context, actor, std::move(*said)),
                        boost::asio::detached);
}

bool is_gone(Result<KnownKey> const& signer) {
  if (signer) return false;
  auto refusal = signer.error().refusal;
  return refusal == Refusal::gone || refusal == Refusal::not_found;
}

// Somebody whose key was another one when she was last looked at. That she is gone, her server says itself.
Task<bool> is_known_and_gone(Context& context, Result<KnownKey> const& signer, std::string actor) {
  if (signer.error().refusal != Refusal::gone) co_return false;
  auto look = [&](db::Reader& r) { return context.uris.find_account(r, actor).has_value(); };
  co_return co_await context.db.read(look);
}

// Counted anew every few seconds, as other processes add and work off too; between that what is added here.
Task<bool> is_full(Context& context) {
  auto now = context.steady.now();
  auto counted_at = context.backlog_counted_at.load();
  bool is_stale = now - counted_at > backlog_interval;
  if (is_stale && context.backlog_counted_at.compare_exchange_strong(counted_at, now)) {
    auto count = [](db::Reader& r) { return store::count_received_waiting(r); };
    context.backlog = co_await context.db.read(count);
  }
  co_return context.backlog >= Budgets::backlog_max;
}

// What could not be kept, as the disk is full perhaps, may be sent again as it is.
struct Taking {
  Seen& seen;
  std::string key;
  bool is_kept = false;
  ~Taking() {
    if (!is_kept) seen.remove(key);
  }
};

}  // namespace

Task<http::Response> accept_activity(Context& context, Seen& seen, http::Request const& request,
                                     std::function<void()> wake) {
  auto type = request.headers.find("Content-Type").value_or("");
  if (!is_activity_media_type(type)) co_return refused(415, "Only ActivityStreams documents are taken here");
  auto document = json::parse(request.body);
  if (!document) co_return refused(400, document.error().message);
  if (!document->is_object()) co_return refused(400, "The document is no JSON object");
  auto activity = read_activity(document->as_object());
  if (!activity) co_return refused(400, activity.error().message);
  if (activity->id.empty() || !is_same_origin(activity->id, activity->actor))
    co_return refused(400, "The activity's id is not of its actor's server");
  if (context.uris.is_ours(activity->actor)) co_return refused(403, "The actor claims to be of this server");

  if (is_shut_out(context, activity->actor)) co_return refused(403, "This server does not speak with yours");
  auto claim = signatures::read_claim(message_of(context, request), request.body, context.clock.now());
  if (!claim) co_return refused(401, claim.error().message);
  // Also what such a server passes on for others.
  if (is_shut_out(context, claim->key_id)) co_return refused(403, "This server does not speak with yours");
  Task<Result<KnownKey>> looking = find_signer(context, *claim);
  Result<KnownKey> signer = co_await std::move(looking);
  // An account that was deleted cannot be asked for its key. Whoever is not known here has left nothing to delete.
  bool deletes_itself = activity->type == ActivityType::delete_ && activity->object.id == activity->actor;
  if (deletes_itself && is_gone(signer)) {
    Task<bool> asking = is_known_and_gone(context, signer, activity->actor);
    bool const is_known = co_await std::move(asking);
    if (!is_known || host_of(claim->key_id) != host_of(activity->actor)) co_return http::empty(202);
    co_await context.keeper.keep({.activity = activity->id,
                                  .actor = activity->actor,
                                  .body = request.body,
                                  .host = host_of(activity->actor),
                                  .lane = store::ReceivedLane::others});
    wake();
    co_return http::empty(202);
  }
  if (!signer && signer.error().refusal == Refusal::unavailable) co_return try_later("The key cannot be fetched now");
  if (!signer) co_return refused(401, signer.error().message);
  // Who signed answers for it, also for what she passes on.
  auto host = host_of(signer->actor);
  auto now = context.clock.now();
  if (signer->actor != activity->actor) {
    Task<Result<>> checking = check_proof(context, document->as_object(), activity->actor);
    Result<> proven = co_await std::move(checking);
    if (!proven) co_return refused(401, proven.error().message);
  }

  Task<bool> asking = is_full(context);
  bool full = co_await std::move(asking);
  if (full) co_return try_later("Too much is waiting. Please try again later.");
  if (auto later = context.budgets.refuse(host, context.backlog, context.steady.now())) co_return too_many(*later);
  // Who is told to come later may come with the same request.
  if (!seen.add(host, claim->replay_key, claim->replayable_until, now))
    co_return refused(401, "This request was sent before");
  Taking taking{seen, claim->replay_key};
  Task<bool> keeping = context.keeper.keep({.activity = activity->id,
                                            .actor = activity->actor,
                                            .body = request.body,
                                            .host = host,
                                            .lane = lane_of(context.uris, *activity)});
  bool is_new = co_await std::move(keeping);
  taking.is_kept = true;
  if (is_new) ++context.backlog;
  wake();
  hear_of_followers(context, request, *claim, signer->actor);
  co_return http::empty(202);
}

}  // namespace posy::federation
