#include "social/move.hpp"

#include <gmock/gmock.h>

#include "jobs/queue.hpp"
#include "social/block.hpp"
#include "social/boost.hpp"
#include "social/follow.hpp"
#include "social/lists.hpp"
#include "social/mute.hpp"
#include "social/test_world.hpp"
#include "store/list.hpp"
#include "store/relation.hpp"
#include "store/remote.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using std::chrono::days;

class Moves : public Rules {
 protected:
  Person old = world.remote("zoe", "old.example");
  Person fresh = world.remote("zoe", "new.example");
  Person home = world.local("zoe");
  Person anna = world.local("anna"), ben = world.local("ben");

  bool begins(Person const& from, Person const& to) {
    auto begin = [&](db::Writer& w) { return begin_move(w, account_in(w, from), account_in(w, to)).has_value(); };
    return world.write(begin);
  }
  static store::Account account_in(db::Reader& r, Person const& who) {
    return store::find_account(r, who.id).value();
  }
  // As the job does it; bounded, so that a move without an end fails.
  int carry(Person const& from) {
    int units = 1;
    auto some = [&](db::Writer& w) { return carry_some_over(w, from.id); };
    while (world.write(some) && units < 100) ++units;
    EXPECT_LT(units, 100);
    return units;
  }
  void moves(Person const& from, Person const& to) {
    EXPECT_TRUE(begins(from, to));
    carry(from);
  }
  bool follows(Person const& who, Person const& target) {
    return world.read([&](db::Reader& r) { return store::is_following(r, who.id, target.id); });
  }
  std::optional<store::Follow> asks(Person const& who, Person const& target) {
    return world.read([&](db::Reader& r) { return store::find_follow_request(r, who.id, target.id); });
  }
  bool blocks(Person const& who, Person const& target) {
    return world.read([&](db::Reader& r) { return store::has_blocked(r, who.id, target.id); });
  }
  void know(Person const& who) {
    world.write([&](db::Writer& w) {
      store::put_remote(w, {.account = who.id, .inbox = "https://far.example/inbox", .fetched_at = w.now()});
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Moves, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Moves, TakeFollowersAlongWithTheirOptionsAndLists) {
  anna.follows(old);
  auto list = world.write([&](db::Writer& w) {
    follow(w, anna.id, old.id, {.boosts = false, .notify = true, .languages = {{"de", "en"}}});
    auto made = create_list(w, anna.id, {.title = "friends"});
    add_to_list(w, anna.id, made.id, {old.id});
    return made.id;
  });
  moves(old, fresh);
  EXPECT_FALSE(follows(anna, old));
  auto request = asks(anna, fresh);  // the new account's server has to agree
  ASSERT_TRUE(request);
  EXPECT_FALSE(request->boosts);
  EXPECT_TRUE(request->notify);
  EXPECT_EQ(request->languages, "de en");
  auto members = [&](db::Reader& r) { return store::list_members(r, list, {}); };
  EXPECT_THAT(world.read(members), ElementsAre(fresh.id));
  // Who is not let in stands in no list.
  world.write([&](db::Writer& w) { reject_follow(w, fresh.id, anna.id); });
  EXPECT_THAT(world.read(members), IsEmpty());
}

TEST_P(Moves, ToAPersonOfThisServerAreFollowsAtOnce) {
  anna.follows(old);
  home.follows(old);  // the new account followed the old one itself
  moves(old, home);
  EXPECT_TRUE(follows(anna, home));
  EXPECT_FALSE(follows(anna, old));
  EXPECT_FALSE(follows(home, old));
  EXPECT_EQ(world.notifications(home, store::NotificationKind::follow), 1);
  EXPECT_EQ(world.read([&](db::Reader& r) { return store::find_move(r, old.id)->followers; }), 1);
}

TEST_P(Moves, AreCarriedOutInPartsOfBoundedSize) {
  std::vector<Person> people;
  for (int i = 0; i < 60; ++i) people.push_back(world.local("p" + std::to_string(i)));
  for (auto const& person : people) person.follows(old);
  ASSERT_TRUE(begins(old, home));
  EXPECT_GE(carry(old), 3 + 3);
  for (auto const& person : people) EXPECT_TRUE(follows(person, home));
}

TEST_P(Moves, CarryBlocksMutesAndNotesOver) {
  auto carl = world.local("carl"), dora = world.local("dora");
  world.write([&](db::Writer& w) {
    block(w, anna.id, old.id);
    mute(w, ben.id, old.id, {.notifications = false, .duration = std::chrono::hours(5)});
    note_account(w, carl.id, old.id, "sings");
    block(w, dora.id, old.id);
    follow(w, dora.id, home.id);  // and yet she likes the new one
  });
  moves(old, home);
  EXPECT_TRUE(blocks(anna, home));
  EXPECT_FALSE(blocks(dora, home));
  auto mutes = world.read([&](db::Reader& r) { return store::mutes_about(r, home.id, 0, 10); });
  ASSERT_EQ(mutes.size(), 1u);
  EXPECT_EQ(mutes[0].account, ben.id);
  EXPECT_FALSE(mutes[0].notifications);
  EXPECT_TRUE(mutes[0].expires_at);
  auto notes = world.read([&](db::Reader& r) { return store::notes_about(r, home.id, 0, 10); });
  ASSERT_EQ(notes.size(), 3u);
  EXPECT_EQ(notes[2].comment, "Was @zoe@old.example. sings");
}

TEST_P(Moves, LeaveAloneWhoMayOrWillNotFollow) {
  anna.follows(old);
  ben.follows(old);
  world.write([&](db::Writer& w) {
    block(w, home.id, anna.id);
    w.run("update account set suspended_at = 1 where id = $1", ben.id);
  });
  moves(old, home);
  EXPECT_FALSE(follows(anna, home));
  EXPECT_FALSE(follows(ben, home));
  EXPECT_TRUE(follows(anna, old));
}

TEST_P(Moves, HappenOnceInAWhileAndNotInCircles) {
  know(old), know(fresh);
  anna.follows(old);
  EXPECT_FALSE(begins(old, old));
  EXPECT_TRUE(begins(old, fresh));
  EXPECT_FALSE(begins(old, home));   // just moved
  EXPECT_FALSE(begins(fresh, old));  // which has left
  // Even where the old profile leads nowhere again while its followers are on their way:
  world.write([&](db::Writer& w) { store::set_moved_to(w, old.id, {}); });
  EXPECT_TRUE(begins(fresh, old));
  carry(old);
  carry(fresh);
  EXPECT_TRUE(asks(anna, fresh) || asks(anna, old));
  world.clock.advance(days(8));
  EXPECT_FALSE(begins(old, fresh));  // which leads back here by now
  world.write([&](db::Writer& w) {
    store::put_remote(
        w, {.account = fresh.id, .inbox = "i", .fetched_at = w.now(), .moved_uri = "https://any.example/x"});
  });
  EXPECT_FALSE(begins(old, fresh));  // which says that it leads somewhere, believed or not
  know(fresh);
  EXPECT_TRUE(begins(old, fresh));
}

TEST_P(Moves, DoNotTakeAlongWhoFollowsLater) {
  ASSERT_TRUE(begins(old, home));
  world.clock.advance(std::chrono::seconds(1));
  anna.follows(old);
  carry(old);
  EXPECT_TRUE(follows(anna, old));
  EXPECT_FALSE(follows(anna, home));
}

TEST_P(Moves, OfAPersonHereShutHerAccountForPostingUntilSheReturns) {
  auto post = anna.posts("hello");
  moves(home, fresh);
  EXPECT_EQ(world.read([&](db::Reader& r) { return store::moved_to(r, home.id); }), fresh.id);
  auto refusal = world.refusal([&](db::Writer& w) { publish(w, world.site, home.draft("again")); });
  EXPECT_EQ(refusal.refusal, Refusal::forbidden);
  refusal = world.refusal([&](db::Writer& w) { boost(w, home.id, post.id); });
  EXPECT_EQ(refusal.refusal, Refusal::forbidden);
  world.write([&](db::Writer& w) { return_home(w, home.id); });
  EXPECT_FALSE(world.read([&](db::Reader& r) { return store::moved_to(r, home.id); }));
  home.posts("here I am");
  EXPECT_FALSE(begins(home, fresh));  // a month has not passed
  EXPECT_EQ(world.refusal([&](db::Writer& w) { return_home(w, home.id); }).refusal, Refusal::not_found);
}

TEST_P(Moves, AreBelievedByAliasesToTheLetter) {
  world.write([&](db::Writer& w) {
    add_alias(w, home.id, "https://old.example/users/zoe");
    add_alias(w, home.id, "https://old.example/users/zoe");
    store::put_remote(w, {.account = fresh.id,
                          .inbox = "https://new.example/inbox",
                          .also_known_as = "https://old.example/users/zoe2\nhttps://old.example/users/zoe\n",
                          .fetched_at = w.now()});
  });
  world.read([&](db::Reader& r) {
    for (auto const& who : {account_in(r, home), account_in(r, fresh)}) {
      EXPECT_TRUE(store::is_known_as(r, who, "https://old.example/users/zoe"));
      EXPECT_FALSE(store::is_known_as(r, who, "https://old.example/users/zo"));
      EXPECT_FALSE(store::is_known_as(r, who, "https://evil.example/users/zoe"));
      EXPECT_FALSE(store::is_known_as(r, who, ""));
    }
    EXPECT_EQ(store::aliases_of(r, home.id).size(), 1u);
    return 0;
  });
  world.write([&](db::Writer& w) { remove_alias(w, home.id, "https://old.example/users/zoe"); });
  auto again = [&](db::Writer& w) { remove_alias(w, home.id, "https://old.example/users/zoe"); };
  EXPECT_EQ(world.refusal(again).refusal, Refusal::not_found);
  auto many = [&](db::Writer& w) {
    for (int i = 0; i < 60; ++i) add_alias(w, home.id, "https://old.example/users/" + std::to_string(i));
  };
  EXPECT_EQ(world.refusal(many).refusal, Refusal::unprocessable);
}

TEST_P(Moves, ThatAreAskedForCanBeTakenBackUntilSomebodyTakesThem) {
  auto ask = [&](db::Writer& w) { return ask_to_move(w, home.id, store::MoveRequestKind::move, "zoe@new.example"); };
  auto first = world.write(ask), second = world.write(ask);
  EXPECT_TRUE(world.write([&](db::Writer& w) { return withdraw_request(w, first); }));
  EXPECT_TRUE(world.write([&](db::Writer& w) { return store::take_move_request(w, second); }));
  EXPECT_FALSE(world.write([&](db::Writer& w) { return withdraw_request(w, second); }));
  world.write([&](db::Writer& w) {
    store::finish_move_request(w, second, store::MoveRequestState::done, "");
    store::finish_move_request(w, second, store::MoveRequestState::refused, "too late");  // it stays done
  });
  auto kept = world.read([&](db::Reader& r) { return store::find_move_request(r, second); });
  EXPECT_EQ(kept->state, store::MoveRequestState::done);
  EXPECT_FALSE(world.write([&](db::Writer& w) { return store::take_move_request(w, second); }));
}

}  // namespace
}  // namespace posy::social::testing
