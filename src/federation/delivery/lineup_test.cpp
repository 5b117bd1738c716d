#include "federation/delivery/lineup.hpp"

#include <gmock/gmock.h>

namespace posy::federation {
namespace {

using store::Delivery;
using store::Outgoing;
using ::testing::ElementsAre;

constexpr std::int64_t anna = 1, bert = 2;

struct Item {
  int number;
  Order order;
};

Item item(int number, std::int64_t sender, PostId post, bool is_urgent, std::string inbox = "i") {
  Outgoing outgoing{.id = RowId{number}, .sender = sender, .body = {}, .created_at = {}, .post = post};
  return {number, order_of({.host = "a.test", .outgoing = RowId{number}, .inbox = std::move(inbox),
                            .is_urgent = is_urgent}, outgoing)};
}

// Those that go side by side, at once.
std::vector<int> at_once(std::vector<Item> waiting) {
  std::vector<int> out;
  std::unordered_set<std::string> busy;
  for (auto next = find_free(waiting, busy); next != waiting.end(); next = find_free(waiting, busy)) {
    out.push_back(next->number);
    busy.insert(next->order.holds.begin(), next->order.holds.end());
    waiting.erase(next);
  }
  return out;
}

TEST(Lineup, KeepsWhatOnePersonSendsToManyInOrder) {
  EXPECT_THAT(at_once({item(1, anna, PostId{1}, false), item(2, anna, PostId{2}, false), item(3, anna, {}, false)}),
              ElementsAre(1));
  EXPECT_THAT(at_once({item(1, anna, PostId{1}, false), item(2, anna, PostId{1}, false, "other"),
                       item(3, bert, PostId{2}, false)}),
              ElementsAre(1, 2, 3));
}

TEST(Lineup, LetsLettersGoBesideAllElseButInOrderForEachPost) {
  EXPECT_THAT(at_once({item(1, anna, PostId{1}, false), item(2, anna, PostId{2}, true), item(3, anna, PostId{3}, true)}),
              ElementsAre(1, 2, 3));
  EXPECT_THAT(at_once({item(1, anna, PostId{1}, true), item(2, anna, PostId{1}, true)}), ElementsAre(1));
  EXPECT_THAT(at_once({item(1, anna, PostId{1}, false), item(2, anna, PostId{1}, true)}), ElementsAre(1));
}

TEST(Lineup, KeepsSmallActsInOrderAndBeforeWhatFollowsForMany) {
  EXPECT_THAT(at_once({item(1, anna, {}, true), item(2, anna, {}, true)}), ElementsAre(1));
  EXPECT_THAT(at_once({item(1, anna, {}, true), item(2, anna, PostId{1}, false)}), ElementsAre(1));
  EXPECT_THAT(at_once({item(1, anna, PostId{1}, false), item(2, anna, {}, true)}), ElementsAre(1, 2));
}

Delivery one(int number, bool is_urgent) {
  return {.host = "a.test", .outgoing = RowId{number}, .inbox = "i", .is_urgent = is_urgent};
}

std::vector<std::int64_t> numbers(std::vector<Delivery> const& deliveries) {
  std::vector<std::int64_t> out;
  for (auto const& delivery : deliveries) out.push_back(delivery.outgoing.value);
  return out;
}

TEST(Lineup, BeginsWithWhatIsUrgentAndHasEachOnce) {
  EXPECT_THAT(numbers(line_up({one(3, true), one(90, true)}, {one(1, false), one(2, false), one(3, true), one(4, false)}, 8)),
              ElementsAre(3, 90, 1, 2, 4));
  EXPECT_THAT(numbers(line_up({}, {one(1, false), one(2, true)}, 8)), ElementsAre(1, 2));
}

TEST(Lineup, LoadsNothingThatStandsBehindWhatIsUrgentAndNotLoaded) {
  EXPECT_THAT(numbers(line_up({one(3, true), one(5, true)}, {one(1, false), one(3, true), one(4, false), one(8, false)}, 2)),
              ElementsAre(3, 5, 1, 4));
}

}  // namespace
}  // namespace posy::federation
