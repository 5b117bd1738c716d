#include "base/id.hpp"

#include <gtest/gtest.h>

#include <unordered_set>

namespace posy {
namespace {

struct StoppedClock final : Clock {
  Time now() const override { return time; }
  Time time = from_milliseconds(1'800'000'000'000);
};

TEST(IdMaker, GrowsAndKeepsTheTime) {
  StoppedClock clock;
  IdMaker ids(clock);
  std::int64_t last = 0;
  for (int i = 0; i < 30'000; ++i) {
    auto id = ids.next();
    EXPECT_GT(id, last);
    EXPECT_EQ(time_of_id(id), clock.time);
    last = id;
  }
  clock.time -= std::chrono::seconds(5);
  EXPECT_GT(ids.next(), last) << "a clock that was set back";
}

TEST(IdMaker, TwoProcessesDoNotMakeTheSame) {
  StoppedClock clock;
  IdMaker here(clock), there(clock);
  std::unordered_set<std::int64_t> made;
  int twice = 0;
  for (int i = 0; i < 2'000; ++i) {
    twice += !made.insert(here.next()).second;
    twice += !made.insert(there.next()).second;
    clock.time += Milliseconds{1};
  }
  EXPECT_LT(twice, 5);
}

TEST(IdMaker, GoesOnBehindWhatIsThereThoughTheClockStandsBeforeIt) {
  StoppedClock clock;
  IdMaker ids(clock);
  auto const newest = first_id_at(clock.now() + std::chrono::hours(24));
  ids.skip(newest);
  EXPECT_EQ(ids.next(), newest + 1);
  ids.skip(newest);  // not back
  EXPECT_EQ(ids.next(), newest + 2);
}

}  // namespace
}  // namespace posy
