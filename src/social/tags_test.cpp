#include "social/tags.hpp"

#include <gmock/gmock.h>

#include "social/markers.hpp"
#include "social/test_world.hpp"
#include "social/timelines.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Tags : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  store::FeaturedTag feature(std::string_view name) {
    return world.write([&](db::Writer& w) { return feature_tag(w, alice.id, name); });
  }
};

TEST_P(Tags, ThatAreFollowedBringPostsHome) {
  auto tag = world.write([&](db::Writer& w) { return follow_tag(w, alice.id, "#Cats"); });
  EXPECT_EQ(tag.name, "cats");
  auto post = bob.posts("look #CATS");
  EXPECT_THAT(world.read([&](db::Reader& r) { return home_timeline(r, alice.id, {}); }),
              ElementsAre(post.id));
  world.write([&](db::Writer& w) { unfollow_tag(w, alice.id, "cats"); });
  EXPECT_THAT(world.read([&](db::Reader& r) { return store::followed_tags(r, alice.id, {}); }), IsEmpty());
}

TEST_P(Tags, MustBeHashtags) {
  for (std::string name : {"", "#", "two words", "a-b", "12345", "x'; --", "\xff", "a/b"}) {
    auto error = world.refusal([&](db::Writer& w) { follow_tag(w, alice.id, name); });
    EXPECT_EQ(error.refusal, Refusal::not_found) << name;
    error = world.refusal([&](db::Writer& w) { feature_tag(w, alice.id, name); });
    EXPECT_EQ(error.refusal, Refusal::unprocessable) << name;
  }
  EXPECT_EQ(world.count("select count(*) from tag"), 0);
}

TEST_P(Tags, ThatNobodyUsedAreShownWithoutBeingMade) {
  auto tag = world.read([&](db::Reader& r) { return find_tag(r, "Ungesehen"); });
  EXPECT_EQ(tag.name, "ungesehen");
  EXPECT_FALSE(tag.id);
  EXPECT_EQ(world.count("select count(*) from tag"), 0);
}

TEST_P(Tags, ThatAreFeaturedCountPublicPostsOfTheirOwner) {
  auto row = feature("cats");
  EXPECT_EQ(feature("CATS").id, row.id);
  alice.posts("#cats one");
  alice.posts("#cats secret", Visibility::followers);
  bob.posts("#cats");
  auto usage = world.read([&](db::Reader& r) { return store::tag_usage(r, alice.id, {row.tag}); });
  ASSERT_THAT(usage, SizeIs(1));
  EXPECT_EQ(usage[0].posts, 1);
  auto days = world.read([&](db::Reader& r) { return store::tag_days(r, {row.tag}, 0); });
  ASSERT_THAT(days, SizeIs(1));
  EXPECT_EQ(days[0].accounts, 2);
}

TEST_P(Tags, AreFeaturedTenAtMostAndOnlyByTheirOwner) {
  store::FeaturedTag last;
  for (int i = 0; i < 10; ++i) last = feature("tag" + std::to_string(i));
  auto error = world.refusal([&](db::Writer& w) { feature_tag(w, alice.id, "eleven"); });
  EXPECT_EQ(error.refusal, Refusal::unprocessable);
  error = world.refusal([&](db::Writer& w) { unfeature_tag(w, bob.id, last.id); });
  EXPECT_EQ(error.refusal, Refusal::not_found);
  world.write([&](db::Writer& w) { unfeature_tag(w, alice.id, last.id); });
  feature("eleven");
}

TEST_P(Tags, ThatAreUsedMostAreSuggested) {
  feature("shown");
  alice.posts("#shown #rare");
  alice.posts("#shown #often");
  alice.posts("#often");
  auto ids = world.read([&](db::Reader& r) { return store::most_used_tags(r, alice.id, 10); });
  ASSERT_THAT(ids, SizeIs(2));
  auto first = world.read([&](db::Reader& r) { return store::tags_by_id(r, {ids[0]}).at(0).name; });
  EXPECT_EQ(first, "often");
}

class Markers : public Rules {};

TEST_P(Markers, GrowAVersionWithEachChange) {
  auto alice = world.local("alice"), bob = world.local("bob");
  auto set = [&](std::string timeline, std::int64_t id) {
    return world.write([&](db::Writer& w) { return set_markers(w, alice.id, {{timeline, id}}); });
  };
  EXPECT_EQ(set("home", 100).at(0).version, 1);
  auto second = set("home", 50).at(0);
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(second.last_read, 50);
  set("notifications", 7);
  EXPECT_THAT(set("lists", 7), IsEmpty());
  auto of = [&](AccountId who, std::vector<std::string> const& names) {
    return world.read([&](db::Reader& r) { return store::markers_of(r, who, names); });
  };
  EXPECT_THAT(of(alice.id, {"home"}), SizeIs(1));
  EXPECT_THAT(of(alice.id, {"home", "notifications"}), SizeIs(2));
  EXPECT_THAT(of(alice.id, {}), IsEmpty());
  EXPECT_THAT(of(bob.id, {"home"}), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, Tags, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);
INSTANTIATE_TEST_SUITE_P(Engines, Markers, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
