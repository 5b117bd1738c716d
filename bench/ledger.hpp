// What the servers of a benchmark saw: memory that the benchmark and its receiver (another process) share.
// Each post of the benchmark carries a mark with a number in its text, and the receiver notes when which host
// had which mark.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace posy::bench {

// How a host of the receiver behaves.
enum class Manner : std::uint8_t {
  healthy,
  prompt,    // like a healthy one, without the delay that all others have
  slow,      // answers after five seconds
  flapping,  // answers its first request with 503
  silent,    // takes the connection and never answers
  dead,      // nobody listens; the receiver knows nothing of it
};

std::int64_t now_ns();  // of the clock that all processes share

class Ledger {
 public:
  Ledger(int hosts, int marks);
  ~Ledger();
  Ledger(Ledger const&) = delete;
  Ledger& operator=(Ledger const&) = delete;

  int hosts() const { return hosts_; }
  Manner manner(int host) const { return manners_[host]; }
  void set_manner(int host, Manner manner) { manners_[host] = manner; }

  // By the receiver. Marks from `ordered_end` on may overtake others.
  void note(int host, int mark);

  bool has(int host, int mark) const {
    return arrivals_[at(host, mark)].load(std::memory_order_relaxed) != 0;
  }
  std::int64_t arrival_ns(int host, int mark) const {
    return arrivals_[at(host, mark)].load(std::memory_order_relaxed);
  }
  // How many hosts of that manner have it.
  int count(int mark, Manner manner) const;

  struct Shared {
    std::atomic<std::int64_t> delay_ms;      // before each answer
    std::atomic<std::int64_t> ordered_end;   // see note()
    std::atomic<std::int64_t> received;      // marked ones, with repetitions
    std::atomic<std::int64_t> repeated;      // of those that a host had before
    std::atomic<std::int64_t> disordered;    // came to a host after a later one
    std::atomic<std::int64_t> other;         // requests without a mark
    std::atomic<std::int64_t> documents;     // asked for, but for the next
    std::atomic<std::int64_t> webfingers;    // likewise
    std::atomic<std::int64_t> connections;   // accepted
    std::atomic<std::int64_t> open_most;     // at a time
    std::atomic<std::int64_t> verify_every;  // one of so many signatures is looked at; 0: none
    std::atomic<std::int64_t> verified;      // those that were
    std::atomic<std::int64_t> forged;        // of them, those that do not hold
    char public_key[1024];                   // PEM, of who signs; set before verify_every
  };
  Shared& shared() { return *shared_; }

 private:
  std::size_t at(int host, int mark) const {
    return static_cast<std::size_t>(mark) * static_cast<std::size_t>(hosts_) + static_cast<std::size_t>(host);
  }

  int hosts_, marks_;
  std::size_t bytes_;
  void* memory_;
  Shared* shared_;
  std::atomic<Manner>* manners_;
  std::atomic<std::int32_t>* latest_;    // by host: the highest mark in order that it had
  std::atomic<std::int64_t>* arrivals_;  // by mark and host; 0: not yet
};

// "bench-mark-000042", and back: -1 when there is none in the text.
std::string mark_text(int mark);
int find_mark(std::string_view text);

}  // namespace posy::bench
