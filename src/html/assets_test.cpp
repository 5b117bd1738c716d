#include "html/assets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace posy::html {
namespace {

TEST(Assets, TheStyleSheetIsInTheProgram) {
  Assets all{{assets()}};
  auto const* css = all.find("posy.css");
  ASSERT_NE(css, nullptr);
  EXPECT_EQ(css->media_type, "text/css; charset=utf-8");
  EXPECT_THAT(css->content, testing::HasSubstr("prefers-color-scheme: dark"));
  EXPECT_EQ(all.versioned("posy.css"), "posy.css?v=" + css->version);
  EXPECT_EQ(all.find("../posy.css"), nullptr);
  EXPECT_EQ(all.find(""), nullptr);
}

TEST(Assets, AnotherContentHasAnotherVersion) {
  EmbeddedFile one[] = {{"a.svg", "<svg/>"}};
  EmbeddedFile two[] = {{"a.svg", "<svg />"}};
  EXPECT_NE(Assets{{one}}.find("a.svg")->version, Assets{{two}}.find("a.svg")->version);
  EXPECT_EQ(Assets{{one}}.find("a.svg")->version, Assets{{one}}.find("a.svg")->version);
}

TEST(Assets, EmbeddedFilesAreWholeAndSorted) {
  std::string_view before;
  for (auto const& file : templates()) {
    EXPECT_LT(before, file.name);
    EXPECT_FALSE(file.content.empty());
    EXPECT_EQ(file.content.find('\0'), file.content.npos);
    before = file.name;
  }
}

}  // namespace
}  // namespace posy::html
