#include "social/trends.hpp"

#include <gmock/gmock.h>

#include "social/boost.hpp"
#include "social/favourite.hpp"
#include "social/mute.hpp"
#include "social/remove.hpp"
#include "social/test_world.hpp"
#include "store/tag.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Trends : public Rules {
 protected:
  Person alice = found("alice");
  Person bob = found("bob");
  Person carol = found("carol");
  Person shy = world.local("shy");

  Person found(std::string const& name) {
    auto person = world.local(name);
    set(person, "discoverable", 1);
    return person;
  }
  void set(Person const& person, std::string const& column, int value) {
    world.write([&](db::Writer& w) {
      w.run("update account set " + column + " = $2 where id = $1", person.id, value);
    });
  }
  void likes(Person const& person, Post const& post) {
    world.write([&](db::Writer& w) { favourite(w, person.id, post.id); });
  }
  Post liked(Person const& author, std::vector<Person> const& by, std::string text = "text") {
    auto post = author.posts(std::move(text));
    for (auto const& person : by) likes(person, post);
    return post;
  }
  std::vector<std::string> tags() {
    return world.read([](db::Reader& r) {
      std::vector<std::string> out;
      for (auto id : trending_tags(r))
        out.push_back(r.one<std::string>("select name from tag where id = $1", id));
      return out;
    });
  }
  std::vector<PostId> posts() {
    return world.read([](db::Reader& r) { return trending_posts(r); });
  }
};

TEST_P(Trends, AreTagsThatSeveralPeopleUse) {
  for (auto const& person : {alice, bob}) person.posts("#spring is here");
  for (auto const& person : {alice, bob, carol}) person.posts("#snow again");
  for (int i = 0; i < 5; ++i) alice.posts("#mine");
  EXPECT_THAT(tags(), ElementsAre("snow", "spring"));
  world.clock.advance(std::chrono::hours{24 * 4});
  EXPECT_THAT(tags(), IsEmpty());
}

TEST_P(Trends, CountNoPostThatNotEverybodyIsMeantToSee) {
  alice.posts("#quiet");
  shy.posts("#quiet");
  bob.posts("#quiet", Visibility::unlisted);
  bob.posts("#quiet", Visibility::followers);
  auto warned = bob.draft("#quiet");
  warned.notice = "careful";
  bob.publishes(warned);
  auto sensitive = bob.draft("#quiet");
  sensitive.sensitive = true;
  bob.publishes(sensitive);
  auto other = carol.posts("hello");
  bob.replies(other, "#quiet");
  EXPECT_THAT(tags(), IsEmpty());
  auto open = bob.posts("#quiet");
  EXPECT_THAT(tags(), ElementsAre("quiet"));
  set(bob, "silenced_at", 1);
  EXPECT_THAT(tags(), IsEmpty());
  world.write([&](db::Writer& w) { w.run("update account set silenced_at = null where id = $1", bob.id); });
  world.write([&](db::Writer& w) { remove_post(w, bob.id, open.id, KeepMedia::no); });
  EXPECT_THAT(tags(), IsEmpty());
}

TEST_P(Trends, ArePostsThatSeveralPeopleLike) {
  auto some = liked(alice, {bob, shy});
  auto most = liked(bob, {alice, carol});
  world.write([&](db::Writer& w) { boost(w, shy.id, most.id); });
  liked(carol, {alice});            // one alone is no trend
  liked(shy, {alice, bob, carol});  // who does not want to be found
  auto warned = bob.draft("careful");
  warned.sensitive = true;
  auto hidden = bob.publishes(warned);
  for (auto const& person : {alice, carol, shy}) likes(person, hidden);
  EXPECT_THAT(posts(), ElementsAre(most.id, some.id));
}

TEST_P(Trends, ShowOnePostOfAnAuthor) {
  liked(alice, {bob, carol});
  auto best = liked(alice, {bob, carol, shy});
  EXPECT_THAT(posts(), ElementsAre(best.id));
}

TEST_P(Trends, GrowOld) {
  auto yesterday = liked(alice, {bob, carol, shy});
  world.clock.advance(std::chrono::hours{24});
  auto today = liked(bob, {alice, carol});
  EXPECT_THAT(posts(), ElementsAre(today.id, yesterday.id));
  world.clock.advance(std::chrono::hours{24 * 3 - 1});
  EXPECT_THAT(posts(), ElementsAre(today.id));
}

TEST_P(Trends, LeaveOutWhomTheViewerDoesNotWantToSee) {
  auto post = liked(alice, {bob, carol});
  auto other = liked(bob, {alice, carol});
  world.write([&](db::Writer& w) { mute(w, carol.id, alice.id); });
  auto shown = [&](Viewer viewer) {
    return world.read([&](db::Reader& r) { return without_hidden(r, viewer, {post.id, other.id}); });
  };
  EXPECT_THAT(shown({carol.id}), ElementsAre(other.id));
  EXPECT_THAT(shown({}), ElementsAre(post.id, other.id));
}

INSTANTIATE_TEST_SUITE_P(Engines, Trends, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
