// Relationships as the rules make them (store/relationship.hpp), mutes and notes.
#include "store/relationship.hpp"

#include <gmock/gmock.h>

#include "social/block.hpp"
#include "social/follow.hpp"
#include "social/mute.hpp"
#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Relationships : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  std::vector<store::Relationship> of(Person const& who, std::vector<AccountId> const& targets) {
    return world.read([&](db::Reader& r) { return store::relationships(r, who.id, targets); });
  }
  store::Relationship between(Person const& who, Person const& whom) { return of(who, {whom.id}).at(0); }
  void mute(MuteOptions options = {}) {
    world.write([&](db::Writer& w) { social::mute(w, alice.id, bob.id, options); });
  }
};

TEST_P(Relationships, ComeInTheOrderAskedForWithoutTheUnknown) {
  auto carol = world.local("carol");
  auto rows = of(alice, {carol.id, AccountId{404}, bob.id, alice.id});
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[0].target, carol.id);
  EXPECT_EQ(rows[1].target, bob.id);
  EXPECT_EQ(rows[2].target, alice.id);
}

TEST_P(Relationships, SayEverythingFromBothSides) {
  auto rita = world.remote("rita", "far.example");
  world.write([&](db::Writer& w) {
    follow(w, alice.id, bob.id);
    follow(w, bob.id, alice.id);
    follow(w, alice.id, rita.id);
    note_account(w, alice.id, bob.id, "met in Lisbon");
  });
  auto seen = between(alice, bob);
  EXPECT_TRUE(seen.follow && seen.followed_by);
  EXPECT_EQ(seen.note, "met in Lisbon");
  EXPECT_EQ(between(bob, alice).note, "");
  EXPECT_TRUE(between(alice, rita).request);
  EXPECT_TRUE(between(rita, alice).requested_by);

  world.write([&](db::Writer& w) {
    block(w, alice.id, bob.id);
    block_domain(w, alice.id, "far.example", "posy.test");
  });
  EXPECT_TRUE(between(alice, bob).blocking);
  EXPECT_TRUE(between(bob, alice).blocked_by);
  EXPECT_FALSE(between(bob, alice).blocking);
  EXPECT_TRUE(between(alice, rita).domain_blocking);
}

TEST_P(Relationships, LeaveOutTheSuspendedUnlessAskedFor) {
  world.write([&](db::Writer& w) {
    auto account = *store::find_account(w, bob.id);
    account.suspended_at = w.now();
    store::update_account(w, account);
  });
  EXPECT_THAT(world.read([&](db::Reader& r) { return store::relationships(r, alice.id, {bob.id}, false); }),
              IsEmpty());
  EXPECT_THAT(of(alice, {bob.id}), SizeIs(1));
}

TEST_P(Relationships, ForgetAMuteThatHasExpired) {
  mute({.notifications = false, .duration = std::chrono::seconds(60)});
  auto seen = between(alice, bob);
  ASSERT_TRUE(seen.mute);
  EXPECT_FALSE(seen.mute->notifications);
  EXPECT_EQ(seen.mute->expires_at, world.clock.now() + std::chrono::seconds(60));
  world.clock.advance(std::chrono::seconds(61));
  EXPECT_FALSE(between(alice, bob).mute);
  EXPECT_THAT(world.read([&](db::Reader& r) { return store::mutes_of(r, alice.id, {}); }), IsEmpty());
  mute();
  EXPECT_TRUE(between(alice, bob).mute);
  EXPECT_FALSE(between(alice, bob).mute->expires_at);
  EXPECT_EQ(world.count("select count(*) from mute"), 1);
}

TEST_P(Relationships, RefuseAbsurdMutesAndNotes) {
  for (std::int64_t seconds : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()}) {
    auto error = world.refusal([&](db::Writer& w) {
      social::mute(w, alice.id, bob.id, {.duration = std::chrono::seconds(seconds)});
    });
    EXPECT_EQ(error.refusal, Refusal::unprocessable);
  }
  auto error =
      world.refusal([&](db::Writer& w) { note_account(w, alice.id, bob.id, std::string(2001, 'x')); });
  EXPECT_EQ(error.refusal, Refusal::unprocessable);
  world.write([&](db::Writer& w) { social::mute(w, alice.id, alice.id); });
  EXPECT_FALSE(between(alice, alice).mute);
}

TEST_P(Relationships, PagesAreWalkedNewestFirst) {
  std::vector<Person> people;
  for (auto name : {"p1", "p2", "p3"}) people.push_back(world.local(name));
  for (auto const& person : people) world.write([&](db::Writer& w) { follow(w, person.id, alice.id); });
  auto page = [&](store::Page at) {
    return world.read([&](db::Reader& r) { return store::followers_of(r, alice.id, at); });
  };
  auto first = page({.limit = 2});
  ASSERT_THAT(first, SizeIs(2));
  EXPECT_EQ(first[0].account, people[2].id);
  auto rest = page({.before = first[1].row.value, .limit = 2});
  ASSERT_THAT(rest, SizeIs(1));
  EXPECT_EQ(rest[0].account, people[0].id);
  auto back = page({.after = rest[0].row.value, .oldest_first = true, .limit = 1});
  ASSERT_THAT(back, SizeIs(1));
  EXPECT_EQ(back[0].account, people[1].id);
}

TEST_P(Relationships, KnowFamiliarFollowers) {
  auto carol = world.local("carol");
  auto shy = world.local("shy");
  world.write([&](db::Writer& w) {
    follow(w, alice.id, bob.id);
    follow(w, alice.id, shy.id);
    follow(w, bob.id, carol.id);
    follow(w, shy.id, carol.id);
    auto account = *store::find_account(w, shy.id);
    account.hide_collections = true;
    store::update_account(w, account);
  });
  EXPECT_THAT(world.read([&](db::Reader& r) { return store::familiar_followers(r, alice.id, carol.id, 10); }),
              ElementsAre(bob.id));
}

INSTANTIATE_TEST_SUITE_P(Engines, Relationships, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
