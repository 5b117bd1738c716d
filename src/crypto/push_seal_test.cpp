#include "crypto/push_seal.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace posy::crypto {
namespace {

std::string bytes(std::string_view base64) { return from_base64(base64).value(); }

// RFC 8291, appendix A.
TEST(PushSeal, SealsAsTheStandardSays) {
  auto point = bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
  auto key = P256PrivateKey::from_raw(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), point);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->point(), point);
  PushReader reader{
      .point = bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
      .auth = bytes("BTBZMqHH6r4Tts7J_aSIgg")};
  auto sealed = seal_push({*key, bytes("DGv6ra1nlYgDCS1FRnbzlw")}, reader, "When I grow up, I want to be a watermelon");
  ASSERT_TRUE(sealed);
  EXPECT_EQ(to_base64url(*sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBr"
            "u3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

TEST(PushSeal, KeysAreReadAgainAndAgree) {
  auto ours = P256PrivateKey::generate(), theirs = P256PrivateKey::generate();
  auto again = P256PrivateKey::from_raw(ours.scalar(), ours.point());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->agree(theirs.point()), theirs.agree(ours.point()));
  EXPECT_EQ(ours.sign("what is said").size(), 64u);
}

TEST(PushSeal, WhatIsNoPointIsRefused) {
  auto key = P256PrivateKey::generate();
  auto point = key.point();
  EXPECT_TRUE(is_p256_point(point));
  auto beside = point;
  beside.back() = static_cast<char>(beside.back() ^ 1);
  std::string const hostile[] = {"", "\x04", std::string(65, '\0'), std::string(65, '\x04'), point + 'x', beside,
                                 std::string(1, '\x00'), std::string(1 << 16, '\x04')};
  for (auto const& one : hostile) {
    EXPECT_FALSE(is_p256_point(one));
    EXPECT_FALSE(key.agree(one));
    EXPECT_FALSE(seal_push(PushSender::make(), {one, std::string(16, 'a')}, "text"));
    EXPECT_FALSE(seal_early_push(PushSender::make(), {one, std::string(16, 'a')}, "text"));
  }
  EXPECT_FALSE(P256PrivateKey::from_raw(P256PrivateKey::generate().scalar(), point)) << "of another point";
}

}  // namespace
}  // namespace posy::crypto
