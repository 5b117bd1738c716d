#include "crypto/password.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

namespace posy::crypto {
namespace {

TEST(Password, TheRightOneIsRecognised) {
  auto stored = hash_password("correct horse 🐴");
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(verify_password("correct horse 🐴", stored));
  EXPECT_FALSE(verify_password("correct horse", stored));
  EXPECT_FALSE(verify_password("", stored));
  EXPECT_FALSE(needs_rehash(stored));
}

TEST(Password, TheSameTwiceLooksDifferent) {
  EXPECT_NE(hash_password("same"), hash_password("same"));
}

TEST(Password, NulAndLengthCount) {
  using namespace std::string_literals;
  auto stored = hash_password("a\0b"s);
  EXPECT_TRUE(verify_password("a\0b"s, stored));
  EXPECT_FALSE(verify_password("a", stored));
  EXPECT_FALSE(verify_password(std::string(password_bytes_max + 1, 'a'), stored));
}

TEST(Password, WhatIsNoHashMatchesNothing) {
  for (std::string stored : {"", "plain", "$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1$", "$2b$12$abc",
                             "$argon2id$v=19$m=99999999,t=9,p=1$YWFhYWFhYWE$YWFhYWFhYWE"}) {
    EXPECT_FALSE(verify_password("plain", stored)) << stored;
    EXPECT_FALSE(verify_password("", stored)) << stored;
  }
}

TEST(Password, CheaperHashesAreMadeAnew) {
  char cheap[crypto_pwhash_STRBYTES];
  ASSERT_EQ(crypto_pwhash_str(cheap, "x", 1, 1, 8 * 1024 * 1024), 0);
  EXPECT_TRUE(verify_password("x", cheap));
  EXPECT_TRUE(needs_rehash(cheap));
  EXPECT_TRUE(needs_rehash("nonsense"));
}

}  // namespace
}  // namespace posy::crypto
