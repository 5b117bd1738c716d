#include "ledger.hpp"

#include <fmt/format.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include <charconv>
#include <stdexcept>

namespace posy::bench {
namespace {

constexpr std::string_view mark_word = "bench-mark-";
constexpr std::size_t mark_digits = 6;

}  // namespace

std::int64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// Memory of the kernel is zero, which is what all of these atomics begin with.
Ledger::Ledger(int hosts, int marks) : hosts_(hosts), marks_(marks) {
  auto count = static_cast<std::size_t>(hosts);
  std::size_t arrivals = count * static_cast<std::size_t>(marks) * sizeof *arrivals_;
  bytes_ = sizeof(Shared) + arrivals + count * (sizeof *latest_ + sizeof *manners_);
  memory_ = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory_ == MAP_FAILED) throw std::runtime_error("no memory to share");
  auto* at = static_cast<char*>(memory_);
  shared_ = reinterpret_cast<Shared*>(at);
  arrivals_ = reinterpret_cast<std::atomic<std::int64_t>*>(at += sizeof(Shared));
  latest_ = reinterpret_cast<std::atomic<std::int32_t>*>(at += arrivals);
  manners_ = reinterpret_cast<std::atomic<Manner>*>(at += count * sizeof *latest_);
  shared_->ordered_end = marks;
}

Ledger::~Ledger() {
  ::munmap(memory_, bytes_);
}

void Ledger::note(int host, int mark) {
  if (host < 0 || host >= hosts_ || mark < 0 || mark >= marks_) return;
  ++shared_->received;
  std::int64_t none = 0;
  if (!arrivals_[at(host, mark)].compare_exchange_strong(none, now_ns())) {
    ++shared_->repeated;
    return;
  }
  if (mark >= shared_->ordered_end) return;
  // Marks begin with 0, and so does the memory: one more is kept.
  if (mark + 1 < latest_[host])
    ++shared_->disordered;
  else
    latest_[host] = mark + 1;
}

int Ledger::count(int mark, Manner manner) const {
  int out = 0;
  for (int host = 0; host < hosts_; ++host) out += manners_[host] == manner && has(host, mark);
  return out;
}

std::string mark_text(int mark) {
  return fmt::format("{}{:0{}}", mark_word, mark, mark_digits);
}

int find_mark(std::string_view text) {
  auto* found =
      static_cast<char const*>(::memmem(text.data(), text.size(), mark_word.data(), mark_word.size()));
  if (!found) return -1;
  auto* digits = found + mark_word.size();
  if (text.data() + text.size() < digits + mark_digits) return -1;
  int mark = -1;
  std::from_chars(digits, digits + mark_digits, mark);
  return mark;
}

}  // namespace posy::bench
