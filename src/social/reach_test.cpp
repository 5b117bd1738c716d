#include "social/reach.hpp"

#include <gmock/gmock.h>

#include "social/edit.hpp"
#include "social/follow.hpp"
#include "social/receive.hpp"
#include "social/remove.hpp"
#include "social/scheduled.hpp"
#include "social/test_world.hpp"
#include "store/relation.hpp"
#include "store/remote.hpp"
#include "store/tombstone.hpp"

namespace posy::social::testing {
namespace {

using store::Reach;
using store::ReplyReach;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

std::string inbox_at(std::string const& domain) { return "https://" + domain + "/inbox"; }

class Reaching : public Rules {
 protected:
  // Somebody elsewhere whose server shares an inbox.
  Person far(std::string const& name, std::string const& domain) {
    auto person = world.remote(name, domain);
    world.write([&](db::Writer& w) {
      store::put_remote(w, {.account = person.id,
                            .inbox = "https://" + domain + "/users/" + name + "/inbox",
                            .shared_inbox = inbox_at(domain),
                            .fetched_at = w.now()});
    });
    return person;
  }
  // Followers of hers on so many servers.
  void followed_from(Person const& person, int servers) {
    world.write([&](db::Writer& w) {
      for (int i = 0; i < servers; ++i) {
        store::Account fan{.id = w.make_id<AccountId>()};
        fan.username = fan.username_key = fmt::format("fan{}", i);
        fan.domain = fmt::format("fans{}.test", i);
        fan.created_at = fan.updated_at = w.now();
        store::insert_account(w, fan);
        store::put_remote(w, {.account = fan.id, .inbox = inbox_at(fan.domain), .fetched_at = w.now()});
        store::Follow follow{.id = w.make_id<RowId>(), .account = fan.id, .target = person.id, .created_at = w.now()};
        follow.by_local = false;
        store::insert_follow(w, follow);
      }
    });
  }
  Post hears(Person const& from, std::string const& text, PostId in_reply_to = {}) {
    return world.write([&](db::Writer& w) {
      Arrival arrival{.author = from.id, .uri = fmt::format("https://far.test/{}", ++posts_), .content = text};
      arrival.in_reply_to = in_reply_to;
      return receive_post(w, arrival);
    });
  }
  void prefers(Person const& person, ReplyReach reach) {
    world.write([&](db::Writer& w) {
      auto login = store::find_login(w, person.id).value();
      login.reply_reach = reach;
      store::update_login(w, login);
    });
  }
  Post answers(Person const& person, Post const& to, std::optional<Reach> reach = {},
               Visibility visibility = Visibility::everyone) {
    auto draft = person.draft("thank you");
    draft.in_reply_to = to.id;
    draft.reach = reach;
    draft.visibility = visibility;
    return person.publishes(draft);
  }
  std::optional<Reach> reach_of(Post const& post) {
    auto found = world.read([&](db::Reader& r) { return store::find_reach(r, post.id); });
    return found ? std::optional(found->reach) : std::nullopt;
  }
  Course course(Post const& post) {
    return world.write([&](db::Writer& w) { return set_course(w, post); });
  }
  Cost cost(Draft const& draft) {
    return world.read([&](db::Reader& r) { return cost_of(r, world.site, draft); });
  }

  Person anna = world.local("anna");
  Person carl = far("carl", "carl.test");

