// Figures about what comes in, for whoever runs the server.
#pragma once

#include <array>

#include "base/enum_names.hpp"
#include "base/metrics.hpp"
#include "store/inbox_depth.hpp"

namespace posy::federation {

// Why an activity was not taken.
enum class InboxRefusal {
  malformed,    // no activity
  blocked,      // its server, or ours by pretence
  unsigned_,    // no signature that holds, no key, or one that was used before
  key_not_had,  // its key cannot be fetched now
  full,         // too much waits, or too much comes from that server
};

constexpr EnumName<InboxRefusal> inbox_refusal_names[] = {{InboxRefusal::malformed, "malformed"},
                                                          {InboxRefusal::blocked, "blocked"},
                                                          {InboxRefusal::unsigned_, "unsigned"},
                                                          {InboxRefusal::key_not_had, "key_not_had"},
                                                          {InboxRefusal::full, "full"}};

class InboxFigures {
 public:
  explicit InboxFigures(Metrics& metrics);

  // From any thread.
  void accepted() { accepted_.Increment(); }
  void refused(InboxRefusal why) { refused_.at(static_cast<std::size_t>(why))->Increment(); }
  void key_fetched(bool was_had) { (was_had ? keys_had_ : keys_not_had_).Increment(); }
  void show(store::InboxDepth const& depth, Time now);

 private:
  Counter& accepted_;
  std::array<Counter*, std::size(inbox_refusal_names)> refused_{};
  Counter& keys_had_;
  Counter& keys_not_had_;
  Gauge& waiting_;
  Gauge& oldest_;
};

// By the status that it was answered with; nothing when it was taken. `figures` may be null.
void observe(InboxFigures* figures, unsigned status, bool is_full);

}  // namespace posy::federation
