#include "federation/delivery/figures.hpp"

#include <gmock/gmock.h>

namespace posy::federation {
namespace {

using ::testing::HasSubstr;

http::SendResult<http::Incoming> answered(unsigned status) {
  http::Incoming incoming;
  incoming.status = status;
  return incoming;
}

TEST(DeliveryClasses, AreOfTheAnswer) {
  EXPECT_EQ(class_of(answered(202)), DeliveryClass::delivered);
  EXPECT_EQ(class_of(answered(410)), DeliveryClass::gone);
  EXPECT_EQ(class_of(answered(403)), DeliveryClass::refused);
  for (unsigned status : {408u, 429u, 500u, 503u}) EXPECT_EQ(class_of(answered(status)), DeliveryClass::later);
}

TEST(DeliveryClasses, AreOfTheFailureWhereThereIsNoAnswer) {
  EXPECT_EQ(class_of(http::send_error(http::Failure::no_such_host)), DeliveryClass::unreachable);
  EXPECT_EQ(class_of(http::send_error(http::Failure::cannot_connect)), DeliveryClass::unreachable);
  EXPECT_EQ(class_of(http::send_error(http::Failure::timed_out)), DeliveryClass::timed_out);
  EXPECT_EQ(class_of(http::send_error(http::Failure::tls_failed)), DeliveryClass::tls);
  EXPECT_FALSE(class_of(http::send_error(http::Failure::stopped)));
}

TEST(DeliveryFigures, AreShownToPrometheus) {
  Metrics metrics;
  DeliveryFigures figures(metrics);
  observe(&figures, answered(202), 0.02);
  observe(&figures, answered(202), 0.02);
  observe(&figures, http::send_error(http::Failure::stopped), 0.02);
  observe(nullptr, answered(202), 0.02);
  figures.show(store::QueueDepth{.deliveries = 7, .hosts = 3, .resting = 1});
  auto page = metrics.render();
  EXPECT_THAT(page, HasSubstr("posy_delivery_attempts_total{outcome=\"delivered\"} 2"));
  EXPECT_THAT(page, HasSubstr("posy_delivery_attempts_total{outcome=\"tls\"} 0"));
  EXPECT_THAT(page, HasSubstr("posy_delivery_seconds_count 2"));
  EXPECT_THAT(page, HasSubstr("posy_delivery_waiting 7"));
  EXPECT_THAT(page, HasSubstr("posy_delivery_hosts_resting 1"));
}

}  // namespace
}  // namespace posy::federation
