#include "federation/delivery/delivery.hpp"

#include <random>

#include "federation/remote/synchronise.hpp"
#include "federation/signatures/sign.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "http/url.hpp"
#include "jobs/queue.hpp"

namespace posy::federation {
namespace {

using store::Delivery;
using store::Peer;
using store::SignatureForm;

constexpr Milliseconds age_max = std::chrono::days(7);
constexpr Milliseconds first_delay = std::chrono::seconds(30);
constexpr Milliseconds longest_delay = std::chrono::hours(12);
constexpr int doublings_max = 12;
constexpr int refused_attempts_max = 5;
constexpr int failures_before_rest = 3;  // of a host, one after another

enum class Outcome { delivered, later, never, interrupted };

struct Attempt {
  Outcome outcome = Outcome::later;
  std::string error;
  bool host_answers = false;
  SignatureForm form = SignatureForm::unknown;  // the one that was taken
};

// A delivery with all that is needed to send it.
struct Loaded {
  std::optional<store::Outgoing> outgoing;
  std::shared_ptr<Signer const> signer;
  Peer peer;
  std::optional<std::string> synchronisation;  // header of that name
};

Loaded load(db::Reader& r, Context& context, Delivery const& delivery) {
  Loaded out{.outgoing = store::find_outgoing(r, delivery.outgoing), .signer = nullptr, .peer = {}, .synchronisation = {}};
  out.peer = store::find_peer(r, delivery.host).value_or(Peer{.host = delivery.host});
  if (!out.outgoing) return out;
  auto owner = out.outgoing->sender;
  if (owner == store::server_owner) {
    out.signer = context.keys.find(r, owner, context.uris.server_actor());
  } else if (auto account = store::find_account(r, AccountId{owner})) {
    out.signer = context.keys.find(r, owner, context.uris.actor(*account));
    out.synchronisation = synchronisation_for(r, context, *account, out.outgoing->body, delivery.inbox);
  }
  return out;
}

Task<http::SendResult<http::Incoming>> post(Context& context, Loaded const& loaded, std::string inbox,
                                            signatures::Form form) {
  http::Outgoing outgoing{.method = http::Method::post, .url = std::move(inbox), .body = loaded.outgoing->body};
  outgoing.headers.set("Content-Type", activity_json);
  outgoing.follow_redirects = false;
  if (auto url = http::parse_url(outgoing.url)) {
    signatures::Message message{.method = "POST",
                                .scheme = url->is_https ? "https" : "http",
                                .authority = url->authority(),
                                .target = url->target};
    message.headers.emplace_back("Content-Type", activity_json);
    if (loaded.synchronisation) {
      message.headers.emplace_back(synchronisation_header, *loaded.synchronisation);
      outgoing.headers.set(synchronisation_header, *loaded.synchronisation);
    }
    for (auto const& [name, value] : signatures::sign(form, message, outgoing.body, loaded.signer->rsa_id,
                                                      loaded.signer->rsa, context.clock.now()))
      outgoing.headers.set(name, value);
  }
  auto sending = context.client.send(std::move(outgoing));
  co_return co_await std::move(sending);
}

Attempt judge(http::SendResult<http::Incoming> const& answer, int attempts) {
  if (!answer) {
    auto failure = answer.error().failure;
    auto outcome = failure == http::Failure::bad_url   ? Outcome::never
                   : failure == http::Failure::stopped ? Outcome::interrupted
                                                       : Outcome::later;
    return {outcome, answer.error().message};
  }
  auto status = answer->status;
  Attempt out{.outcome = Outcome::later, .error = fmt::format("answered with {}", status), .host_answers = true};
  if (status >= 200 && status < 300) out.outcome = Outcome::delivered;
  else if (status == 408 || status == 429 || status >= 500) out.outcome = Outcome::later;
  // Perhaps it could not fetch our key just now.
  else if ((status == 401 || status == 403) && attempts < refused_attempts_max) out.outcome = Outcome::later;
  else out.outcome = Outcome::never;
  if (status >= 500) out.host_answers = false;
  return out;
}

// In the form that the host is known to take; when that is not known, or no longer true, in the other one too.
Task<Attempt> attempt(Context& context, Loaded const& loaded, std::string const& inbox, int attempts) {
  bool new_first = loaded.peer.signature == SignatureForm::rfc9421;
  signatures::Form forms[] = {new_first ? signatures::Form::rfc9421 : signatures::Form::cavage,
                              new_first ? signatures::Form::cavage : signatures::Form::rfc9421};
  Attempt last;
  for (auto form : forms) {
    auto posting = post(context, loaded, inbox, form);
    auto answer = co_await std::move(posting);
    last = judge(answer, attempts);
    if (last.outcome == Outcome::delivered)
      last.form = form == signatures::Form::cavage ? SignatureForm::cavage : SignatureForm::rfc9421;
    if (!answer || answer->status != 401) break;
  }
  co_return last;
}

Milliseconds jittered(Milliseconds delay) {
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<std::int64_t> spread(delay.count() * 3 / 4, delay.count() * 5 / 4);
  return Milliseconds{spread(random)};
}

void record_peer(db::Writer& w, Peer peer, Attempt const& attempt) {
  Peer const before = peer;
  if (attempt.host_answers) {
    peer.failures = 0;
    peer.failed_since = peer.retry_at = std::nullopt;
    if (attempt.form != SignatureForm::unknown) peer.signature = attempt.form;
  } else {
    ++peer.failures;
    if (!peer.failed_since) peer.failed_since = w.now();
    int beyond = peer.failures - failures_before_rest;
    if (beyond >= 0)
      peer.retry_at = w.now() + jittered(std::min(longest_delay, first_delay * (1 << std::min(beyond, doublings_max))));
  }
  bool same = before.failures == peer.failures && before.signature == peer.signature && before.retry_at == peer.retry_at;
  if (!same) store::put_peer(w, peer);
}

void record(db::Writer& w, Delivery const& delivery, Loaded const& loaded, Attempt const& attempt) {
  // This server is being stopped: that says nothing of the other one.
  if (attempt.outcome == Outcome::interrupted) return store::put_delivery_back(w, delivery, w.now(), delivery.error);
  record_peer(w, loaded.peer, attempt);
  if (attempt.outcome != Outcome::later) return store::finish_delivery(w, delivery);
  auto delay = delay_after(delivery.attempts, w.now() - loaded.outgoing->created_at);
  if (!delay) return store::finish_delivery(w, delivery);
  store::put_delivery_back(w, delivery, w.now() + jittered(*delay), attempt.error);
}

Task<> deliver(Context& context, Delivery delivery) {
  auto look = [&](db::Reader& r) { return load(r, context, delivery); };
  Loaded loaded = co_await context.db.read(look);
  auto now = context.clock.now();
  if (!loaded.outgoing) {
    auto drop = [&](db::Writer& w) { store::finish_delivery(w, delivery); };
    co_await context.db.write(drop);
    co_return;
  }
  bool rests = loaded.peer.retry_at && *loaded.peer.retry_at > now;
  if (!loaded.signer || rests) {
    auto wait = [&](db::Writer& w) {
      if (!loaded.signer) jobs::add(w, jobs::MakeKeys{AccountId{loaded.outgoing->sender}}, w.now());
      store::put_delivery_back(w, delivery, rests ? *loaded.peer.retry_at : w.now() + std::chrono::seconds(5),
                               delivery.error);
    };
    co_await context.db.write(wait);
    co_return;
  }
  Task<Attempt> attempting = attempt(context, loaded, delivery.inbox, delivery.attempts);
  Attempt outcome = co_await std::move(attempting);
  if (outcome.outcome != Outcome::delivered) log::debug("delivery to {}: {}", delivery.inbox, outcome.error);
  auto keep = [&](db::Writer& w) { record(w, delivery, loaded, outcome); };
  co_await context.db.write(keep);
}

// After an error here the row is due again when its lease ends.
Task<> deliver_safely(Context& context, Delivery delivery) {
  auto inbox = delivery.inbox;
  try {
    Task<> delivering = deliver(context, std::move(delivery));
    co_await std::move(delivering);
  } catch (std::exception const& error) {
    log::error("delivery to {}: {}", inbox, error.what());
  }
}

Task<std::vector<Delivery>> take(Context& context, int room) {
  auto take_some = [room](db::Writer& w) { return store::take_deliveries(w, room, lease); };
  auto is_due = [](db::Reader& r) {
    auto next = store::next_delivery(r);
    return next && *next <= r.now();
  };
  bool due = co_await context.db.read(is_due);
  if (!due) co_return std::vector<Delivery>{};
  co_return co_await context.db.write(take_some);
}

Task<std::optional<Milliseconds>> until_next(Context& context) {
  auto ask = [](db::Reader& r) -> std::optional<Milliseconds> {
    auto next = store::next_delivery(r);
    if (!next) return {};
    return *next - r.now();
  };
  co_return co_await context.db.read(ask);
}

}  // namespace

std::optional<Milliseconds> delay_after(int attempts, Milliseconds age) {
  if (age >= age_max) return {};
  return std::min(longest_delay, first_delay * (1 << std::min(attempts - 1, doublings_max)));
}

std::shared_ptr<Pump<Delivery>> make_delivery(Context& context) {
  Pump<Delivery>::Source source;
  source.name = "delivery";
  source.take = [&context](int room) { return take(context, room); };
  source.until_next = [&context] { return until_next(context); };
  source.key = [](Delivery const& delivery) { return delivery.host; };
  source.work = [&context](Delivery delivery) { return deliver_safely(context, std::move(delivery)); };
  return std::make_shared<Pump<Delivery>>(context.client.executor(), std::move(source));
}

}  // namespace posy::federation
