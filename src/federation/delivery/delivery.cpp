#include "federation/delivery/delivery.hpp"

#include <random>

#include "federation/delivery/figures.hpp"
#include "federation/remote/synchronise.hpp"
#include "federation/signatures/sign.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "http/url.hpp"
#include "jobs/queue.hpp"
#include "social/delivery_progress.hpp"

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
constexpr int batch = 16;                // deliveries of one host that are loaded at a time
constexpr Milliseconds turn = std::chrono::seconds(20);  // of one host, while others wait
constexpr Milliseconds key_wait = std::chrono::seconds(5);

enum class Outcome { delivered, later, never, gone, interrupted };

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
  std::optional<std::string> synchronisation;  // header of that name
};

Loaded load(db::Reader& r, Context& context, Delivery const& delivery) {
  Loaded out{.outgoing = store::find_outgoing(r, delivery.outgoing), .signer = nullptr, .synchronisation = {}};
  if (!out.outgoing) return out;
  out.signer = own_signer(r, context, out.outgoing->sender);
  if (auto account = store::find_account(r, AccountId{out.outgoing->sender}))
    out.synchronisation = synchronisation_for(r, context, *account, out.outgoing->post, delivery.inbox);
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
  else if (status == 410) out.outcome = Outcome::gone;
  else if (status == 408 || status == 429 || status >= 500) out.outcome = Outcome::later;
  // Perhaps it could not fetch our key just now.
  else if ((status == 401 || status == 403) && attempts < refused_attempts_max) out.outcome = Outcome::later;
  else out.outcome = Outcome::never;
  if (status >= 500) out.host_answers = false;
  return out;
}

// In the form that the host is known to take; when that is not known, or no longer true, in the other one too.
Task<Attempt> attempt(Context& context, Loaded const& loaded, Peer const& peer, Delivery const& delivery) {
  bool new_first = peer.signature == SignatureForm::rfc9421;
  signatures::Form forms[] = {new_first ? signatures::Form::rfc9421 : signatures::Form::cavage,
                              new_first ? signatures::Form::cavage : signatures::Form::rfc9421};
  Attempt last;
  for (auto form : forms) {
    auto posting = post(context, loaded, delivery.inbox, form);
    auto begun = std::chrono::steady_clock::now();
    auto answer = co_await std::move(posting);
    std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    observe(context.delivery_figures, answer, took.count());
    last = judge(answer, delivery.attempts);
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

void judge_peer(Peer& peer, Attempt const& attempt, Time now) {
  if (attempt.host_answers) {
    peer.failures = 0;
    peer.failed_since = peer.retry_at = std::nullopt;
    if (attempt.form != SignatureForm::unknown) peer.signature = attempt.form;
    return;
  }
  ++peer.failures;
  if (!peer.failed_since) peer.failed_since = now;
  int beyond = peer.failures - failures_before_rest;
  if (beyond >= 0)
    peer.retry_at = now + jittered(std::min(longest_delay, first_delay * (1 << std::min(beyond, doublings_max))));
}

void record(db::Writer& w, Delivery const& delivery, Time created_at, Attempt const& attempt) {
  switch (attempt.outcome) {
    case Outcome::delivered: return store::finish_delivery(w, delivery);
    case Outcome::gone: store::retire_inbox(w, delivery.inbox); [[fallthrough]];
    case Outcome::never: return store::give_up_delivery(w, delivery, attempt.error);
    case Outcome::later:
    case Outcome::interrupted: break;
  }
  auto delay = delay_after(delivery.attempts, w.now() - created_at);
  if (!delay) return store::give_up_delivery(w, delivery, attempt.error);
  store::put_delivery_back(w, delivery, w.now() + jittered(*delay), attempt.error);
}

// False when this server is being stopped: that says nothing of the other one.
Task<bool> deliver(Context& context, Peer& peer, Delivery delivery) {
  auto look = [&](db::Reader& r) { return load(r, context, delivery); };
  Loaded loaded = co_await context.db.read(look);
  bool is_suspended = context.rules.rule_for(delivery.host).is_suspended();
  if (!loaded.outgoing || !loaded.signer || is_suspended) {
    auto wait = [&](db::Writer& w) {
      if (!loaded.outgoing) return store::finish_delivery(w, delivery);
      bool is_too_old = !delay_after(1, w.now() - loaded.outgoing->created_at);
      if (is_too_old) return store::give_up_delivery(w, delivery, "There were no keys to sign with");
      if (is_suspended) return store::give_up_delivery(w, delivery, "The server is blocked here");
      jobs::add(w, jobs::MakeKeys{AccountId{loaded.outgoing->sender}}, w.now());
      store::put_delivery_back(w, delivery, w.now() + key_wait, delivery.error);
    };
    co_await context.db.write(wait);
    co_return true;
  }
  ++delivery.attempts;
  Task<Attempt> attempting = attempt(context, loaded, peer, delivery);
  Attempt outcome = co_await std::move(attempting);
  if (outcome.outcome == Outcome::interrupted) co_return false;
  if (outcome.outcome != Outcome::delivered) log::debug("delivery to {}: {}", delivery.inbox, outcome.error);
  judge_peer(peer, outcome, context.clock.now());
  auto keep = [&](db::Writer& w) {
    record(w, delivery, loaded.outgoing->created_at, outcome);
    social::note_progress(w, {delivery.outgoing});
  };
  co_await context.db.write(keep);
  co_return true;
}

// What is due for one server, in order, until it does not answer or others should have its place.
Task<> deliver_all(Context& context, Peer& peer) {
  Time const taken_at = context.clock.now();
  auto load = [&](db::Reader& r) { return store::due_deliveries(r, peer.host, batch); };
  while (true) {
    std::vector<Delivery> deliveries = co_await context.db.read(load);
    if (deliveries.empty()) co_return;
    for (auto const& delivery : deliveries) {
      auto now = context.clock.now();
      bool rests = peer.retry_at && *peer.retry_at > now;
      if (rests || now - taken_at > turn) co_return;
      Task<bool> delivering = deliver(context, peer, delivery);
      bool goes_on = co_await std::move(delivering);
      if (!goes_on) co_return;
    }
  }
}

// After an error here the queue goes on when its lease ends.
Task<> work(Context& context, Peer peer) {
  try {
    Task<> delivering = deliver_all(context, peer);
    co_await std::move(delivering);
    auto put_back = [&](db::Writer& w) { store::put_peer_back(w, peer); };
    co_await context.db.write(put_back);
  } catch (std::exception const& error) {
    log::error("delivery to {}: {}", peer.host, error.what());
  }
}

}  // namespace

std::optional<Milliseconds> delay_after(int attempts, Milliseconds age) {
  if (age >= age_max) return {};
  return std::min(longest_delay, first_delay * (1 << std::min(attempts - 1, doublings_max)));
}

std::shared_ptr<Pump<Peer>> make_delivery(Context& context) {
  Pump<Peer>::Source source;
  source.name = "delivery";
  source.next = store::next_peer;
  source.take = take_from(context.db, store::take_peers, lease);
  source.key = [](Peer const& peer) { return peer.host; };
  source.work = [&context](Peer peer) { return work(context, std::move(peer)); };
  return std::make_shared<Pump<Peer>>(context.client.executor(), context.db, std::move(source));
}

}  // namespace posy::federation
