#include "base/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace posy {
namespace {

using testing::HasSubstr;

TEST(Metrics, AreRenderedAsText) {
  Metrics metrics;
  metrics.counter("posy_posts_total", "Posts published.").Increment(3);
  metrics.gauge("posy_streams", "Open streams.", {{"kind", "user"}}).Set(2);
  metrics.seconds("posy_request_seconds", "Time to answer.").Observe(0.002);
  auto text = metrics.render();
  EXPECT_THAT(text, HasSubstr("# HELP posy_posts_total Posts published.\n# TYPE posy_posts_total counter\n"));
  EXPECT_THAT(text, HasSubstr("\nposy_posts_total 3\n"));
  EXPECT_THAT(text, HasSubstr("posy_streams{kind=\"user\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("posy_request_seconds_bucket{le=\"0.001\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("posy_request_seconds_bucket{le=\"0.0025\"} 1\n"));
}

TEST(Metrics, TheSameNameAndLabelsAreTheSameSeries) {
  Metrics metrics;
  auto& first = metrics.counter("posy_x_total", "X.", {{"a", "1"}});
  EXPECT_EQ(&first, &metrics.counter("posy_x_total", "X.", {{"a", "1"}}));
  EXPECT_NE(&first, &metrics.counter("posy_x_total", "X.", {{"a", "2"}}));
}

TEST(Metrics, TellOfTheProcess) {
  auto text = Metrics{}.render();
  for (auto name : {"process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds",
                    "process_start_time_seconds"})
    EXPECT_THAT(text, HasSubstr(std::string{"\n"} + name + " "));
  EXPECT_THAT(text, testing::Not(HasSubstr("\nprocess_resident_memory_bytes 0\n")));
  EXPECT_THAT(text, testing::Not(HasSubstr("\nprocess_start_time_seconds 0\n")));
}

}  // namespace
}  // namespace posy
