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

// What is asked of an activity before it is kept. The tree that was read takes several times the memory of its text, and
// anybody can have us wait for a key: it does not wait with us.
struct Facts {
  std::string id, actor;
  bool deletes_itself = false;
  store::ReceivedLane lane{};
};

Result<Facts> read_facts(Uris const& uris, std::string_view body) {
  auto document = json::parse(body);
  if (!document) return document.error();
  if (!document->is_object()) return Error{Refusal::bad_request, "The document is no JSON object"};
  auto activity = read_activity(document->as_object());
  if (!activity) return activity.error();
  if (activity->id.empty() || !is_same_origin(activity->id, activity->actor))
    return Error{Refusal::bad_request, "The activity's id is not of its actor's server"};
  return Facts{.id = activity->id,
               .actor = activity->actor,
               .deletes_itself = activity->type == ActivityType::delete_ && activity->object.id == activity->actor,
               .lane = lane_of(uris, *activity)};
}

// A document that somebody else passed on, signed by its author within itself (FEP-8b32).
Task<Result<>> check_proof(Context& context, std::string const& body, std::string actor) {
  auto const document = json::parse(body).value().as_object();  // read before
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
  auto look = [&](db::Reader& r) {
    auto account = context.uris.find_account(r, actor);
    return account && !account->suspended_at;  // else it was done
  };
  co_return co_await context.db.read(look);
}

// Counted anew every few seconds, as other processes add and work off too; between that what is added here.
Task<bool> is_full(Context& context) {
  auto now = context.steady.now();
  auto counted_at = context.backlog_counted_at.load();
  bool is_stale = now - counted_at > backlog_interval;
  if (is_stale && context.backlog_counted_at.compare_exchange_strong(counted_at, now)) {
    auto count = [](db::Reader& r) { return store::weigh_received_waiting(r); };
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
  auto facts = read_facts(context.uris, request.body);
  if (!facts) co_return refused(400, facts.error().message);
  if (context.uris.is_ours(facts->actor)) co_return refused(403, "The actor claims to be of this server");

  if (is_shut_out(context, facts->actor)) co_return refused(403, "This server does not speak with yours");
  auto claim = signatures::read_claim(message_of(context, request), request.body, context.clock.now());
  if (!claim) co_return refused(401, claim.error().message);
  // Also what such a server passes on for others.
  if (is_shut_out(context, claim->key_id)) co_return refused(403, "This server does not speak with yours");
  Task<Result<KnownKey>> looking = find_signer(context, *claim);
  Result<KnownKey> signer = co_await std::move(looking);
  // An account that was deleted cannot be asked for its key. Whoever is not known here has left nothing to delete.
  bool is_gone_indeed = false;
  if (facts->deletes_itself && is_gone(signer)) {
    // It is her own document that is gone, not one that somebody else there has made up.
    bool const is_hers = claim->key_id.substr(0, claim->key_id.find('#')) == facts->actor;
    Task<bool> looking_up = is_known_and_gone(context, signer, facts->actor);
    is_gone_indeed = is_hers && co_await std::move(looking_up);
    if (!is_gone_indeed) co_return http::empty(202);
  }
  if (!signer && signer.error().refusal == Refusal::unavailable) co_return try_later("The key cannot be fetched now");
  if (!signer && !is_gone_indeed) co_return refused(401, signer.error().message);
  // Who signed answers for it, also for what she passes on.
  auto const who_signed = signer ? signer->actor : facts->actor;
  auto host = host_of(who_signed);
  auto now = context.clock.now();
  if (who_signed != facts->actor) {
    Task<Result<>> checking = check_proof(context, request.body, facts->actor);
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
  auto const weight = store::weight_of(request.body.size());
  Task<bool> keeping = context.keeper.keep({.activity = facts->id,
                                            .actor = facts->actor,
                                            .body = request.body,
                                            .host = host,
                                            .lane = facts->lane,
                                            .weight = weight});
  bool is_new = co_await std::move(keeping);
  taking.is_kept = true;
  if (is_new) context.backlog += weight;
  wake();
  if (signer) hear_of_followers(context, request, *claim, who_signed);
  co_return http::empty(202);
}

}  // namespace posy::federation
