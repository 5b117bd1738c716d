#include "federation/remote/synchronise.hpp"

#include <gtest/gtest.h>

namespace posy::federation {
namespace {

constexpr std::string_view good =
    R"(collectionId="https://a.example/users/1/followers", url="https://a.example/sync", )"
    R"(digest="c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f")";

TEST(Synchronisation, HasTheDigestOfTheSpecification) {
  std::vector<std::string> ids{"https://testing.example.org/users/1", "https://testing.example.org/users/2"};
  EXPECT_EQ(digest_of(ids), "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f");
  std::swap(ids[0], ids[1]);
  EXPECT_EQ(digest_of(ids), "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f");
  EXPECT_EQ(digest_of({}), std::string(64, '0'));
}

TEST(Synchronisation, IsReadAsItIsWritten) {
  auto read = read_synchronisation(good);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->collection, "https://a.example/users/1/followers");
  EXPECT_EQ(read->url, "https://a.example/sync");
  EXPECT_EQ(read_synchronisation(write_synchronisation(*read)), read);
  EXPECT_TRUE(read_synchronisation("  other=\"x\" ," + std::string(good) + " "));
}

TEST(Synchronisation, IsRefusedWhenAnythingIsWrong) {
  std::string text(good);
  for (std::size_t length = 0; length < text.size(); ++length)
    EXPECT_FALSE(read_synchronisation(std::string_view(text).substr(0, length))) << length;
  EXPECT_FALSE(read_synchronisation(text + ", digest=\"" + std::string(64, 'a') + "\"")) << "twice";
  EXPECT_FALSE(read_synchronisation(text + "x"));
  for (auto [from, to] : {std::pair("c33f", "C33f"), std::pair("c33f", "c33"),
                          std::pair("https://a.example/sync", "file:///x"), std::pair("=\"c33f", "=c33f")}) {
    std::string changed(good);
    changed.replace(changed.find(from), std::string_view(from).size(), to);
    EXPECT_FALSE(read_synchronisation(changed)) << changed;
  }
  EXPECT_FALSE(read_synchronisation(std::string(100'000, '"')));
}

TEST(Synchronisation, CountsOnlyWhenTheSignatureCoversIt) {
  signatures::Claim claim;
  std::string value(good);
  claim.base = "(request-target): post /inbox\nhost: b.example\ncollection-synchronization: " + value;
  EXPECT_TRUE(covers_synchronisation(claim, " " + value));
  EXPECT_FALSE(covers_synchronisation(claim, value + ", x=\"y\""));
  EXPECT_FALSE(covers_synchronisation(claim, value.substr(0, 20)));
  claim.base = "\"@method\": POST\n\"collection-synchronization\": " + value + "\n\"@signature-params\": ()";
  EXPECT_TRUE(covers_synchronisation(claim, value));
  claim.base = "host: x collection-synchronization: " + value;
  EXPECT_FALSE(covers_synchronisation(claim, value));
  claim.base = "host: b.example";
  EXPECT_FALSE(covers_synchronisation(claim, value));
}

TEST(Recently, LetsThroughOnceInAWhile) {
  Recently recently(std::chrono::minutes(5));
  Time now = from_milliseconds(1'000'000);
  EXPECT_TRUE(recently.claim(1, now));
  EXPECT_FALSE(recently.claim(1, now + std::chrono::minutes(4)));
  EXPECT_TRUE(recently.claim(2, now));
  EXPECT_TRUE(recently.claim(1, now + std::chrono::minutes(5)));
}

TEST(Recently, HasRoomForSoManyAndNoMore) {
  Recently recently(std::chrono::minutes(5));
  Time now = from_milliseconds(1'000'000);
  int taken = 0;
  for (int i = 0; i < 30'000; ++i) taken += recently.claim(i, now);
  EXPECT_EQ(taken, 20'000);
  EXPECT_TRUE(recently.claim(40'000, now + std::chrono::minutes(5)));
}

}  // namespace
}  // namespace posy::federation
