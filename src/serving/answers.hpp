// Finished answers in memory, the same for everybody who asks: pages, documents, and that there is nothing. A hit
// costs no query and copies no body; who asks while one is being made waits for it, so that a post which 20,000 servers
// fetch at once costs the database one read.
//
// Nothing is taken out because of a change: each hit, and each who waited, asks whether the answer is still true
// (changes.hpp). An edit is seen by whoever asks after it. Only counts and what is new may come a moment late, and what
// another process wrote to the database. What depends on who asks is never kept here, only that it does.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/lru.hpp"
#include "base/metrics.hpp"
#include "db/database.hpp"
#include "http/response.hpp"
#include "serving/changes.hpp"
#include "serving/flights.hpp"

namespace posy::serving {

// Whether an answer may miss counts and new things for a moment.
enum class Late { never, a_moment };

enum class Keep {
  yes,
  no,           // could not be made yet; those who wait get it all the same
  not_for_all,  // depends on who asks: the response is not looked at
};

struct Made {
  http::Response response;
  Keep keep = Keep::yes;
};

// What one read becomes. It may run more than once. Refused with not_found or gone, that is kept instead.
using Make = std::function<Made(db::Reader&, Shows&)>;

struct Finished {
  std::string address;  // what it is found by
  http::Response response;
  std::optional<Error> refusal = {};  // instead of a response
  Keep keep = Keep::yes;
  Late late = Late::never;
  Shows shows;
  std::uint64_t epoch = 0;  // of the reader that made it
  std::chrono::steady_clock::time_point made_at{};
  mutable std::atomic<std::uint64_t> true_until{0};  // the last commit up to which it was found unchanged
};

class Answers {
 public:
  using Pointer = std::shared_ptr<Finished const>;

  explicit Answers(Metrics& metrics);

  // What is kept under the address and still true, or nothing.
  Pointer find(std::string_view address);
  // The same, else made by one read; with an empty address for this one alone. Throws what `make` throws, unless it
  // is kept.
  Task<Pointer> get(db::Database& db, std::string address, Late late, Make make);

  // After each commit, before anybody is told of it; one call at a time.
  void on_events(std::span<db::Event const> events) { changes_.on_events(events); }

 private:
  bool is_true(Finished const& finished) const;
  Task<Pointer> make_one(db::Database& db, std::string address, Late late, Make const& make);
  void put(Pointer const& finished);

  Changes changes_;
  Lru<Finished> answers_;
  Lru<Finished> refusals_;  // apart, so that those who guess at addresses drive nothing else out
  Flights flights_;
  Counter& from_memory_;
  Counter& from_database_;
  Counter& from_others_;
};

// The answer once more; its body is shared. Throws the refusal where it is one.
http::Response response_of(Finished const& finished);

// Of the bytes: strong, as they are compared whole.
std::string etag_of(std::string_view body);

}  // namespace posy::serving