 private:
  int posts_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Engines, Reaching, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Reaching, AnswersGoToAllFollowersWhileTheirServersAreFew) {
  followed_from(anna, static_cast<int>(automatic_servers) - 1);
  auto letter = hears(carl, "hello");
  EXPECT_EQ(reach_of(answers(anna, letter)), Reach::followers);
  auto eve = far("eve", "eve.test");
  world.write([&](db::Writer& w) {
    store::Follow follow{.id = w.make_id<RowId>(), .account = eve.id, .target = anna.id, .created_at = w.now()};
    follow.by_local = false;
    store::insert_follow(w, follow);
  });
  EXPECT_EQ(reach_of(answers(anna, letter)), Reach::people) << "there are as many as that now";
}

TEST_P(Reaching, WhatSheSaysOfOneCountsBeforeWhatShePrefers) {
  auto letter = hears(carl, "hello");
  EXPECT_EQ(reach_of(answers(anna, letter)), Reach::followers);
  prefers(anna, ReplyReach::people);
  EXPECT_EQ(reach_of(answers(anna, letter)), Reach::people);
  EXPECT_EQ(reach_of(answers(anna, letter, Reach::followers)), Reach::followers);
  prefers(anna, ReplyReach::followers);
  EXPECT_EQ(reach_of(answers(anna, letter)), Reach::followers);
  EXPECT_EQ(reach_of(answers(anna, letter, Reach::people)), Reach::people);
}

TEST_P(Reaching, PostsThreadsOfOnesOwnAndBoostsGoAsPostsGo) {
  prefers(anna, ReplyReach::people);
  auto post = anna.posts("one");
  EXPECT_EQ(reach_of(post), std::nullopt);
  auto second = anna.replies(post, "two");
  EXPECT_EQ(reach_of(second), std::nullopt);
  EXPECT_TRUE(course(second).followers);
  auto direct = anna.replies(hears(carl, "hello"), "@carl@carl.test psst", Visibility::direct);
  EXPECT_EQ(reach_of(direct), std::nullopt);
  EXPECT_FALSE(course(direct).followers);
}

TEST_P(Reaching, GoingOnWithAnAnswerGoesItsWay) {
  auto letter = hears(carl, "hello");
  auto thanks = answers(anna, letter, Reach::people);
  auto more = anna.replies(thanks, "and one thing more");
  EXPECT_EQ(reach_of(more), Reach::people);
  EXPECT_THAT(course(more).inboxes, ElementsAre(inbox_at("carl.test")));
}

TEST_P(Reaching, AnAnswerGoesToThePeopleInItAndToThoseAboveIt) {
  auto dora = far("dora", "dora.test"), eve = far("eve", "eve.test");
  auto root = hears(dora, "the root");
  auto letter = hears(carl, "I see", root.id);
  hears(eve, "so do I", root.id);  // beside it
  auto thanks = answers(anna, letter, Reach::people);
  auto where = course(thanks);
  EXPECT_FALSE(where.followers);
  EXPECT_THAT(where.inboxes, UnorderedElementsAre(inbox_at("carl.test"), inbox_at("dora.test")));
  auto wide = course(answers(anna, letter, Reach::followers));
  EXPECT_TRUE(wide.followers);
  EXPECT_THAT(wide.inboxes, UnorderedElementsAre(inbox_at("carl.test"), inbox_at("dora.test")));
}

TEST_P(Reaching, AChangeGoesWhereThePostWentAndToThoseWhoAnswered) {
  auto letter = hears(carl, "hello");
  auto draft = anna.draft("hello @dora@dora.test");
  far("dora", "dora.test");
  auto eve = far("eve", "eve.test");
  draft.in_reply_to = letter.id;
  draft.reach = Reach::people;
  auto thanks = anna.publishes(draft);
  EXPECT_THAT(course(thanks).inboxes, UnorderedElementsAre(inbox_at("carl.test"), inbox_at("dora.test")));
  hears(eve, "welcome", thanks.id);
  Edit edit;
  edit.text = "hello";  // to nobody by name any more
  auto changed = world.write([&](db::Writer& w) { return edit_post(w, world.site, anna.id, thanks.id, edit); });
  EXPECT_THAT(course(changed).inboxes,
              UnorderedElementsAre(inbox_at("carl.test"), inbox_at("dora.test"), inbox_at("eve.test")));
}

TEST_P(Reaching, ADeletionAlsoGoesToThoseWhomAnEditHasTakenOut) {
  far("dora", "dora.test");
  for (auto visibility : {Visibility::everyone, Visibility::followers}) {
    auto draft = anna.draft("hello @dora@dora.test");
    draft.visibility = visibility;
    auto post = anna.publishes(draft);
    EXPECT_THAT(course(post).inboxes, ElementsAre(inbox_at("dora.test")));
    Edit edit;
    edit.text = "hello @carl@carl.test";
    post = world.write([&](db::Writer& w) { return edit_post(w, world.site, anna.id, post.id, edit); });
    // Of what is not for everybody she does not hear the change.
    if (visibility == Visibility::everyone)
      EXPECT_THAT(course(post).inboxes, ElementsAre(inbox_at("carl.test"), inbox_at("dora.test")));
    else
      EXPECT_THAT(course(post).inboxes, ElementsAre(inbox_at("carl.test")));
    edit.text = "hello";
    world.write([&](db::Writer& w) { edit_post(w, world.site, anna.id, post.id, edit); });
    world.write([&](db::Writer& w) { remove_post(w, anna.id, post.id, KeepMedia::no); });
    auto tombstone = world.read([&](db::Reader& r) { return store::find_tombstone(r, post.id).value(); });
    EXPECT_THAT(tombstone.inboxes, HasSubstr(inbox_at("carl.test") + "\n"));
    EXPECT_THAT(tombstone.inboxes, HasSubstr(inbox_at("dora.test") + "\n"));
  }
}

TEST_P(Reaching, ADeletionGoesWhereThePostWent) {
  followed_from(anna, 2);
  auto letter = hears(carl, "hello");
  auto thanks = answers(anna, letter, Reach::people);
  course(thanks);
  hears(far("eve", "eve.test"), "welcome", thanks.id);
  world.write([&](db::Writer& w) { remove_post(w, anna.id, thanks.id, KeepMedia::no); });
  auto tombstone = world.read([&](db::Reader& r) { return store::find_tombstone(r, thanks.id).value(); });
  EXPECT_FALSE(tombstone.to_followers);
  EXPECT_THAT(tombstone.inboxes, HasSubstr(inbox_at("carl.test") + "\n"));
  EXPECT_THAT(tombstone.inboxes, HasSubstr(inbox_at("eve.test") + "\n"));
  EXPECT_THAT(tombstone.inboxes, Not(HasSubstr("fans")));
  auto post = anna.posts("to all");
  world.write([&](db::Writer& w) { remove_post(w, anna.id, post.id, KeepMedia::no); });
  EXPECT_TRUE(world.read([&](db::Reader& r) { return store::find_tombstone(r, post.id)->to_followers; }));
}

TEST_P(Reaching, WhatIsForFollowersGoesToNobodyElseInTheThread) {
  auto dora = far("dora", "dora.test");
  auto root = hears(dora, "the root");
  auto letter = hears(carl, "I see", root.id);
  auto quiet = answers(anna, letter, Reach::people, Visibility::followers);
  EXPECT_THAT(course(quiet).inboxes, IsEmpty()) << "neither of them may read it";
  world.write([&](db::Writer& w) {
    store::Follow follow{.id = w.make_id<RowId>(), .account = dora.id, .target = anna.id, .created_at = w.now()};
    follow.by_local = false;
    store::insert_follow(w, follow);
  });
  EXPECT_THAT(course(quiet).inboxes, ElementsAre(inbox_at("dora.test")));
}

TEST_P(Reaching, NothingGoesToInboxesThatAreGone) {
  auto letter = hears(carl, "hello");
  auto thanks = answers(anna, letter, Reach::people);
  EXPECT_THAT(course(thanks).inboxes, ElementsAre(inbox_at("carl.test")));
  world.write([&](db::Writer& w) {
    w.run("insert into retired_inbox (inbox, retired_at) values ($1, 1)", inbox_at("carl.test"));
  });
  EXPECT_THAT(course(thanks).inboxes, IsEmpty()) << "also where it went before";
}

TEST_P(Reaching, AScheduledAnswerKeepsIt) {
  auto letter = hears(carl, "hello");
  auto draft = anna.draft("later");
  draft.in_reply_to = letter.id;
  draft.reach = Reach::people;
  world.write([&](db::Writer& w) { schedule(w, world.site, draft, w.now() + std::chrono::hours(1)); });
  world.clock.advance(std::chrono::hours(1));
  world.write([&](db::Writer& w) { publish_scheduled(w, world.site, w.one<RowId>("select id from scheduled_post")); });
  auto post = world.read([&](db::Reader& r) { return r.one<Post>("select :row from post where is_local = 1"); });
  EXPECT_EQ(reach_of(post), Reach::people);
}

TEST_P(Reaching, TheCostIsThatOfThePost) {
  followed_from(anna, 3);
  auto dora = far("dora", "dora.test");
  auto root = hears(dora, "the root");
  auto letter = hears(carl, "I see", root.id);
  auto draft = anna.draft("thank you @fan1@fans1.test");
  draft.in_reply_to = letter.id;
  auto said = cost(draft);
  EXPECT_TRUE(said.is_answer);
  EXPECT_EQ(said.reach, Reach::followers);
  EXPECT_EQ(said.followers, 5);
  EXPECT_EQ(said.people, 3);
  for (auto reach : {Reach::people, Reach::followers}) {
    draft.reach = reach;
    EXPECT_EQ(cost(draft).reach, reach);
    auto where = course(anna.publishes(draft));
    auto all = world.read([&](db::Reader& r) { return store::count_inboxes(r, anna.id, where.inboxes); });
    auto paid = where.followers ? all : std::ssize(where.inboxes);
    EXPECT_EQ(paid, reach == Reach::people ? said.people : said.followers);
  }
  draft.visibility = Visibility::direct;
  auto direct = cost(draft);
  EXPECT_EQ(direct.followers, 1);
  EXPECT_EQ(direct.people, 1);
  EXPECT_EQ(direct.reach, Reach::people);
  auto post = cost(anna.draft("to all"));
  EXPECT_FALSE(post.is_answer);
  EXPECT_EQ(post.followers, 3);
  EXPECT_EQ(post.people, 0);
}

TEST_P(Reaching, TheCostOfAnswersToWhatSheMayNotSeeIsNotTold) {
  auto eve = world.local("eve");
  auto secret = eve.posts("@eve to myself", Visibility::direct);
  auto draft = anna.draft("what?");
  draft.in_reply_to = secret.id;
  auto refused = world.refusal([&](db::Writer& w) { cost_of(w, world.site, draft); });
  EXPECT_EQ(refused.refusal, Refusal::not_found);
}

}  // namespace
}  // namespace posy::social::testing
