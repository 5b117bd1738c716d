#include "social/notify.hpp"

#include <gmock/gmock.h>

#include "social/notifications.hpp"
#include "social/test_world.hpp"
#include "store/notification_policy.hpp"
#include "store/relation.hpp"

namespace posy::social::testing {
namespace {

using store::NotificationPolicy;
using store::PolicyAction;

constexpr auto favourite = NotificationKind::favourite;
constexpr auto mention = NotificationKind::mention;
constexpr auto follow = NotificationKind::follow;

class Notify : public Rules {
 protected:
  void tell(Person const& to, NotificationKind kind, Person const& from, PostId post = {}) {
    world.write([&](db::Writer& w) { notify(w, to.id, kind, from.id, post); });
  }
  // Of alice: what is shown, and what is kept with the filtered.
  std::size_t shown() { return list({.account = alice.id}).size(); }
  std::size_t kept() { return list({.account = alice.id, .include_filtered = true}).size(); }
  std::vector<store::Notification> list(store::NotificationQuery const& query) {
    return world.read([&](db::Reader& r) { return store::notifications(r, query, {}); });
  }
  void run(std::string_view sql, AccountId account) {
    world.write([&](db::Writer& w) { w.run(sql, account); });
  }
  void set_policy(NotificationPolicy policy) {
    policy.account = alice.id;
    world.write([&](db::Writer& w) { store::save_policy(w, policy); });
  }
  void mute(bool notifications, std::optional<Time> until = {}) {
    world.write([&](db::Writer& w) {
      w.insert("mute", store::Mute{w.make_id<RowId>(), alice.id, bob.id, notifications, until});
    });
  }
  // A post without the notifications that publishing would make.
  Post silent_post(Person const& author, Visibility visibility, Post const* above = nullptr) {
    return world.write([&](db::Writer& w) {
      Post post{
          .id = w.make_id<PostId>(), .author = author.id, .created_at = w.now(), .visibility = visibility};
      post.thread = above ? above->thread : post.id;
      if (above) post.in_reply_to = above->id;
      if (above) post.in_reply_to_account = above->author;
      post.is_local = true;
      store::insert_post(w, post);
      store::insert_mentions(w, post.id, {author.id == alice.id ? bob.id : alice.id});
      return post;
    });
  }
  std::vector<store::NotificationRequest> requests() {
    return world.read([&](db::Reader& r) { return store::notification_requests(r, alice.id, {}); });
  }

