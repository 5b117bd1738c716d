#include "store/measure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/test_database.hpp"
#include "store/migrations.hpp"

namespace posy::store {
namespace {

using namespace std::chrono_literals;

class TestClock final : public Clock {
 public:
  Time now() const override { return now_; }
  void advance(Milliseconds by) { now_ += by; }

 private:
  Time now_{Milliseconds{1'800'000'000'000}};
};

class Measures : public ::testing::TestWithParam<db::Engine> {
 protected:
  void add(std::int64_t scope, Measure measure, std::int64_t number) {
    database->write_now([&](db::Writer& w) { add_to_measure(w, scope, measure, number); });
  }
  std::vector<std::int64_t> numbers(std::int64_t scope, Measure measure, Time from) {
    std::vector<std::int64_t> out;
    auto load = [&](db::Reader& r) { return hours_of(r, scope, measure, hour_of(from)); };
    for (auto const& one : database->read_now(load)) out.push_back(one.number);
    return out;
  }

  TestClock clock;
  db::TestDatabase database{GetParam(), migrations(), &clock};
};
INSTANTIATE_TEST_SUITE_P(Engines, Measures, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Measures, AreCountedByTheHourOfEachScope) {
  auto const begin = clock.now();
  add(7, Measure::delivered, 3);
  add(7, Measure::delivered, 4);
  add(7, Measure::failed, 1);
  add(whole_server, Measure::delivered, 0);
  clock.advance(2h);
  add(7, Measure::delivered, 5);
  EXPECT_THAT(numbers(7, Measure::delivered, begin), ::testing::ElementsAre(7, 5));
  EXPECT_THAT(numbers(7, Measure::delivered, clock.now()), ::testing::ElementsAre(5));
  EXPECT_THAT(numbers(7, Measure::failed, begin), ::testing::ElementsAre(1));
  EXPECT_THAT(numbers(whole_server, Measure::delivered, begin), ::testing::IsEmpty());
  database->write_now([&](db::Writer& w) { forget_measures(w, clock.now()); });
  EXPECT_THAT(numbers(7, Measure::delivered, begin), ::testing::ElementsAre(5));
}

}  // namespace
}  // namespace posy::store
