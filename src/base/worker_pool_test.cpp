#include "base/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace posy {
namespace {

TEST(WorkerPool, StopRunsWhatIsQueued) {
  std::atomic<int> done = 0;
  WorkerPool pool{2, 1000};
  for (int i = 0; i < 1000; ++i)
    while (!pool.try_submit([&] { ++done; })) std::this_thread::yield();
  pool.stop();
  EXPECT_EQ(done, 1000);
  EXPECT_EQ(pool.waiting(), 0u);
}

TEST(WorkerPool, AFullQueueSaysSo) {
  std::latch running{1}, go_on{1};
  std::atomic<int> done = 0;
  WorkerPool pool{1, 2};
  ASSERT_TRUE(pool.try_submit([&] {
    running.count_down();
    go_on.wait();
  }));
  running.wait();
  EXPECT_TRUE(pool.try_submit([&] { ++done; }));
  EXPECT_TRUE(pool.try_submit([&] { ++done; }));
  EXPECT_EQ(pool.waiting(), 2u);
  EXPECT_FALSE(pool.try_submit([&] { ++done; }));
  go_on.count_down();
  pool.stop();
  EXPECT_EQ(done, 2);
}

TEST(WorkerPool, TakesNothingAfterStop) {
  WorkerPool pool{1, 1};
  pool.stop();
  pool.stop();
  EXPECT_FALSE(pool.try_submit([] {}));
}

TEST(WorkerPoolDeathTest, AJobMustNotThrow) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  auto throw_in_a_job = [] {
    WorkerPool pool(1, 1);
    static_cast<void>(pool.try_submit([] { throw 1; }));
    pool.stop();
  };
  EXPECT_DEATH(throw_in_a_job(), "");
}

}  // namespace
}  // namespace posy