  Person alice = world.local("alice");
  Person bob = world.local("bob");
};

TEST_P(Notify, TellsPeopleOfThisServerOnce) {
  tell(alice, follow, bob);
  tell(alice, follow, bob);
  EXPECT_EQ(shown(), 1u);
  auto far = world.remote("far", "other.test");
  tell(far, follow, bob);
  EXPECT_EQ(world.notifications(far, follow), 0);
  tell(alice, follow, far);
  EXPECT_EQ(shown(), 2u);
}

TEST_P(Notify, NobodyHearsOfHerselfButForHerPolls) {
  auto post = silent_post(alice, Visibility::everyone);
  tell(alice, favourite, alice, post.id);
  EXPECT_EQ(shown(), 0u);
  tell(alice, NotificationKind::poll, alice, post.id);
  EXPECT_EQ(shown(), 1u);
}

TEST_P(Notify, BlocksSilenceBothWays) {
  bob.blocks(alice);
  tell(alice, follow, bob);
  tell(bob, follow, alice);
  EXPECT_EQ(shown(), 0u);
  EXPECT_EQ(world.notifications(bob, follow), 0);
}

TEST_P(Notify, MutesSilenceUnlessTheyLeaveNotifications) {
  mute(false);
  tell(alice, follow, bob);
  EXPECT_EQ(shown(), 1u);
}

TEST_P(Notify, MutesSilenceUntilTheyExpire) {
  mute(true, world.clock.now() + std::chrono::hours(1));
  tell(alice, follow, bob);
  EXPECT_EQ(shown(), 0u);
  world.clock.advance(std::chrono::hours(2));
  tell(alice, follow, bob);
  EXPECT_EQ(shown(), 1u);
}

TEST_P(Notify, BlockedDomainsAndSuspendedPeopleAreSilent) {
  auto far = world.remote("far", "other.test");
  auto near = world.remote("near", "another.test");
  run("insert into domain_block (id, account, domain) values (7, $1, 'other.test')", alice.id);
  run("update account set suspended_at = 5 where id = $1", near.id);
  tell(alice, follow, far);
  tell(alice, follow, near);
  EXPECT_EQ(shown(), 0u);
}

TEST_P(Notify, MutedThreadsAreSilent) {
  auto post = silent_post(alice, Visibility::everyone);
  world.write([&](db::Writer& w) {
    w.run("insert into thread_mute (account, thread) values ($1, $2)", alice.id, post.thread);
  });
  auto reply = silent_post(bob, Visibility::everyone, &post);
  tell(alice, mention, bob, reply.id);
  EXPECT_EQ(shown(), 0u);
  auto other = silent_post(bob, Visibility::everyone);
  tell(alice, mention, bob, other.id);
  EXPECT_EQ(shown(), 1u);
}

TEST_P(Notify, GroupsByPostAndHalfDay) {
  auto one = silent_post(alice, Visibility::everyone);
  auto two = silent_post(alice, Visibility::everyone);
  auto carol = world.local("carol");
  tell(alice, favourite, bob, one.id);
  tell(alice, favourite, carol, one.id);
  tell(alice, favourite, bob, two.id);
  tell(alice, follow, bob);
  tell(alice, follow, carol);
  auto groups = list({.account = alice.id, .grouped = store::groupable_kinds});
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[0].group_size, 2);
  EXPECT_EQ(groups[1].group_size, 1);
  EXPECT_EQ(groups[2].group_size, 2);
  world.clock.advance(std::chrono::hours(13));
  tell(alice, favourite, world.local("dora"), one.id);
  EXPECT_EQ(list({.account = alice.id, .grouped = store::groupable_kinds}).size(), 4u);
}

TEST_P(Notify, AnActTakenBackIsForgotten) {
  auto post = silent_post(alice, Visibility::everyone);
  tell(alice, favourite, bob, post.id);
  tell(alice, follow, bob);
  world.write([&](db::Writer& w) { forget(w, alice.id, favourite, bob.id, post.id); });
  auto left = list({.account = alice.id});
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].kind, follow);
}

TEST_P(Notify, ANewEditTakesThePlaceOfTheOneBefore) {
  auto post = silent_post(bob, Visibility::everyone);
  tell(alice, NotificationKind::update, bob, post.id);
  auto first = list({.account = alice.id}).at(0).id;
  tell(alice, NotificationKind::update, bob, post.id);
  auto now = list({.account = alice.id});
  ASSERT_EQ(now.size(), 1u);
  EXPECT_NE(now[0].id, first);
}

TEST_P(Notify, PrivateMessagesThatNobodyAskedForArePutAside) {
  world.clock.advance(std::chrono::days(60));
  auto message = silent_post(bob, Visibility::direct);
  tell(alice, mention, bob, message.id);
  EXPECT_EQ(shown(), 0u);
  EXPECT_EQ(kept(), 1u);

  auto asked = silent_post(alice, Visibility::direct);
  auto answer = silent_post(bob, Visibility::direct, &asked);
  tell(alice, mention, bob, answer.id);
  EXPECT_EQ(shown(), 1u);
}

TEST_P(Notify, PrivateMessagesOfThoseWhomOneFollowsArrive) {
  alice.follows(bob);
  auto message = silent_post(bob, Visibility::direct);
  tell(alice, mention, bob, message.id);
  EXPECT_EQ(shown(), 1u);
}

TEST_P(Notify, EachPolicyAppliesToItsPeople) {
  set_policy({.for_new_accounts = PolicyAction::drop, .for_limited_accounts = PolicyAction::filter});
  tell(alice, follow, bob);
  EXPECT_EQ(kept(), 0u) << "a new account";
  world.clock.advance(std::chrono::days(31));
  tell(alice, follow, bob);
  EXPECT_EQ(shown(), 1u) << "no longer new";

  auto carol = world.local("carol");
  world.clock.advance(std::chrono::days(31));
  run("update account set silenced_at = 5 where id = $1", carol.id);
  tell(alice, follow, carol);
  EXPECT_EQ(shown(), 1u) << "limited";
  EXPECT_EQ(kept(), 2u);

  set_policy({.for_not_followers = PolicyAction::filter});
  auto dora = world.local("dora");
  dora.follows(alice);
  tell(alice, follow, dora);
  EXPECT_EQ(kept(), 3u);
  EXPECT_EQ(shown(), 1u) << "a follower of today";
  world.clock.advance(std::chrono::days(4));
  auto post = silent_post(alice, Visibility::everyone);
  tell(alice, favourite, dora, post.id);
  EXPECT_EQ(shown(), 2u) << "a follower for days";
}

