#include "federation/remote/emojis.hpp"

#include <gmock/gmock.h>

namespace posy::federation {
namespace {

std::vector<std::string> codes(Tags const& tags) {
  std::vector<std::string> out;
  for (auto const& emoji : emojis_of(tags)) out.push_back(emoji.shortcode);
  return out;
}

Emoji emoji(std::string code, std::string url = "https://far.example/e.png") {
  return {.id = {}, .shortcode = std::move(code), .url = std::move(url), .media_type = {}, .updated = {}};
}

TEST(EmojisOfADocument, AreThoseThatCanBeShown) {
  Tags tags{.emojis = {emoji("bee"), emoji("a"), emoji("bee", "https://far.example/other.png"), emoji("with-dash"),
                       emoji("script", "javascript:alert(1)"), emoji("file", "file:///etc/passwd"), emoji("Cat_1")}};
  EXPECT_THAT(codes(tags), ::testing::ElementsAre("bee", "Cat_1"));
}

TEST(EmojisOfADocument, AreBounded) {
  Tags tags;
  for (int i = 0; i < 1000; ++i) tags.emojis.push_back(emoji("code" + std::to_string(i)));
  EXPECT_EQ(emojis_of(tags).size(), emojis_of_document_max);
}

}  // namespace
}  // namespace posy::federation
