#include "serving/answers.hpp"

#include <fmt/format.h>

namespace posy::serving {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t answers_bytes_max = 24 << 20;
constexpr std::size_t refusals_bytes_max = 1 << 20;
constexpr std::size_t answer_bytes_max = 256 << 10;
constexpr std::size_t address_bytes_max = 512;
// What an answer takes besides its text: itself, its place in the cache, its headers.
constexpr std::size_t around_bytes = 1024;
// An answer is made anew this often while it is asked for. So late may be what another process commits, of which nobody
// tells us, and counts and new answers while they stream in.
constexpr auto age_max = std::chrono::seconds{2};
// How often to wait for others while each time what they made was overtaken by a change.
constexpr int rounds_max = 4;

std::int64_t key_of(std::string_view address) {
  return static_cast<std::int64_t>(std::hash<std::string_view>{}(address));
}

bool may_be_kept(Error const& error) { return error.refusal == Refusal::not_found || error.refusal == Refusal::gone; }

std::size_t weight_of(Finished const& finished) {
  return around_bytes + finished.address.size() + http::body_text(finished.response).size() +
         finished.shows.ids().size_bytes();
}

// Bodies are shared by all who get them, however slowly they read.
void share_body(http::Response& response) {
  auto* text = std::get_if<std::string>(&response.body);
  if (text) response.body = std::make_shared<std::string const>(std::move(*text));
}

Counter& counter(Metrics& metrics, char const* from) {
  return metrics.counter("posy_shared_answers_total",
                         "Pages and documents for everybody: from memory, made by a read, or waited for while another "
                         "request made it",
                         {{"from", from}});
}

}  // namespace

Answers::Answers(Metrics& metrics)
    : answers_(answers_bytes_max),
      refusals_(refusals_bytes_max),
      from_memory_(counter(metrics, "memory")),
      from_database_(counter(metrics, "database")),
      from_others_(counter(metrics, "others")) {}

bool Answers::is_true(Finished const& finished) const {
  if (Steady::now() - finished.made_at > age_max) return false;
  auto last = changes_.last();
  if (finished.true_until.load(std::memory_order_relaxed) >= last) return true;
  switch (changes_.check(finished.shows.ids(), finished.epoch)) {
    case Changes::Answer::unchanged:
      finished.true_until.store(last, std::memory_order_relaxed);
      return true;
    case Changes::Answer::a_little:
      return finished.late == Late::a_moment;
    case Changes::Answer::changed:
      break;
  }
  return false;
}

Answers::Pointer Answers::find(std::string_view address) {
  if (address.empty()) return nullptr;
  auto key = key_of(address);
  for (auto* cache : {&answers_, &refusals_}) {
    auto known = cache->find(key);
    if (!known || known->address != address || !is_true(*known)) continue;
    from_memory_.Increment();
    return known;
  }
  return nullptr;
}

void Answers::put(Pointer const& finished) {
  bool is_small = http::body_text(finished->response).size() <= answer_bytes_max;
  if (finished->keep == Keep::no || !is_small || finished->address.empty()) return;
  auto& cache = finished->refusal ? refusals_ : answers_;
  cache.put(key_of(finished->address), finished, finished->epoch, weight_of(*finished));
}

Task<Answers::Pointer> Answers::make_one(db::Database& db, std::string address, Late late, Make const& make) {
  auto finished = std::make_shared<Finished>();
  auto read = [&](db::Reader& r) {
    finished->shows = {};  // a unit may run more than once
    finished->refusal = {};
    finished->late = late;
    finished->epoch = r.epoch();
    finished->made_at = Steady::now();
    try {
      Made made = make(r, finished->shows);
      finished->response = std::move(made.response);
      finished->keep = made.keep;
    } catch (Refused const& refused) {
      if (!may_be_kept(refused.error())) throw;
      finished->refusal = refused.error();
      // What is not there may come into being at any time.
      if (refused.refusal() == Refusal::not_found) finished->late = Late::never;
    }
  };
  from_database_.Increment();
  co_await db.read(read);
  finished->address = std::move(address);
  finished->shows.tidy();
  finished->true_until = finished->epoch;
  share_body(finished->response);
  co_return finished;
}

Task<Answers::Pointer> Answers::get(db::Database& db, std::string address, Late late, Make make) {
  if (address.size() > address_bytes_max) address.clear();
  for (int round = 0; round < rounds_max && !address.empty(); ++round) {
    if (auto known = find(address)) co_return known;
    auto turn = flights_.begin(address);
    if (!turn) {
      Task<Flights::Landed> waiting = flights_.wait(address);
      Flights::Landed landed = co_await std::move(waiting);
      if (landed.failure) std::rethrow_exception(landed.failure);
      if (!landed.finished || !is_true(*landed.finished)) continue;
      from_others_.Increment();
      co_return landed.finished;
    }
    // It may have landed between our look and our turn.
    if (auto known = find(address)) {
      turn->lands(known);
      co_return known;
    }
    try {
      Task<Pointer> making = make_one(db, address, late, make);
      Pointer finished = co_await std::move(making);
      put(finished);
      turn->lands(finished);
      co_return finished;
    } catch (...) {
      turn->fails(std::current_exception());
      throw;
    }
  }
  Task<Pointer> making = make_one(db, {}, late, make);
  Pointer finished = co_await std::move(making);
  co_return finished;
}

http::Response response_of(Finished const& finished) {
  if (finished.refusal) refuse(finished.refusal->refusal, finished.refusal->message);
  return finished.response;
}

std::string etag_of(std::string_view body) {
  return fmt::format("\"{:016x}\"", std::hash<std::string_view>{}(body));
}

}  // namespace posy::serving
