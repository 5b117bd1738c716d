// What has changed since an answer was made: an array of moments, one for each id by its hash. Two ids that
// share a moment make an answer look older than it is, never younger.
//
// A moment is an epoch of the database: an answer made by a reader that had certainly seen epoch E is true as
// long as nothing that it shows has changed in a later one, however the making and the change crossed.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/id.hpp"

namespace posy::db {
struct Event;
}

namespace posy::serving {

// The posts and accounts that an answer shows. What it says is not there belongs to them too.
class Shows {
 public:
  template <class Tag>
  void add(Id<Tag> id) {
    ids_.push_back(id.value);
  }
  std::span<std::int64_t const> ids() const { return ids_; }
  void tidy();  // each id once

 private:
  std::vector<std::int64_t> ids_;
};

class Changes {
 public:
  enum class Answer {
    unchanged,
    a_little,  // counts, or something new: an answer may be seconds late with it
    changed,   // must be made anew: an edit, a deletion, a profile
  };

  Changes();

  // One call at a time; the others from any thread.
  void on_events(std::span<db::Event const> events);
  // The last commit that has been told. Ask for it first: check() has then heard of all up to it.
  std::uint64_t last() const { return last_.load(std::memory_order_acquire); }
  Answer check(std::span<std::int64_t const> ids, std::uint64_t epoch) const;

 private:
  using Moment = std::atomic<std::uint64_t>;

  std::unique_ptr<Moment[]> changed_;
  std::unique_ptr<Moment[]> counted_;
  Moment everything_{0};  // when every answer became untrue
  Moment something_{0};   // when any answer may have gained something new
  Moment last_{0};
};

}  // namespace posy::serving
