// Whether somebody elsewhere is gone for good. Servers under repair, restored from a backup or behind a new proxy say 410
// for a day; so it must have been heard several times, over a week, and nothing else in between.
#pragma once

#include "base/time.hpp"

namespace posy::federation {

constexpr std::chrono::days gone_after{7};
constexpr int gone_answers_min = 4;  // a server is asked about one person once a day at most

// What is known of an account whose document its server says to be gone; a document that comes after all ends it.
struct Absence {
  Time since;       // the first such answer
  int answers = 0;  // the last one too
};

constexpr bool is_gone_for_good(Absence const& absence, Time now) {
  return absence.answers >= gone_answers_min && now - absence.since >= gone_after;
}

}  // namespace posy::federation
