#include "social/follow.hpp"

#include <gmock/gmock.h>

#include "social/block.hpp"
#include "social/endorse.hpp"
#include "social/lists.hpp"
#include "social/profile.hpp"
#include "social/test_world.hpp"
#include "social/timelines.hpp"

namespace posy::social::testing {
namespace {

using store::NotificationKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

struct Counts {
  std::int64_t followers, following;
  friend bool operator==(Counts const&, Counts const&) = default;
};

class Follows : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  void follow(Person const& who, Person const& whom, FollowOptions const& options = {}) {
    world.write([&](db::Writer& w) { social::follow(w, who.id, whom.id, options); });
  }
  void lock(Person const& who) {
    world.write([&](db::Writer& w) { update_profile(w, world.site, who.id, {.locked = true}); });
  }
  Counts counts(Person const& of) {
    auto stats = world.read([&](db::Reader& r) { return store::account_stats(r, {of.id}).at(0); });
    return {stats.followers, stats.following};
  }
  bool is_following(Person const& who, Person const& whom) {
    return world.read([&](db::Reader& r) { return store::is_following(r, who.id, whom.id); });
  }
  bool is_waiting(Person const& who, Person const& whom) {
    return world.read(
        [&](db::Reader& r) { return store::find_follow_request(r, who.id, whom.id).has_value(); });
  }
  std::vector<PostId> home(Person const& of) {
    return world.read([&](db::Reader& r) { return home_timeline(r, of.id, {}); });
  }
};

TEST_P(Follows, CountOnBothSidesAndTellTheFollowed) {
  follow(alice, bob);
  EXPECT_TRUE(is_following(alice, bob));
  EXPECT_FALSE(is_following(bob, alice));
  EXPECT_EQ(counts(alice), (Counts{0, 1}));
  EXPECT_EQ(counts(bob), (Counts{1, 0}));
  EXPECT_EQ(world.notifications(bob, NotificationKind::follow), 1);
}

TEST_P(Follows, TwiceIsOnceAndChangesTheOptions) {
  follow(alice, bob);
  follow(alice, bob, {.boosts = false, .notify = true, .languages = std::vector<std::string>{"fr", "de"}});
  EXPECT_EQ(counts(bob), (Counts{1, 0}));
  auto row = world.read([&](db::Reader& r) { return *store::find_follow(r, alice.id, bob.id); });
  EXPECT_FALSE(row.boosts);
  EXPECT_TRUE(row.notify);
  EXPECT_EQ(row.languages, "fr de");
  follow(alice, bob);  // says nothing of them: they stay
  EXPECT_TRUE(world.read([&](db::Reader& r) { return store::find_follow(r, alice.id, bob.id)->notify; }));
}

TEST_P(Follows, RefuseLanguagesThatAreNone) {
  auto error = world.refusal([&](db::Writer& w) {
    social::follow(w, alice.id, bob.id, {.languages = std::vector<std::string>{"fr' or 1=1 --"}});
  });
  EXPECT_EQ(error.refusal, Refusal::unprocessable);
  EXPECT_FALSE(is_following(alice, bob));
}

TEST_P(Follows, BringTheLatestPostsHomeAndTakeThemAway) {
  auto post = bob.posts("hello");
  EXPECT_THAT(home(alice), IsEmpty());
  follow(alice, bob);
  EXPECT_THAT(home(alice), ElementsAre(post.id));
  world.write([&](db::Writer& w) { unfollow(w, alice.id, bob.id); });
  EXPECT_THAT(home(alice), IsEmpty());
  EXPECT_EQ(counts(bob), (Counts{0, 0}));
  EXPECT_EQ(counts(alice), (Counts{0, 0}));
  EXPECT_EQ(world.notifications(bob, NotificationKind::follow), 0);
}

TEST_P(Follows, OfSomebodyLockedWaitUntilAccepted) {
  lock(bob);
  follow(alice, bob);
  EXPECT_FALSE(is_following(alice, bob));
  EXPECT_TRUE(is_waiting(alice, bob));
  EXPECT_EQ(counts(bob), (Counts{0, 0}));
  EXPECT_EQ(world.notifications(bob, NotificationKind::follow_request), 1);

  world.write([&](db::Writer& w) { accept_follow(w, bob.id, alice.id); });
  EXPECT_TRUE(is_following(alice, bob));
  EXPECT_FALSE(is_waiting(alice, bob));
  EXPECT_EQ(counts(bob), (Counts{1, 0}));
  EXPECT_EQ(world.notifications(bob, NotificationKind::follow_request), 0);
}

TEST_P(Follows, ThatAreRejectedLeaveNothing) {
  lock(bob);
  follow(alice, bob);
  world.write([&](db::Writer& w) { reject_follow(w, bob.id, alice.id); });
  EXPECT_FALSE(is_waiting(alice, bob));
  EXPECT_FALSE(is_following(alice, bob));
  auto again = world.refusal([&](db::Writer& w) { accept_follow(w, bob.id, alice.id); });
  EXPECT_EQ(again.refusal, Refusal::not_found);
}

TEST_P(Follows, ThatWaitBeginWhenTheProfileIsUnlocked) {
  lock(bob);
  follow(alice, bob);
  EXPECT_FALSE(world.write([&](db::Writer& w) { return accept_some_waiting(w, bob.id); }));
  EXPECT_FALSE(is_following(alice, bob));
  EXPECT_FALSE(world.write([&](db::Writer& w) {
    update_profile(w, world.site, bob.id, {.locked = false});
    return accept_some_waiting(w, bob.id);
  }));
  EXPECT_TRUE(is_following(alice, bob));
  EXPECT_EQ(counts(bob), (Counts{1, 0}));
}

TEST_P(Follows, OfPeopleElsewhereWait) {
  auto rita = world.remote("rita", "far.example");
  follow(alice, rita);
  EXPECT_TRUE(is_waiting(alice, rita));
  EXPECT_FALSE(is_following(alice, rita));
}

TEST_P(Follows, AreRefusedAcrossABlockToOneselfAndToNobody) {
  world.write([&](db::Writer& w) { block(w, bob.id, alice.id); });
  auto refusal = [&](AccountId target) {
    return world.refusal([&](db::Writer& w) { social::follow(w, alice.id, target); }).refusal;
  };
  EXPECT_EQ(refusal(bob.id), Refusal::forbidden);
  EXPECT_EQ(refusal(alice.id), Refusal::not_found);
  EXPECT_EQ(refusal(AccountId{404}), Refusal::not_found);
}

TEST_P(Follows, EndWhenABlockBegins) {
  follow(alice, bob);
  follow(bob, alice);
  world.write([&](db::Writer& w) { block(w, alice.id, bob.id); });
  EXPECT_FALSE(is_following(alice, bob));
  EXPECT_FALSE(is_following(bob, alice));
  EXPECT_EQ(counts(alice), (Counts{0, 0}));
  EXPECT_EQ(counts(bob), (Counts{0, 0}));
  EXPECT_EQ(world.notifications(alice, NotificationKind::follow), 0);
  world.write([&](db::Writer& w) {
    block(w, alice.id, bob.id);  // twice is once
    unblock(w, alice.id, bob.id);
  });
  follow(bob, alice);
  EXPECT_TRUE(is_following(bob, alice));
}

TEST_P(Follows, EndForAWholeDomain) {
  auto rita = world.remote("rita", "far.example");
  auto kim = world.remote("kim", "near.example");
  for (auto who : {rita, kim}) world.write([&](db::Writer& w) { social::follow(w, who.id, alice.id); });
  EXPECT_EQ(counts(alice), (Counts{2, 0}));
  world.write([&](db::Writer& w) { block_domain(w, alice.id, "FAR.example", "posy.test"); });
  EXPECT_FALSE(world.write([&](db::Writer& w) { return leave_some_of_domain(w, alice.id, "FAR.example"); }));
  EXPECT_FALSE(is_following(rita, alice));
  EXPECT_TRUE(is_following(kim, alice));
  EXPECT_EQ(counts(alice), (Counts{1, 0}));
  auto blocked = world.refusal([&](db::Writer& w) { social::follow(w, alice.id, rita.id); });
  EXPECT_EQ(blocked.refusal, Refusal::forbidden);
  for (std::string_view domain : {"posy.test", "", "no domain", "a..b", "-'; drop table account"}) {
    auto error = world.refusal([&](db::Writer& w) { block_domain(w, alice.id, domain, "posy.test"); });
    EXPECT_EQ(error.refusal, Refusal::unprocessable) << domain;
  }
}

TEST_P(Follows, ThatEndEndMembershipAndEndorsement) {
  follow(alice, bob);
  auto list = world.write([&](db::Writer& w) {
    endorse(w, alice.id, bob.id);
    auto made = create_list(w, alice.id, {.title = "friends"});
    add_to_list(w, alice.id, made.id, {bob.id});
    return made;
  });
  world.write([&](db::Writer& w) { unfollow(w, alice.id, bob.id); });
  EXPECT_THAT(world.read([&](db::Reader& r) { return store::list_members(r, list.id, {}); }), IsEmpty());
  EXPECT_THAT(world.read([&](db::Reader& r) { return store::endorsements_of(r, alice.id, {}); }), IsEmpty());
  auto again = world.refusal([&](db::Writer& w) { endorse(w, alice.id, bob.id); });
  EXPECT_EQ(again.refusal, Refusal::unprocessable);
}

TEST_P(Follows, CanBeEndedByTheFollowed) {
  follow(alice, bob);
  world.write([&](db::Writer& w) { remove_follower(w, bob.id, alice.id); });
  EXPECT_FALSE(is_following(alice, bob));
  EXPECT_EQ(counts(alice), (Counts{0, 0}));
}

INSTANTIATE_TEST_SUITE_P(Engines, Follows, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
