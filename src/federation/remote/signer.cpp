#include "federation/remote/signer.hpp"

#include "federation/inbox/figures.hpp"
#include "federation/remote/actors.hpp"
#include "federation/remote/fetch.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/reading.hpp"
#include "http/url.hpp"
#include "store/remote.hpp"

namespace posy::federation {
namespace {

// A key that does not fit is fetched again so often and no more: wrong signatures cost nothing to make.
constexpr std::chrono::minutes key_fetch_interval{5};
// A stranger's first message costs so many requests: her document, and one more for a key with an address of its own,
// a server that shows documents only to who signs, or a handle that another one has.
constexpr Manners stranger{.requests = 2, .per_host = 2, .strangers = 0, .time = std::chrono::seconds(30)};
constexpr std::string_view no_such_key = "The actor does not have the key that the signature names";

enum class Found { unknown, unreadable, here };

struct LookedUp {
  Found found = Found::unknown;
  KeyCache::Pointer key;
  std::string owner;
  bool is_fresh = false;  // fetched a short time ago
};

Result<crypto::PublicKey> parse_key(store::SignerKey const& key) {
  if (key.kind == store::KeyKind::rsa_pem) {
    auto parsed = crypto::RsaPublicKey::from_pem(key.material);
    if (!parsed) return parsed.error();
    return crypto::PublicKey(std::move(*parsed));
  }
  auto parsed = crypto::Ed25519PublicKey::from_multikey(key.material);
  if (!parsed) return parsed.error();
  return crypto::PublicKey(std::move(*parsed));
}

LookedUp look_up(db::Reader& r, Context& context, std::string const& key_id) {
  auto key = store::find_signer_key(r, key_id);
  if (!key) return {};
  LookedUp out{.found = Found::unreadable, .key = {}, .owner = key->actor};
  out.is_fresh = key->fetched_at && *key->fetched_at > r.now() - key_fetch_interval;
  auto parsed = parse_key(*key);
  if (!parsed) return out;
  out.found = Found::here;
  out.key = std::make_shared<KnownKey const>(KnownKey{key->account, key->actor, std::move(*parsed)});
  context.key_cache.put(key_id, out.key, r.epoch(), context.steady.now());
  return out;
}

Error unreadable() { return {Refusal::unauthorized, "The key that the signature names cannot be read"}; }

// Who has asked for enough may ask again.
Error later_if_enough(Error error) {
  if (error.refusal == Refusal::too_many) error.refusal = Refusal::unavailable;
  return error;
}

// The owner's document: that of the key, or the one that it names, which must list the key itself.
Task<Result<>> fetch_owner(Context& context, std::string address) {
  Errand errand(stranger);
  Task<Result<boost::json::object>> fetching = fetch_document(context, address, &errand, Signing::when_asked);
  Result<boost::json::object> document = co_await std::move(fetching);
  if (!document) co_return later_if_enough(document.error());
  auto owner = read_id(*document, "owner");
  if (owner.empty()) owner = read_id(*document, "controller");
  bool is_key = kind_of(*document) != DocumentKind::actor && is_same_origin(owner, address);
  if (is_key) {
    Task<Result<boost::json::object>> again = fetch_document(context, owner, &errand, Signing::when_asked);
    document = co_await std::move(again);
    if (!document) co_return later_if_enough(document.error());
  }
  Task<Result<FetchedActor>> keeping = keep_fetched(context, std::move(*document), Handle::as_it_says, &errand);
  Result<FetchedActor> kept = co_await std::move(keeping);
  if (!kept) co_return later_if_enough(kept.error());
  co_return Result<>{};
}

struct Leaving {
  Turns& turns;
  std::string host;
  ~Leaving() { turns.leave(host); }
};

// On the loop of the client. `owner` as it was known, or empty.
Task<Result<KnownKey>> fetch_key(Context& context, std::string key_id, std::string owner) {
  if (context.uris.is_ours(key_id)) co_return Error{Refusal::unauthorized, "The key claims to be of this server"};
  // Most keys are a fragment of their owner's id. By the document: anybody can make up any number of fragments.
  auto address = key_id.substr(0, key_id.find('#'));
  auto site = site_of(host_of(address));
  if (site.empty()) co_return Error{Refusal::unauthorized, std::string(no_such_key)};
  Task<FetchOnce::Answer> asking = context.keys_of_others.ask(address, context.steady);
  FetchOnce::Answer turn = co_await std::move(asking);
  auto look = [&](db::Reader& r) { return look_up(r, context, key_id); };
  if (turn.error) {
    // What could not be fetched for one who named another key may be what this one names.
    LookedUp meanwhile = co_await context.db.read(look);
    if (meanwhile.found == Found::here) co_return *meanwhile.key;
    co_return *turn.error;
  }
  if (turn.turn) {
    Task<bool> entering = context.key_turns.enter(site);
    bool has_entered = co_await std::move(entering);
    if (!has_entered) {
      Error busy{Refusal::unavailable, "Too many keys are being fetched"};
      turn.turn->fails(busy);
      co_return busy;
    }
    Leaving leaving{context.key_turns, site};
    Task<Result<>> fetching = fetch_owner(context, owner.empty() ? address : owner);
    Result<> fetched = co_await std::move(fetching);
    if (context.inbox_figures) context.inbox_figures->key_fetched(fetched.has_value());
    if (!fetched) turn.turn->fails(fetched.error());
    if (!fetched) co_return fetched.error();
  }
  LookedUp known = co_await context.db.read(look);
  if (known.found == Found::here) co_return *known.key;
  // It is as it is for a while, whoever names another key of it.
  if (turn.turn && known.found == Found::unknown) turn.turn->fails({Refusal::unauthorized, std::string(no_such_key)});
  if (known.found == Found::unreadable) co_return unreadable();
  co_return Error{Refusal::unauthorized, std::string(no_such_key)};
}

}  // namespace

signatures::Message message_of(Context const& context, http::Request const& request) {
  signatures::Message message;
  message.method = std::string(http::to_string(request.method));
  if (auto base = http::parse_url(context.site.base_url)) {
    message.scheme = base->is_https ? "https" : "http";
    message.authority = base->authority();
  }
  message.target = request.target;
  for (std::size_t i = 0; i < request.headers.size(); ++i)
    message.headers.emplace_back(request.headers.name(i), request.headers.value(i));
  return message;
}

Task<Result<KnownKey>> find_signer(Context& context, signatures::Claim claim) {
  auto cached = context.key_cache.find(claim.key_id, context.steady.now());
  if (cached && signatures::holds(claim, cached->key)) co_return *cached;
  auto look = [&](db::Reader& r) { return look_up(r, context, claim.key_id); };
  LookedUp known = co_await context.db.read(look);
  if (known.found == Found::unreadable) co_return unreadable();
  if (known.key && signatures::holds(claim, known.key->key)) co_return *known.key;
  if (known.key && known.is_fresh) co_return Error{Refusal::unauthorized, "The signature does not hold"};
  Task<Result<KnownKey>> fetching = fetch_key(context, claim.key_id, known.owner);
  Task<Result<KnownKey>> on_client = on_loop(context, std::move(fetching));
  Result<KnownKey> fetched = co_await std::move(on_client);
  if (!fetched || signatures::holds(claim, fetched->key)) co_return fetched;
  co_return Error{Refusal::unauthorized, "The signature does not hold"};
}

Task<Result<KnownKey>> find_key(Context& context, std::string key_id) {
  if (auto cached = context.key_cache.find(key_id, context.steady.now())) co_return *cached;
  auto look = [&](db::Reader& r) { return look_up(r, context, key_id); };
  LookedUp known = co_await context.db.read(look);
  if (known.found == Found::unreadable) co_return unreadable();
  if (known.key) co_return *known.key;
  Task<Result<KnownKey>> fetching = fetch_key(context, std::move(key_id), {});
  Task<Result<KnownKey>> on_client = on_loop(context, std::move(fetching));
  co_return co_await std::move(on_client);
}

}  // namespace posy::federation
