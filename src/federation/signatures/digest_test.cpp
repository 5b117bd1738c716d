#include "federation/signatures/digest.hpp"

#include <gtest/gtest.h>

namespace posy::signatures {
namespace {

constexpr std::string_view body = "{\"hello\": \"world\"}";
constexpr std::string_view sha256 = "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";
// RFC 9421, appendix B.2.
constexpr std::string_view sha512 =
    "WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==";

std::string digest(std::string_view algorithm, std::string_view value) {
  return std::string{algorithm} + "=" + std::string{value};
}
std::string content_digest(std::string_view algorithm, std::string_view value) {
  return std::string{algorithm} + "=:" + std::string{value} + ":";
}

TEST(Digest, IsMadeAsTheDraftsExample) {
  EXPECT_EQ(make_digest(body), digest("SHA-256", sha256));
  EXPECT_EQ(make_digest(""), "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST(Digest, MatchesInEverySpelling) {
  for (auto const& header :
       {digest("SHA-256", sha256), digest("sha-256", sha256), digest("Sha-256", sha256),
        digest("SHA-512", sha512), digest("SHA-512", sha512) + ", " + digest("SHA-256", sha256),
        "MD5=nonsense!," + digest("SHA-256", sha256), digest("SHA-256", sha256) + " ,unixsum=30637"})
    EXPECT_TRUE(check_digest(header, body)) << header;
}

TEST(Digest, RefusesWhatDoesNotMatch) {
  auto const good = digest("SHA-256", sha256);
  for (auto const& header :
       {std::string{}, std::string{"SHA-256"}, std::string{"SHA-256="}, std::string{"SHA-256=!!"},
        digest("SHA-256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), digest("SHA-512", sha256),
        digest("MD5", "Sd/dVLAcvNLSq16eXua5uQ=="), good + ",", "," + good, good + ",x",
        // Every one must be right, or two readers could each believe another.
        good + "," + digest("SHA-256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        good + "," + digest("SHA-512", sha256), std::string(100'000, ','), std::string(100'000, 'A')}) {
    auto checked = check_digest(header, body);
    ASSERT_FALSE(checked) << header.substr(0, 200);
    EXPECT_EQ(checked.error().refusal, Refusal::unauthorized);
  }
  EXPECT_FALSE(check_digest(good, std::string{body} + " "));
  EXPECT_FALSE(check_digest(good, ""));
  EXPECT_FALSE(check_digest("a=1,b=2,c=3,d=4,e=5,f=6,g=7,h=8," + good, body));
}

// RFC 9530, appendix B.1.
TEST(ContentDigest, IsMadeAsTheRfcsExample) {
  EXPECT_EQ(make_content_digest("{\"hello\": \"world\"}\n"),
            "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
}

TEST(ContentDigest, MatchesEveryAlgorithmThatWeKnow) {
  for (auto const& header : {content_digest("sha-256", sha256), content_digest("sha-512", sha512),
                             content_digest("sha-512", sha512) + ", " + content_digest("sha-256", sha256),
                             "md5=:Sd/dVLAcvNLSq16eXua5uQ==:," + content_digest("sha-256", sha256),
                             content_digest("sha-256", sha256) + ";a=1"})
    EXPECT_TRUE(check_content_digest(header, body)) << header;
}

TEST(ContentDigest, RefusesWhatDoesNotMatch) {
  auto const good = content_digest("sha-256", sha256);
  for (auto const& header :
       {std::string{}, digest("sha-256", sha256), std::string{"sha-256=::"}, std::string{"sha-256"},
        std::string{"sha-256=:!!:"}, "SHA" + good.substr(3), good + ",", good + "," + good, good + ";",
        "sha-256=\"" + std::string{sha256} + "\"", "sha-256=(" + good.substr(8) + ")",
        content_digest("md5", "Sd/dVLAcvNLSq16eXua5uQ=="), content_digest("sha-512", sha256),
        good + "," + content_digest("sha-512", sha256), std::string(100'000, 'a')}) {
    auto checked = check_content_digest(header, body);
    ASSERT_FALSE(checked) << header.substr(0, 200);
    EXPECT_EQ(checked.error().refusal, Refusal::unauthorized);
  }
  EXPECT_FALSE(check_content_digest(good, std::string{body} + " "));
}

}  // namespace
}  // namespace posy::signatures
