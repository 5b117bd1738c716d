#include "federation/key_cache.hpp"

#include <gtest/gtest.h>

namespace posy::federation {
namespace {

struct KeyCacheTest : ::testing::Test {
  KeyCache::Pointer of(std::int64_t account) {
    return std::make_shared<KnownKey const>(KnownKey{AccountId{account}, "https://a.example/" + std::to_string(account), key});
  }
  bool has(std::string const& id) { return cache.find(id, now) != nullptr; }

  crypto::PublicKey key = crypto::Ed25519PrivateKey::generate().public_key();
  KeyCache cache;
  Time now{std::chrono::hours(1)};
};

TEST_F(KeyCacheTest, AKeyIsFoundUntilItIsOld) {
  cache.put("a", of(1), 1, now);
  EXPECT_EQ(cache.find("a", now)->account, AccountId{1});
  EXPECT_FALSE(has("b"));
  now += KeyCache::kept + Milliseconds(1);
  EXPECT_FALSE(has("a"));
}

TEST_F(KeyCacheTest, WhatChangesIsDroppedByItsAccountAndByItsId) {
  for (auto id : {"a1", "a2"}) cache.put(id, of(1), 1, now);
  cache.put("b", of(2), 1, now);
  cache.put("c", of(3), 1, now);
  cache.drop(AccountId{1}, "b\nnone", 2);  // "b" was another's before
  EXPECT_FALSE(has("a1"));
  EXPECT_FALSE(has("a2"));
  EXPECT_FALSE(has("b"));
  EXPECT_TRUE(has("c"));
}

TEST_F(KeyCacheTest, WhatWasReadBeforeAChangeIsNotKept) {
  cache.drop(AccountId{1}, "", 5);
  cache.put("a", of(1), 4, now);
  EXPECT_FALSE(has("a"));
  cache.put("a", of(1), 5, now);
  EXPECT_TRUE(has("a"));
  cache.put("b", of(2), 0, now);  // what a Writer saw may never come true
  EXPECT_FALSE(has("b"));
}

TEST_F(KeyCacheTest, ThereIsAnEndToWhatItHolds) {
  for (std::size_t i = 0; i <= KeyCache::entries_max; ++i) cache.put(std::to_string(i), of(1), 1, now);
  EXPECT_FALSE(has("0"));
  EXPECT_TRUE(has("1"));
  cache.put("more", of(2), 1, now);  // "1" was used
  EXPECT_TRUE(has("1"));
  EXPECT_FALSE(has("2"));
}

}  // namespace
}  // namespace posy::federation
