#include "federation/inbox/workshop.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/log.hpp"
#include "federation/inbox/act.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/reference.hpp"
#include "json/parse.hpp"

namespace posy::federation {

using store::Received;

namespace {

// A queue is ours for so long. Whoever loses it, as it takes longer, finds that some things are done twice.
constexpr Milliseconds queue_lease{30'000};
constexpr int slice_rows_max = 16;
constexpr int slices_max = 4;  // one after the other, before a queue waits for its next turn
constexpr std::size_t taken_bytes_max = 16 << 20;  // at one time; a slice more is taken at most
constexpr int chains_at_work = 320;  // in all, about
constexpr int chains_of_slice_max = 8;
constexpr Milliseconds patience{2'000};
constexpr Milliseconds aside = std::chrono::minutes(5);  // longer than an errand to other servers takes
constexpr int late_max = 192;
constexpr int of_site_max = 64;  // queues at work and set aside together
constexpr Milliseconds rest_of_site{5'000};
constexpr Milliseconds longest_sleep{30'000};
// Within some days: the other server may be the one that everybody asks now.
constexpr int attempts_max = 14;
constexpr Milliseconds first_delay = std::chrono::seconds(30), longest_delay = std::chrono::hours(12);

Milliseconds delay_after(int attempts) { return std::min(longest_delay, first_delay * (1 << std::min(attempts, 12))); }

// What an activity and its object call themselves, and what they refer to.
struct Names {
  std::string actor, object, parent;
};

Names names_of(boost::json::object const& document) {
  Names out{.actor = read_id(document, "actor"), .object = read_id(document, "object")};
  if (auto const* object = find_object(document, "object")) {
    out.object = id_of(*object);
    out.parent = read_id(*object, "inReplyTo");
  }
  return out;
}

std::size_t bytes_of(std::vector<Received> const& rows) {
  std::size_t bytes = 0;
  for (auto const& row : rows) bytes += row.body.size();
  return bytes;
}

// What one slice has of the bytes that are held in all.
struct Held {
  std::size_t& all;
  std::size_t own;  // counted already

  ~Held() { set(0); }
  void set(std::size_t bytes) { all += bytes - std::exchange(own, bytes); }
};

boost::json::object parse(std::string const& body) {
  auto document = json::parse(body);
  if (!document || !document->is_object()) return {};
  return std::move(document->as_object());
}

}  // namespace

struct Workshop::Item {
  Received received;  // its body until it is this one's turn: a tree takes several times as much
  Names names;
  bool has_object = false;  // that is told of here, not only named
  bool is_over = false;
  std::string outcome;
  bool again = false;         // it may be tried later
  bool is_blameless = false;  // likewise, and the attempt does not count
};

// What is at work of one slice. Chains are side by side, the items of one after the other.
struct Workshop::Bench {
  Bench(boost::asio::any_io_executor executor, std::string of) : site(std::move(of)), timer(std::move(executor)) {}

  std::string site;
  std::vector<Item> items;
  std::vector<std::vector<std::size_t>> chains;
  std::size_t begun = 0;  // chains
  int hands = 0;          // coroutines at work
  bool is_late = false;   // nobody waits for it any more
  boost::asio::steady_timer timer;

  void link();
};

// Which must wait for which: union of those with one actor, and of those that name the same object.
void Workshop::Bench::link() {
  std::vector<std::size_t> chain(items.size());
  std::iota(chain.begin(), chain.end(), std::size_t{0});
  std::unordered_map<std::string, std::size_t> first;  // who has named it before
  auto join = [&](std::string const& name, std::size_t i) {
    if (name.empty()) return;
    auto [known, is_new] = first.try_emplace(name, i);
    if (is_new) return;
    auto from = chain[i], to = chain[known->second];
    for (auto& one : chain)
      if (one == from) one = to;
  };
  std::unordered_map<std::string, int> made;  // objects that are told of here, not only named
  for (auto const& item : items)
    if (item.has_object) ++made[item.names.object];
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto const& names = items[i].names;
    join(names.actor, i);
    // Thousands who favour one post need not wait for each other.
    if (made.contains(names.object)) join(names.object, i);
    if (made.contains(names.parent)) join(names.parent, i);
  }
  std::unordered_map<std::size_t, std::size_t> place;
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto [known, is_new] = place.try_emplace(chain[i], chains.size());
    if (is_new) chains.emplace_back();
    chains[known->second].push_back(i);
  }
}

void Workshop::start() {
  boost::asio::co_spawn(
      context_.client.executor(), [self = shared_from_this()] { return self->run(); }, boost::asio::detached);
}

void Workshop::wake() {
  if (woken_.exchange(true)) return;
  boost::asio::post(context_.client.executor(), [self = shared_from_this()] { self->timer_.cancel(); });
}

void Workshop::stop() {
  stopping_ = true;
  wake();
}

Task<> Workshop::run() {
  while (!stopping_) {
    woken_ = false;
    Milliseconds sleep = longest_sleep;
    try {
      Task<Milliseconds> filling = fill();
      sleep = co_await std::move(filling);
    } catch (std::exception const& error) {
      log::error("inbox: {}", error.what());
    }
    if (woken_ || stopping_) continue;
    timer_.expires_after(sleep);
    boost::system::error_code woken;
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  }
}

Task<Milliseconds> Workshop::fill() {
  Rooms rooms{};
  for (std::size_t lane = 0; lane < rooms.size(); ++lane) rooms[lane] = places[lane] - busy_[lane];
  Rooms due{};
  auto ask = [&](db::Reader& r) {
    Milliseconds until = longest_sleep;
    due = {};
    for (std::size_t lane = 0; lane < rooms.size(); ++lane) {
      if (rooms[lane] <= 0) continue;  // a queue that is done wakes us
      auto next = store::next_sender(r, static_cast<store::ReceivedLane>(lane));
      if (!next) continue;
      if (*next <= r.now()) due[lane] = rooms[lane];
      until = std::min(until, *next - r.now());
    }
    return until;
  };
  Milliseconds until = co_await context_.db.read(ask);
  if (due == Rooms{}) co_return std::clamp(until, Milliseconds{1}, longest_sleep);
  auto act = [due, of_site = of_site_, held = bytes_held_](db::Writer& w) { return take(w, due, of_site, held); };
  std::vector<Slice> slices = co_await context_.db.write(act);
  for (auto& slice : slices) {
    bytes_held_ += bytes_of(slice.rows);
    ++busy_[static_cast<std::size_t>(slice.sender.lane)];
    ++of_site_[site_of(slice.sender.host)];
    auto work = [self = shared_from_this(), slice = std::move(slice)]() mutable {
      return self->drain_safely(std::move(slice));
    };
    boost::asio::co_spawn(context_.client.executor(), std::move(work), boost::asio::detached);
  }
  co_return Milliseconds{1};  // there may be more
}

std::vector<Workshop::Slice> Workshop::take(db::Writer& w, Rooms const& rooms, Sites of_site,
                                            std::size_t bytes_held) {
  std::vector<Slice> out;
  for (std::size_t lane = 0; lane < rooms.size(); ++lane) {
    if (rooms[lane] <= 0) continue;
    for (auto& sender : store::take_senders(w, static_cast<store::ReceivedLane>(lane), rooms[lane], queue_lease)) {
      auto& at_work = of_site[site_of(sender.host)];
      if (at_work >= of_site_max) {
        store::put_sender_back(w, sender, rest_of_site);
        continue;
      }
      std::vector<Received> rows;
      if (bytes_held < taken_bytes_max) rows = store::due_received(w, sender.lane, sender.host, slice_rows_max);
      bytes_held += bytes_of(rows);
      if (rows.empty()) {
        store::put_sender_back(w, sender);
        continue;
      }
      ++at_work;
      out.push_back({std::move(sender), std::move(rows)});
    }
  }
  return out;
}

Task<> Workshop::drain_safely(Slice slice) {
  auto lane = static_cast<std::size_t>(slice.sender.lane);
  auto host = slice.sender.host, site = site_of(host);
  try {
    Task<> draining = drain(std::move(slice));
    co_await std::move(draining);
  } catch (std::exception const& error) {
    log::error("inbox of {}: {}", host, error.what());  // it goes on when its lease ends
  }
  --busy_[lane];
  leave_site(site);
  wake();
}

Task<> Workshop::drain(Slice slice) {
  auto [sender, rows] = std::move(slice);
  Held held{bytes_held_, bytes_of(rows)};
  for (int round = 1; !rows.empty(); ++round) {
    Task<std::shared_ptr<Bench>> working = work_off(std::move(rows), site_of(sender.host));
    std::shared_ptr<Bench> bench = co_await std::move(working);
    // Of what goes on by itself nothing is recorded here, whatever becomes of it meanwhile.
    std::unordered_map<std::string, std::vector<RowId>> over;
    std::vector<RowId> under_way;
    std::vector<Item const*> again;
    for (std::size_t i = 0; i < bench->begun; ++i) {
      for (auto at : bench->chains[i]) {
        auto const& item = bench->items[at];
        if (!item.is_over)
          under_way.push_back(item.received.id);
        else if (item.again)
          again.push_back(&item);
        else
          over[item.outcome].push_back(item.received.id);
      }
    }
    held.set(0);
    bool goes_on = round < slices_max && !stopping_ && bytes_held_ < taken_bytes_max;
    std::int64_t done_here = 0;
    auto record = [&](db::Writer& w) {
      done_here = 0;
      for (auto const& [outcome, ids] : over) done_here += store::finish_received(w, ids, outcome);
      for (auto const* item : again) put_back(w, *item);
      store::set_received_aside(w, under_way, w.now() + aside);
      auto left = store::shorten_sender(w, sender.lane, sender.host, done_here);
      std::vector<Received> more;
      bool const is_ours = left && left->lease == sender.lease;
      if (goes_on && is_ours) more = store::due_received(w, sender.lane, sender.host, slice_rows_max);
      if (more.empty()) store::put_sender_back(w, sender);
      return std::pair{std::move(more), left};
    };
    auto recorded = co_await context_.db.write(record);
    context_.backlog -= done_here;
    if (recorded.second) context_.budgets.note(*recorded.second, context_.steady.now());
    rows = std::move(recorded.first);
    held.set(bytes_of(rows));
  }
}

void Workshop::leave_site(std::string const& site) {
  auto found = of_site_.find(site);
  if (found != of_site_.end() && --found->second <= 0) of_site_.erase(found);
}

Task<std::shared_ptr<Workshop::Bench>> Workshop::work_off(std::vector<Received> rows, std::string const& site) {
  auto bench = std::make_shared<Bench>(context_.client.executor(), site);
  for (auto& row : rows) {
    Item item{.received = std::move(row), .names = {}, .outcome = {}};
    auto document = parse(item.received.body);
    item.names = names_of(document);
    item.has_object = find_object(document, "object") != nullptr;
    bench->items.push_back(std::move(item));
  }
  bench->link();
  int queues = std::max(1, std::accumulate(busy_.begin(), busy_.end(), 0));
  int hands = std::clamp(chains_at_work / queues, 1, chains_of_slice_max);
  bench->hands = std::min(hands, static_cast<int>(bench->chains.size()));
  for (int i = bench->hands; i > 0; --i)
    boost::asio::co_spawn(
        context_.client.executor(), [self = shared_from_this(), bench] { return self->work_at(bench); },
        boost::asio::detached);
  while (bench->hands > 0) {
    bench->timer.expires_after(patience);
    boost::system::error_code woken;
    co_await bench->timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
    if (bench->hands > 0 && late_ < late_max) break;
  }
  bench->is_late = bench->hands > 0;
  if (bench->is_late) {
    ++late_;
    ++of_site_[site];
    for (auto& item : bench->items) item.received.body = {};  // of those that have not begun; they will be read again
  }
  co_return bench;
}

Task<> Workshop::work_at(std::shared_ptr<Bench> bench) {
  while (!bench->is_late && bench->begun < bench->chains.size()) {
    auto const& chain = bench->chains[bench->begun++];
    for (std::size_t place = 0; place < chain.size(); ++place) {
      Item& item = bench->items[chain[place]];
      Task<> acting = act_safely(item);
      co_await std::move(acting);
      item.is_over = true;
      if (!bench->is_late) continue;
      // The slice was recorded while this one, or one before it in its chain, was under way.
      std::vector<RowId> rest;
      for (std::size_t i = place + 1; i < chain.size(); ++i) rest.push_back(bench->items[chain[i]].received.id);
      Task<> recording = record_late(item, std::move(rest));
      co_await std::move(recording);
      break;
    }
  }
  if (--bench->hands > 0) co_return;
  bench->timer.cancel();
  if (!bench->is_late) co_return;
  --late_;
  leave_site(bench->site);
}

Task<> Workshop::act_safely(Item& item) {
  try {
    auto document = parse(std::exchange(item.received.body, {}));
    if (document.empty()) refuse(Refusal::unprocessable, "What was kept is no JSON object");
    Task<std::string> acting = act_on(context_, std::move(document));
    item.outcome = co_await std::move(acting);
  } catch (Refused const& refused) {
    item.outcome = "refused: " + refused.error().message;
    item.again = refused.error().refusal == Refusal::unavailable;
  } catch (db::Failure const& failure) {
    item.outcome = failure.what();
    item.again = item.is_blameless = failure.is_passing();
    log::error("activities could not be acted on: {}", failure.what());
  } catch (std::exception const& error) {
    item.outcome = error.what();
    item.again = true;
    log::error("activity {}: {}", item.received.activity, error.what());
  }
  item.again &= item.is_blameless || item.received.attempts + 1 < attempts_max;
  log::debug("activity {}: {}", item.received.activity, item.outcome);
}

void Workshop::put_back(db::Writer& w, Item const& item) {
  auto const& row = item.received;
  if (item.is_blameless)
    store::set_received_aside(w, {row.id}, w.now() + first_delay);
  else
    store::put_received_back(w, row.id, w.now() + delay_after(row.attempts), item.outcome);
}

Task<> Workshop::record_late(Item& item, std::vector<RowId> rest) {
  std::int64_t done_here = 0;
  std::optional<store::Sender> left;
  auto const& row = item.received;
  auto record = [&](db::Writer& w) {
    done_here = 0;
    if (item.again)
      put_back(w, item);
    else
      done_here = store::finish_received(w, {row.id}, item.outcome);
    store::set_received_aside(w, rest, w.now());  // no longer: their turn comes with their queue's
    left = store::shorten_sender(w, row.lane, row.host, done_here);
    if (left && !left->is_taken) store::put_sender_back(w, *left);
  };
  try {
    co_await context_.db.write(record);
    context_.backlog -= done_here;
    if (left) context_.budgets.note(*left, context_.steady.now());
  } catch (std::exception const& error) {
    log::error("activity {}: {}", row.activity, error.what());  // it is due again when it is no longer set aside
  }
}

}  // namespace posy::federation
