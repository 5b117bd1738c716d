#include "federation/delivery/engine.hpp"

#include <deque>
#include <random>
#include <unordered_set>

#include "base/log.hpp"
#include "base/priority.hpp"
#include "federation/delivery/lineup.hpp"
#include "federation/vocabulary/iri.hpp"
#include "jobs/queue.hpp"
#include "social/delivery_progress.hpp"

namespace posy::federation {
namespace {

using store::Delivery;
using store::Peer;

constexpr int places_min = 32;  // for deliveries under way, while this machine has no more to give
constexpr int urgent_share = 16;  // so much of the sockets is for what is for a few people only
constexpr int take_max = 512;       // servers at a time
constexpr int batch = 8;              // deliveries of one server that are loaded at a time
constexpr int runners_max = 8;        // of one server
constexpr std::size_t record_max = 512;         // that are written at once
constexpr std::size_t unrecorded_max = 16'384;  // while the database cannot write
constexpr std::size_t parcels_max = 256;
constexpr std::size_t signatures_waiting_max = 10'000;  // more than there are places
constexpr int site_places_min = 64, site_share = 8;  // of the places, for the names under one domain
constexpr Milliseconds site_pause = std::chrono::seconds(2);
constexpr Milliseconds gathering_time{20};
constexpr Milliseconds steering_time{20};
constexpr Milliseconds late_max{20};  // beyond it, what is urgent would notice
constexpr Milliseconds after_failure = std::chrono::seconds(1);
constexpr Milliseconds longest_sleep = std::chrono::seconds(30);
constexpr Milliseconds turn = std::chrono::seconds(20);  // of one server, while others wait
// Somebody else goes on when this process is gone: longer than a turn and its last two exchanges.
constexpr Milliseconds our_lease = std::chrono::minutes(3);
constexpr Milliseconds key_wait = std::chrono::seconds(5);

// Whoever reads a page here is not to wait for what goes out.
constexpr int loop_niceness = 5;
constexpr int signer_niceness = 10;

std::size_t signer_count() { return std::max(1u, std::thread::hardware_concurrency()); }

double spread() {
  thread_local std::minstd_rand random{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

// Until then, or until the timer is cancelled.
Task<> sleep(boost::asio::steady_timer& timer, Milliseconds time) {
  timer.expires_after(time);
  boost::system::error_code woken;
  co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
}

}  // namespace

struct Engine::Item {
  Delivery delivery;
  std::shared_ptr<Parcel const> parcel;  // null: it is finished
  Order order = {};
};

struct Engine::Run {
  Peer peer;
  std::deque<Item> waiting;
  bool is_urgent = false;
  Time taken_at{};
  std::string site = {};
  std::unordered_set<std::string> busy = {};  // order keys
  int runners = 0;
  bool ends = false;                      // nothing more is begun
  std::optional<Time> not_before = {};
};

void Engine::Record::prepend(Record earlier) {
  auto join = [](auto& later, auto& sooner) {
    later.insert(later.begin(), std::make_move_iterator(sooner.begin()), std::make_move_iterator(sooner.end()));
  };
  join(delivered, earlier.delivered);
  join(given_up, earlier.given_up);
  join(retired, earlier.retired);
  join(keyless, earlier.keyless);
  join(ended, earlier.ended);
}

Engine::Engine(Context& context, http::ClientOptions options, int sockets)
    : context_(context),
      client_(loop_.get_executor(), std::move(options)),
      signers_(signer_count(), signatures_waiting_max, [] { lower_thread_priority(signer_niceness); }),
      parcels_(parcels_max),
      sleep_(loop_),
      gathering_(loop_),
      urgent_places_(std::max(1, sockets / urgent_share)),
      places_max_(std::max(places_min, sockets - urgent_places_)),
      places_(std::max(places_min, places_max_ / 4)) {}

Engine::~Engine() { stop(); }

void Engine::start() {
  boost::asio::co_spawn(loop_, feed(), boost::asio::detached);
  boost::asio::co_spawn(loop_, record(), boost::asio::detached);
  thread_ = std::thread([this] {
    lower_thread_priority(loop_niceness);
    loop_.run();
  });
}

void Engine::stop() {
  if (!thread_.joinable()) return;
  auto end = [this] {
    stopping_ = true;
    sleep_.cancel();
    gathering_.cancel();
  };
  boost::asio::post(loop_, end);
  client_.stop();
  guard_.reset();
  thread_.join();
}

void Engine::wake() {
  if (woken_.exchange(true)) return;
  boost::asio::post(loop_, [this] { sleep_.cancel(); });
}

// On the loop: also when the feed has just looked, and does not sleep yet.
void Engine::look_again() {
  woken_ = true;
  sleep_.cancel();
}

int Engine::room() const {
  if (record_.size() >= unrecorded_max) return 0;
  return std::min(take_max, places_ - under_way_);
}

int Engine::urgent_room() const {
  if (record_.size() >= unrecorded_max) return 0;
  return std::min(take_max, places_ + urgent_places_ - under_way_);
}

// So that not each server is fetched alone.
int Engine::enough_room() const { return std::min(take_max / 2, places_ / 4); }

Task<> Engine::feed() {
  while (!stopping_) {
    woken_ = false;
    Milliseconds pause = after_failure;
    try {
      Task<Milliseconds> taking = take_some();
      pause = co_await std::move(taking);
    } catch (std::exception const& error) {
      log::error("delivery: {}", error.what());
    }
    if (woken_ || stopping_ || pause <= Milliseconds{0}) continue;
    Task<> sleeping = sleep(sleep_, pause);
    co_await std::move(sleeping);
  }
}

// How long to sleep then.
Task<Milliseconds> Engine::take_some() {
  int const free = this->room(), room = free >= enough_room() ? free : 0, urgent_room = this->urgent_room();
  waits_for_room_ = room == 0;
  if (urgent_room <= 0) co_return longest_sleep;
  auto ask = [room](db::Reader& r) -> std::optional<Milliseconds> {
    auto next = room > 0 ? store::next_peer(r) : store::next_urgent_peer(r);
    if (!next) return {};
    return *next - r.now();
  };
  std::optional<Milliseconds> next = co_await context_.db.read(ask);
  if (!next || *next > Milliseconds{0}) co_return std::min(next.value_or(longest_sleep), longest_sleep);
  auto act = [this, room, urgent_room](db::Writer& w) { return take(w, room, urgent_room); };
  Taken taken = co_await context_.db.write(act);
  begin(std::move(taken));
  co_return Milliseconds{0};
}

// On a thread of the database.
Engine::Taken Engine::take(db::Writer& w, int room, int urgent_room) {
  Taken out;
  bool const only_urgent = room <= 0;
  auto peers = only_urgent ? store::take_urgent_peers(w, urgent_room, our_lease) : store::take_peers(w, room, our_lease);
  for (auto& peer : peers) {
    auto waiting = load(w, peer, only_urgent);
    bool const is_urgent = peer.is_urgent;
    out.push_back(std::make_shared<Run>(
        Run{.peer = std::move(peer), .waiting = std::move(waiting), .is_urgent = is_urgent}));
  }
  return out;
}

std::deque<Engine::Item> Engine::load(db::Reader& r, Peer const& peer, bool only_urgent) {
  std::deque<Item> out;
  std::vector<Delivery> urgent, in_order;
  if (peer.is_urgent) urgent = store::urgent_for(r, peer.host, batch);
  if (!only_urgent || urgent.empty()) in_order = store::waiting_for(r, peer.host, batch);
  for (auto& delivery : line_up(std::move(urgent), std::move(in_order), batch)) {
    auto parcel = parcels_.find(delivery.outgoing.value);
    if (!parcel) parcel = load_parcel(r, context_, delivery.outgoing);
    if (parcel && parcel->signer) parcels_.put(delivery.outgoing.value, parcel, 1);  // it never changes
    Item item{.delivery = std::move(delivery), .parcel = std::move(parcel)};
    if (item.parcel) item.order = order_of(item.delivery, item.parcel->outgoing);
    out.push_back(std::move(item));
  }
  return out;
}

void Engine::begin(Taken taken) {
  for (auto& run : taken) {
    run->taken_at = context_.steady.now();
    run->site = site_of(run->peer.host);
    if (has_room_for(*run)) {
      add_runner(run);
      continue;
    }
    run->not_before = context_.clock.now() + site_pause;
    end(*run);
  }
  if (under_way_ > places_min / 2 && !std::exchange(is_steering_, true))
    boost::asio::co_spawn(loop_, steer(), boost::asio::detached);
}

// As many at a time as the other sides have patience for, and no more than this side keeps up with: when its loop runs
// late (handshakes are made on it), the next message to one person would wait.
Task<> Engine::steer() {
  boost::asio::steady_timer timer(loop_);
  while (under_way_ > places_min / 2 && !stopping_) {
    auto const due = std::chrono::steady_clock::now() + steering_time;
    Task<> sleeping = sleep(timer, steering_time);
    co_await std::move(sleeping);
    bool const is_late = std::chrono::steady_clock::now() - due > late_max;
    if (is_late) places_ = std::max(places_min, places_ * 7 / 8);
    else if (under_way_ >= places_ - enough_room()) places_ = std::min(places_max_, places_ + places_ / 8);
  }
  is_steering_ = false;
}

// What is urgent has some places to itself. Names under one domain cost nothing, so all of them together have a share.
bool Engine::has_room_for(Run const& run) const {
  auto site = of_site_.find(run.site);
  int const share = std::max(site_places_min, places_ / site_share);
  if (site != of_site_.end() && site->second >= share) return false;
  return run.runners == 0 || (run.is_urgent ? urgent_room() : room()) > 0;
}

void Engine::add_runner(std::shared_ptr<Run> const& run) {
  ++run->runners;
  ++of_site_[run->site];
  ++under_way_;
  boost::asio::co_spawn(loop_, this->run(run), boost::asio::detached);
}

Task<> Engine::run(std::shared_ptr<Run> run) {
  while (!run->ends && !stopping_) {
    auto next = run->busy.empty() ? run->waiting.begin() : find_free(run->waiting, run->busy);
    if (next == run->waiting.end() || context_.steady.now() - run->taken_at > turn) break;
    Item item = std::move(*next);
    run->waiting.erase(next);
    auto const keys = item.order.holds;
    run->busy.insert(keys.begin(), keys.end());
    try {
      Task<bool> delivering = deliver(*run, std::move(item));
      bool const was_taken = co_await std::move(delivering);
      // It answers: it is asked for more at a time.
      if (was_taken && !run->waiting.empty() && run->runners < runners_max && has_room_for(*run)) add_runner(run);
    } catch (std::exception const& error) {
      log::error("delivery to {}: {}", run->peer.host, error.what());
      run->ends = true;
    }
    for (auto const& key : keys) run->busy.erase(key);
  }
  --under_way_;
  if (auto site = of_site_.find(run->site); --site->second == 0) of_site_.erase(site);
  if (--run->runners == 0) end(*run);
  if (waits_for_room_ && room() >= enough_room()) look_again();
}

// True when the server took it.
Task<bool> Engine::deliver(Run& run, Item item) {
  auto give_up = [&](std::string error) {
    record_.given_up.push_back({std::move(item.delivery), std::move(error)});
    record_later();
  };
  if (!item.parcel) {
    record_.delivered.push_back(std::move(item.delivery));
    record_later();
    co_return false;
  }
  Peer& peer = run.peer;
  auto const& outgoing = item.parcel->outgoing;
  auto now = context_.clock.now();
  bool const is_suspended = context_.rules.rule_for(peer.host).is_suspended();
  bool const is_too_old = is_given_up(peer, outgoing.created_at, now);
  if (is_suspended || is_too_old) {
    give_up(is_suspended ? "The server is blocked here" : peer.error.empty() ? "It took longer than a week" : peer.error);
    co_return false;
  }
  if (!item.parcel->signer) {
    record_.keyless.push_back(AccountId{outgoing.sender});
    run.not_before = now + key_wait;
    run.ends = true;
    co_return false;
  }
  auto inbox = item.delivery.inbox;
  Courier courier{context_, client_, signers_};
  auto sending = send_parcel(courier, item.parcel, peer, inbox, item.delivery.is_urgent);
  Judgement judgement = co_await std::move(sending);
  // Several that fail at a time are one failure.
  if (!run.ends || judgement.host_answers) learn(peer, judgement, context_.clock.now(), spread());
  switch (judgement.verdict) {
    case Verdict::delivered:
      record_.delivered.push_back(std::move(item.delivery));
      record_later();
      co_return true;
    case Verdict::gone: record_.retired.push_back(inbox); [[fallthrough]];
    case Verdict::never: give_up(judgement.error); break;
    case Verdict::refused:
      give_up(judgement.error);
      run.ends = true;
      break;
    case Verdict::later:
      log::debug("delivery to {}: {}", inbox, judgement.error);
      run.ends = true;
      break;
    case Verdict::interrupted:
      run.not_before = context_.clock.now() + after_failure;
      run.ends = true;
  }
  co_return false;
}

void Engine::end(Run& run) {
  record_.ended.push_back({std::move(run.peer), run.not_before});
  record_later();
}

void Engine::record_later() {
  if (record_.size() == 1 || record_.size() == record_max) gathering_.cancel();
}

void Engine::write_down(db::Writer& w, Record const& record) {
  store::finish_deliveries(w, record.delivered);
  for (auto const& inbox : record.retired) store::retire_inbox(w, inbox);
  store::give_up_deliveries(w, record.given_up);
  for (auto account : record.keyless) jobs::add(w, jobs::MakeKeys{account}, w.now());
  std::vector<RowId> outgoing;
  for (auto const& delivery : record.delivered) outgoing.push_back(delivery.outgoing);
  for (auto const& given_up : record.given_up) outgoing.push_back(given_up.delivery.outgoing);
  std::ranges::sort(outgoing);
  outgoing.erase(std::unique(outgoing.begin(), outgoing.end()), outgoing.end());
  social::note_progress(w, outgoing);
  for (auto const& [peer, not_before] : record.ended) store::put_peer_back(w, peer, not_before);
}

// Goes on until all has ended and is recorded.
Task<> Engine::record() {
  while (!stopping_ || under_way_ > 0 || record_.size() > 0) {
    if (record_.size() == 0) {
      Task<> waiting = sleep(gathering_, longest_sleep);
      co_await std::move(waiting);
    }
    if (record_.size() < record_max && !stopping_) {
      Task<> waiting = sleep(gathering_, gathering_time);
      co_await std::move(waiting);
    }
    Record record = std::exchange(record_, {});
    // In the order in which others who write many of them do (store/outgoing.cpp).
    std::ranges::sort(record.ended, {}, [](auto const& ended) -> std::string const& { return ended.peer.host; });
    bool is_written = false;
    try {
      auto act = [&](db::Writer& w) { write_down(w, record); };
      co_await context_.db.write(act);
      is_written = true;
    } catch (std::exception const& error) {
      log::error("delivery: {}", error.what());
    }
    if (is_written) {
      if (!record.ended.empty()) look_again();  // more may wait for them
      continue;
    }
    if (stopping_) co_return;  // what is not recorded is sent again
    record_.prepend(std::move(record));
    Task<> waiting = sleep(gathering_, after_failure);
    co_await std::move(waiting);
  }
}

}  // namespace posy::federation
