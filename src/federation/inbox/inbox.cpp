#include "federation/inbox/inbox.hpp"

#include "federation/inbox/act.hpp"
#include "federation/remote/actors.hpp"
#include "federation/remote/signer.hpp"
#include "federation/remote/synchronise.hpp"
#include "federation/signatures/proof.hpp"
#include "federation/signatures/verify.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "json/parse.hpp"

namespace posy::federation {
namespace {

using store::Received;

constexpr Milliseconds backlog_interval = std::chrono::seconds(5);
constexpr int synchronising_max = 16;  // servers whose lists of followers are looked at, at a time
constexpr int attempts_max = 8;
constexpr Milliseconds first_delay = std::chrono::seconds(30);
constexpr Milliseconds cleaning_interval = std::chrono::minutes(5);

http::Response refused(unsigned status, std::string_view why) { return http::error(status, why); }

http::Response try_later(std::string_view why) {
  auto response = refused(503, why);
  response.headers.set("Retry-After", "120");
  return response;
}

// This runs on another loop than the request, and so owns what it looks at.
// A document that somebody else passed on, signed by its author within itself (FEP-8b32).
Task<Result<>> check_proof(Context& context, boost::json::object document, std::string actor) {
  if (!signatures::has_proof(document))
    co_return Error{Refusal::unauthorized, "The signature is not of the actor, and there is no proof"};
  auto claim = signatures::read_proof(document, context.clock.now());
  if (!claim) co_return claim.error();
  Task<Result<KnownKey>> finding = find_key(context, claim->verification_method, Freshness::known);
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

std::string outcome_of(Refused const& refused) { return "refused: " + refused.error().message; }

Task<> work(Context& context, Received received) {
  // It waited so long in its lane that somebody else may have taken it.
  bool is_late = received.run_at && *received.run_at < context.clock.now();
  std::string outcome;
  bool again = false;
  try {
    if (is_late) {
      auto uncount = [&](db::Writer& w) { store::uncount_attempt(w, received.id); };
      co_await context.db.write(uncount);
      co_return;
    }
    auto document = json::parse(received.body);
    if (!document || !document->is_object()) refuse(Refusal::unprocessable, "What was kept is no JSON object");
    Task<std::string> acting = act_on(context, std::move(document->as_object()));
    outcome = co_await std::move(acting);
  } catch (Refused const& refused) {
    outcome = outcome_of(refused);
    again = refused.error().refusal == Refusal::unavailable;
  } catch (std::exception const& error) {
    outcome = error.what();
    again = true;
    log::error("activity {}: {}", received.activity, error.what());
  }
  log::debug("activity {}: {}", received.activity, outcome);
  bool is_over = !again || received.attempts >= attempts_max;
  try {
    auto keep = [&](db::Writer& w) {
      if (is_over) return store::finish_received(w, received.id, outcome);
      store::put_received_back(w, received.id, w.now() + first_delay * (1 << received.attempts), outcome);
    };
    co_await context.db.write(keep);
  } catch (std::exception const& error) {
    log::error("activity {}: {}", received.activity, error.what());  // it is due again when its lease ends
  }
}

// Counted anew every few seconds, as other processes add and work off too; between that what is added here.
Task<bool> is_full(Context& context) {
  auto now = context.clock.now();
  auto counted_at = context.backlog_counted_at.load();
  bool is_stale = now - counted_at > backlog_interval;
  if (is_stale && context.backlog_counted_at.compare_exchange_strong(counted_at, now)) {
    auto count = [](db::Reader& r) { return store::count_received_waiting(r, static_cast<int>(backlog_max)); };
    context.backlog = co_await context.db.read(count);
  }
  co_return context.backlog >= backlog_max;
}

}  // namespace

bool Seen::add(std::string const& key, Time until, Time now) {
  std::lock_guard lock(mutex_);
  if (now - cleaned_ > cleaning_interval) {
    std::erase_if(until_, [&](auto const& entry) { return entry.second < now; });
    cleaned_ = now;
  }
  if (until_.size() >= entries_max) return true;
  return until_.emplace(key, until).second;
}

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
  Task<Result<KnownKey>> on_client = on_loop(context, std::move(looking));
  Result<KnownKey> signer = co_await std::move(on_client);
  // An account that was deleted cannot be asked for its key. Whoever is not known here has left nothing to delete.
  bool deletes_itself = activity->type == ActivityType::delete_ && activity->object.id == activity->actor;
  if (deletes_itself && is_gone(signer)) co_return http::empty(202);
  if (!signer && signer.error().refusal == Refusal::unavailable) co_return try_later("The key cannot be fetched now");
  if (!signer) co_return refused(401, signer.error().message);
  if (!seen.add(claim->replay_key, claim->replayable_until, context.clock.now()))
    co_return refused(401, "This request was sent before");
  if (signer->actor != activity->actor) {
    Task<Result<>> checking = check_proof(context, document->as_object(), activity->actor);
    Task<Result<>> checking_there = on_loop(context, std::move(checking));
    Result<> proven = co_await std::move(checking_there);
    if (!proven) co_return refused(401, proven.error().message);
  }

  auto keep = [&](db::Writer& w) {
    return store::keep_received(w, Received{.id = w.make_id<RowId>(),
                                            .activity = activity->id,
                                            .actor = activity->actor,
                                            .body = request.body,
                                            .received_at = w.now(),
                                            .run_at = w.now()});
  };
  Task<bool> asking = is_full(context);
  bool full = co_await std::move(asking);
  if (full) co_return try_later("Too much is waiting. Please try again later.");
  bool is_new = co_await context.db.write(keep);
  if (is_new) ++context.backlog;
  wake();
  hear_of_followers(context, request, *claim, signer->actor);
  co_return http::empty(202);
}

std::shared_ptr<Pump<Received>> make_inbox(Context& context) {
  Pump<Received>::Source source;
  source.name = "inbox";
  source.next = store::next_received;
  source.take = take_from(context.db, store::take_received, lease);
  source.key = [](Received const& received) { return host_of(received.actor); };
  source.work = [&context](Received received) { return work(context, std::move(received)); };
  return std::make_shared<Pump<Received>>(context.client.executor(), context.db, std::move(source));
}

}  // namespace posy::federation
