#include "social/close.hpp"

#include <gmock/gmock.h>

#include "jobs/queue.hpp"
#include "social/clean_up.hpp"
#include "social/favourite.hpp"
#include "social/profile.hpp"
#include "social/register.hpp"
#include "social/test_world.hpp"
#include "store/closed_account.hpp"
#include "store/outgoing.hpp"
#include "store/relation.hpp"
#include "store/remote.hpp"
#include "store/signing_key.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Closing : public Rules {
 protected:
  Person anna = world.local("anna"), ben = world.local("ben");

  void closes(Person const& who) {
    world.write([&](db::Writer& w) { close_account(w, who.id); });
  }
  // As the job does it; bounded, so that a closing without an end fails.
  int clears(Person const& who) {
    int units = 1;
    while (world.write([&](db::Writer& w) { return close_some(w, who.id); }) && units < 200) ++units;
    EXPECT_LT(units, 200);
    return units;
  }
  store::Account account_of(Person const& who) {
    return world.read([&](db::Reader& r) { return store::find_account(r, who.id).value(); });
  }
  void know(Person const& who, std::string inbox, std::string shared = "") {
    world.write([&](db::Writer& w) {
      store::put_remote(w, {.account = who.id, .inbox = inbox, .shared_inbox = shared, .fetched_at = w.now()});
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Closing, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Closing, HidesEverythingAndEndsSignInAtOnce) {
  auto post = anna.posts("hello");
  closes(anna);
  EXPECT_FALSE(ben.sees(post));
  EXPECT_FALSE(world.read([&](db::Reader& r) { return find_login_named(r, "anna").has_value(); }));
  EXPECT_EQ(world.count("select count(*) from job where kind = 'close_account'"), 1);
}

TEST_P(Closing, TakesPostsFilesMarksAndFollowsInSlices) {
  for (int i = 0; i < 45; ++i) anna.posts("one of many");
  auto draft = anna.draft("with a picture");
  draft.media = {anna.uploads()};
  anna.publishes(draft);
  auto of_ben = ben.posts("stays");
  anna.follows(ben);
  ben.follows(anna);
  world.write([&](db::Writer& w) { favourite(w, anna.id, of_ben.id); });
  closes(anna);
  EXPECT_GT(clears(anna), 2);
  EXPECT_EQ(world.count("select count(*) from post"), 1);
  EXPECT_EQ(world.count("select count(*) from follow"), 0);
  EXPECT_EQ(world.stats(of_ben.id).favourites, 0);
  EXPECT_EQ(world.count("select count(*) from media where post is not null"), 0);
  world.clock.advance(std::chrono::hours(1));
  world.write([&](db::Writer& w) { return clean_up(w); });
  EXPECT_EQ(world.count("select count(*) from media"), 0);
}

TEST_P(Closing, LeavesNothingOfHerButTheName) {
  world.write([&](db::Writer& w) {
    update_profile(w, world.site, anna.id, {.display_name = "Anna A.", .note = "Writes.", .avatar = "face.png"});
  });
  closes(anna);
  auto left = account_of(anna);
  EXPECT_EQ(left.username, "anna");
  EXPECT_TRUE(left.suspended_at);
  EXPECT_EQ(left.display_name + left.note + left.note_source + left.avatar, "");
  SignUp again{.username = "Anna", .email = "other@a.example", .password = "correct horse"};
  auto complaints = world.read([&](db::Reader& r) { return check_member(r, again); });
  ASSERT_EQ(complaints.size(), 1u);
  EXPECT_EQ(complaints.front().code, "ERR_TAKEN");
}

TEST_P(Closing, GivesPicturesThatNobodyNamesToTheCleanUp) {
  auto clean = [&] { return world.write([&](db::Writer& w) { return clean_up(w); }); };
  auto wears = [&](Person const& who, std::string avatar) {
    world.write([&](db::Writer& w) { update_profile(w, world.site, who.id, {.avatar = avatar}); });
  };
  wears(anna, "first.png");
  wears(ben, "first.png");
  wears(anna, "second.png");
  world.clock.advance(std::chrono::hours(2));
  EXPECT_THAT(clean(), IsEmpty()) << "somebody else has the same picture";
  wears(ben, "third.png");
  EXPECT_THAT(clean(), IsEmpty()) << "pages still show it";
  world.clock.advance(std::chrono::hours(2));
  EXPECT_THAT(clean(), ElementsAre("first.png"));
  closes(anna);
  world.clock.advance(std::chrono::hours(2));
  EXPECT_THAT(clean(), ElementsAre("second.png"));
}

TEST_P(Closing, KeepsTheKeysUntilEverybodyHasHeard) {
  world.write([&](db::Writer& w) {
    store::keep_signing_key(w, {.owner = anna.id.value, .created_at = w.now()});
  });
  auto keys = [&] { return world.count("select count(*) from signing_key"); };
  closes(anna);
  clears(anna);
  EXPECT_EQ(keys(), 1);
  world.clock.advance(closed_keys_kept);
  clears(anna);
  EXPECT_EQ(keys(), 0);
}

TEST_P(Closing, IsDoneOnceAndOnlyHere) {
  auto zoe = world.remote("zoe", "far.example");
  auto refused = [&](Person const& who) {
    return world.refusal([&](db::Writer& w) { close_account(w, who.id); }).refusal;
  };
  EXPECT_EQ(refused(zoe), Refusal::not_found);
  closes(anna);
  EXPECT_EQ(refused(anna), Refusal::conflict);
}

TEST_P(Closing, TellsEveryServerOnce) {
  std::string const shared = "https://b.example/inbox";
  know(world.remote("zoe", "a.example"), "https://a.example/zoe/inbox");
  know(world.remote("yve", "b.example"), "https://b.example/yve/inbox", shared);
  know(world.remote("uma", "b.example"), "https://b.example/uma/inbox", shared);
  know(world.remote("tea", "c.example"), "https://c.example/inbox");
  know(world.remote("sue", "d.example"), "https://d.example/inbox");
  world.write([&](db::Writer& w) { store::retire_inbox(w, "https://c.example/inbox"); });
  auto after = [&](std::string const& where, int limit) {
    return world.read([&](db::Reader& r) { return store::server_inboxes_after(r, where, limit); });
  };
  auto some = after("", 2);
  EXPECT_THAT(some.inboxes, ElementsAre("https://a.example/zoe/inbox", shared));
  auto rest = after(some.last, 9);
  EXPECT_THAT(rest.inboxes, ElementsAre("https://d.example/inbox"));
  EXPECT_EQ(after(rest.last, 9).last, "");
}

TEST_P(Closing, SaysNothingButThatSheIsGone) {
  auto sends = [&] { return world.count("select count(*) from job where kind = 'send'"); };
  anna.posts("hello");
  auto before = sends();
  closes(anna);
  clears(anna);
  EXPECT_EQ(sends(), before + 1) << "no Delete for each post";
}

}  // namespace
}  // namespace posy::social::testing