TEST_P(Notify, TheStrictestPolicyWins) {
  set_policy({.for_not_following = PolicyAction::filter, .for_not_followers = PolicyAction::drop});
  tell(alice, follow, bob);
  EXPECT_EQ(kept(), 0u);
}

TEST_P(Notify, PolicyLeavesAloneWhatOneAskedFor) {
  set_policy({.for_not_following = PolicyAction::drop});
  auto post = silent_post(bob, Visibility::everyone);
  tell(alice, NotificationKind::status, bob, post.id);
  EXPECT_EQ(shown(), 1u);
}

TEST_P(Notify, AcceptingARequestShowsAllAndLetsTheSenderThrough) {
  set_policy({.for_not_following = PolicyAction::filter});
  auto post = silent_post(bob, Visibility::everyone);
  tell(alice, follow, bob);
  tell(alice, mention, bob, post.id);
  auto waiting = requests();
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].notifications, 2);
  EXPECT_EQ(waiting[0].last_post, post.id);
  EXPECT_EQ(world.read([&](db::Reader& r) { return store::pending_requests(r, alice.id).notifications; }), 2);

  world.write([&](db::Writer& w) { accept_requests(w, bob.id, {waiting[0].id}); });
  EXPECT_EQ(shown(), 0u) << "not bob's to accept";
  world.write([&](db::Writer& w) { accept_requests(w, alice.id, {waiting[0].id}); });
  EXPECT_EQ(shown(), 2u);
  EXPECT_TRUE(requests().empty());
  auto next = silent_post(bob, Visibility::everyone);
  tell(alice, mention, bob, next.id);
  EXPECT_EQ(shown(), 3u);
}

TEST_P(Notify, DismissingARequestKeepsWhatItHolds) {
  set_policy({.for_not_following = PolicyAction::filter});
  tell(alice, follow, bob);
  world.write([&](db::Writer& w) { dismiss_requests(w, alice.id, {requests().at(0).id}); });
  EXPECT_TRUE(requests().empty());
  EXPECT_EQ(shown(), 0u);
  EXPECT_EQ(kept(), 1u);
  auto post = silent_post(bob, Visibility::everyone);
  tell(alice, mention, bob, post.id);
  world.write([&](db::Writer& w) { accept_requests(w, alice.id, {requests().at(0).id}); });
  EXPECT_EQ(shown(), 2u);
}

TEST_P(Notify, UnreadStartsAtTheMarker) {
  auto post = silent_post(alice, Visibility::everyone);
  tell(alice, favourite, bob, post.id);
  auto read = list({.account = alice.id}).at(0).id;
  tell(alice, favourite, world.local("carol"), post.id);
  tell(alice, favourite, world.local("dora"), post.id);
  auto unread = [&](store::KindSet grouped, int limit) {
    store::NotificationQuery query{.account = alice.id, .grouped = grouped};
    return world.read([&](db::Reader& r) { return unread_notifications(r, query, limit); });
  };
  EXPECT_EQ(unread({}, 100), 3);
  world.write([&](db::Writer& w) {
    w.run(
        "insert into marker (account, timeline, last_read, version, updated_at) values ($1, 'notifications', "
        "$2, 1, 1)",
        alice.id, read);
  });
  EXPECT_EQ(unread({}, 100), 2);
  EXPECT_EQ(unread({}, 1), 1);
  EXPECT_EQ(unread(store::groupable_kinds, 100), 1);
}

TEST_P(Notify, OnlyOnesOwnAreDismissed) {
  tell(alice, follow, bob);
  auto id = list({.account = alice.id}).at(0).id;
  EXPECT_EQ(world.refusal([&](db::Writer& w) { dismiss_notification(w, bob.id, id); }).refusal,
            Refusal::not_found);
  world.write([&](db::Writer& w) { dismiss_some_of_group(w, bob.id, group_key_of_one(id)); });
  EXPECT_EQ(shown(), 1u);
  world.write([&](db::Writer& w) { dismiss_notification(w, alice.id, id); });
  EXPECT_EQ(shown(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Engines, Notify, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
