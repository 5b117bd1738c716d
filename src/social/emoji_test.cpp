#include "social/emoji.hpp"

#include <gmock/gmock.h>

#include "social/test_world.hpp"
#include "store/emoji.hpp"

namespace posy::social::testing {
namespace {

class RemoteEmojis : public Rules {
 protected:
  void arrives(std::string domain, ArrivedEmoji emoji) {
    world.write([&](db::Writer& w) { keep_emojis(w, domain, {std::move(emoji)}); });
  }
  std::string url(std::string const& domain, std::string const& code) {
    return world.read([&](db::Reader& r) {
      auto found = store::emojis_by_code(r, domain, std::vector{code});
      return found.empty() ? std::string() : found.front().url;
    });
  }
  Time at(int day) { return world.clock.now() - std::chrono::days(100 - day); }
};
INSTANTIATE_TEST_SUITE_P(Engines, RemoteEmojis, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(RemoteEmojis, BelongToTheirServer) {
  arrives("far.example", {"bee", "https://far.example/bee.png", {}});
  arrives("near.example", {"bee", "https://near.example/bee.png", {}});
  EXPECT_EQ(url("far.example", "bee"), "https://far.example/bee.png");
  EXPECT_EQ(url("near.example", "bee"), "https://near.example/bee.png");
  arrives("", {"bee", "https://far.example/bee.png", {}});
  EXPECT_EQ(url("", "bee"), "");
}

TEST_P(RemoteEmojis, ChangeForwardOnly) {
  arrives("far.example", {"bee", "https://far.example/2", at(2)});
  arrives("far.example", {"bee", "https://far.example/1", at(1)});
  EXPECT_EQ(url("far.example", "bee"), "https://far.example/2");
  arrives("far.example", {"bee", "https://far.example/3", at(3)});
  EXPECT_EQ(url("far.example", "bee"), "https://far.example/3");
  // A date in the future does not fix a picture for ever.
  arrives("far.example", {"bee", "https://far.example/4", world.clock.now() + std::chrono::days(1000)});
  world.clock.advance(Milliseconds(1000));
  arrives("far.example", {"bee", "https://far.example/5", world.clock.now()});
  EXPECT_EQ(url("far.example", "bee"), "https://far.example/5");
}

TEST_P(RemoteEmojis, OfOneServerAreBounded) {
  std::vector<ArrivedEmoji> many;
  for (std::int64_t i = 0; i < emojis_of_server_max + 50; ++i)
    many.push_back({"code" + std::to_string(i), "https://far.example/e.png", {}});
  world.write([&](db::Writer& w) { keep_emojis(w, "far.example", many); });
  EXPECT_EQ(world.count("select count(*) from custom_emoji where domain = 'far.example'"), emojis_of_server_max);
  EXPECT_EQ(url("far.example", "code0"), "");
  EXPECT_NE(url("far.example", many.back().shortcode), "");
}

}  // namespace
}  // namespace posy::social::testing
