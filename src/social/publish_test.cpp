#include "social/publish.hpp"

#include <gmock/gmock.h>

#include "social/remove.hpp"
#include "social/test_world.hpp"
#include "social/timelines.hpp"
#include "store/poll.hpp"
#include "store/tag.hpp"

namespace posy::social::testing {
namespace {

using store::NotificationKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Publishing : public Rules {
 protected:
  Error refused(Draft const& draft) {
    return world.refusal([&](db::Writer& w) { publish(w, world.site, draft); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Publishing, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Publishing, KeepsTextMentionsAndTags) {
  auto alice = world.local("alice");
  auto bob = world.local("bob");
  auto carol = world.remote("carol", "far.test");
  auto post = alice.posts("Hi @bob @carol@far.test @nobody #Posy");
  EXPECT_EQ(post.source, "Hi @bob @carol@far.test @nobody #Posy");
  EXPECT_THAT(post.content, HasSubstr("https://posy.test/@bob"));
  EXPECT_EQ(post.thread, post.id);
  world.read([&](db::Reader& r) {
    EXPECT_TRUE(store::is_mentioned(r, post.id, bob.id));
    EXPECT_TRUE(store::is_mentioned(r, post.id, carol.id));
    EXPECT_EQ(store::mentions_of(r, {post.id}).size(), 2u);
    auto tags = store::tags_of(r, {post.id});
    ASSERT_EQ(tags.size(), 1u);
    EXPECT_EQ(tags[0].tag.name, "posy");
    EXPECT_EQ(tags[0].tag.display, "Posy");
    EXPECT_THAT(home_timeline(r, alice.id, {}), ElementsAre(post.id));
  });
  EXPECT_EQ(world.notifications(bob, NotificationKind::mention), 1);
  EXPECT_EQ(world.posts_of(alice), 1);
}

TEST_P(Publishing, KnowsItsOwnDomainInAMention) {
  auto alice = world.local("alice");
  auto bob = world.local("bob");
  auto post = alice.posts("@bob@posy.test");
  EXPECT_TRUE(world.read([&](db::Reader& r) { return store::is_mentioned(r, post.id, bob.id); }));
}

TEST_P(Publishing, CountsEveryUseOfATag) {
  auto alice = world.local("alice");
  alice.posts("#garden");
  alice.posts("#garden #Garden");
  alice.posts("#garden", Visibility::unlisted);
  EXPECT_EQ(world.count("select sum(uses) from tag_use"), 2);
}

TEST_P(Publishing, RefusesWhatIsEmptyOrTooLong) {
  auto alice = world.local("alice");
  EXPECT_EQ(refused(alice.draft(" \n ")).message, "Validation failed: Text can't be blank");
  EXPECT_EQ(refused(alice.draft(std::string(5001, 'x'))).message,
            "Validation failed: Text character limit of 5000 exceeded");
  auto draft = alice.draft(std::string(4999, 'x'));
  draft.notice = "yy";
  EXPECT_EQ(refused(draft).refusal, Refusal::unprocessable);
  EXPECT_EQ(refused(alice.draft(std::string(2'000'000, 'x'))).refusal, Refusal::unprocessable);
  EXPECT_EQ(refused(alice.draft("bad \xff bytes")).refusal, Refusal::unprocessable);
  EXPECT_EQ(world.count("select count(*) from post"), 0);
  EXPECT_EQ(alice.posts(std::string(5000, 'x')).source.size(), 5000u);
}

TEST_P(Publishing, TakesANoticeAloneAsTheText) {
  auto alice = world.local("alice");
  auto draft = alice.draft("");
  draft.notice = "only this";
  auto post = alice.publishes(draft);
  EXPECT_EQ(post.source, "only this");
  EXPECT_EQ(post.notice, "");
}

TEST_P(Publishing, FollowsWhatItsAuthorPrefers) {
  auto alice = world.local("alice");
  world.write([&](db::Writer& w) {
    auto login = *store::find_login(w, alice.id);
    login.default_visibility = Visibility::unlisted;
    login.default_sensitive = true;
    login.default_language = "fr";
    login.default_quote_policy = store::QuotePolicy::nobody;
    store::update_login(w, login);
  });
  auto post = alice.publishes(alice.draft("bonjour"));
  EXPECT_EQ(post.visibility, Visibility::unlisted);
  EXPECT_TRUE(post.sensitive);
  EXPECT_EQ(post.language, "fr");
  EXPECT_EQ(post.quote_policy, store::QuotePolicy::nobody);
  auto draft = alice.draft("hello");
  draft.visibility = Visibility::everyone;
  draft.sensitive = false;
  draft.language = "en";
  auto other = alice.publishes(draft);
  EXPECT_EQ(other.visibility, Visibility::everyone);
  EXPECT_FALSE(other.sensitive);
  EXPECT_EQ(other.language, "en");
}

TEST_P(Publishing, KeepsDirectPostsBetweenThoseWhoAreMentioned) {
  auto alice = world.local("alice");
  auto bob = world.local("bob");
  auto eve = world.local("eve");
  eve.follows(alice);
  auto post = alice.posts("@bob psst", Visibility::direct);
  EXPECT_TRUE(bob.sees(post));
  EXPECT_FALSE(eve.sees(post));
  EXPECT_EQ(world.posts_of(alice), 0);  // nobody may count them either
  EXPECT_TRUE(world.read([&](db::Reader& r) { return home_timeline(r, eve.id, {}); }).empty());
}

TEST_P(Publishing, JoinsTheThreadOfWhatItAnswers) {
  auto alice = world.local("alice");
  auto bob = world.local("bob");
  auto root = alice.posts("root");
  auto middle = bob.replies(root, "@alice middle");
  auto leaf = alice.replies(middle, "@bob leaf");
  EXPECT_EQ(leaf.thread, root.id);
  EXPECT_EQ(leaf.in_reply_to_account, bob.id);
  EXPECT_EQ(world.stats(root.id).replies, 1);
  world.read([&](db::Reader& r) {
    EXPECT_THAT(store::ancestors(r, leaf, 10), ElementsAre(root.id, middle.id));
    EXPECT_THAT(store::ancestors(r, leaf, 1), ElementsAre(middle.id));
    EXPECT_THAT(store::descendants(r, root, 10), ElementsAre(middle.id, leaf.id));
    EXPECT_THAT(store::descendants(r, root, 1), ElementsAre(middle.id));
  });
}

TEST_P(Publishing, CountsOnlyAnswersThatEverybodyMaySee) {
  auto alice = world.local("alice");
  auto root = alice.posts("root");
  alice.replies(root, "one", Visibility::unlisted);
  alice.replies(root, "two", Visibility::followers);
  alice.replies(root, "three", Visibility::direct);
  EXPECT_EQ(world.stats(root.id).replies, 1);
}

TEST_P(Publishing, CannotAnswerWhatItsAuthorMayNotSee) {
  auto alice = world.local("alice");
  auto eve = world.local("eve");
  auto secret = alice.posts("secret", Visibility::followers);
  auto draft = eve.draft("me too");
  draft.in_reply_to = secret.id;
  EXPECT_EQ(refused(draft).refusal, Refusal::not_found);
  draft.in_reply_to = PostId{1};
  EXPECT_EQ(refused(draft).message, "Record not found");
}

TEST_P(Publishing, HappensOnceForAnIdempotencyKey) {
  auto alice = world.local("alice");
  auto bob = world.local("bob");
  auto draft = alice.draft("once");
  draft.idempotency_key = "key";
  auto first = alice.publishes(draft);
  EXPECT_EQ(alice.publishes(draft).id, first.id);
  EXPECT_EQ(world.posts_of(alice), 1);
  draft.author = bob.id;
  EXPECT_NE(bob.publishes(draft).id, first.id);
}

TEST_P(Publishing, AgainWithTheKeyOfADeletedPostMakesANewOne) {
  auto alice = world.local("alice");
  auto draft = alice.draft("once");
  draft.idempotency_key = "key";
  auto first = alice.publishes(draft);
  world.write([&](db::Writer& w) { remove_post(w, alice.id, first.id, KeepMedia::yes); });
  auto second = alice.publishes(draft);
  EXPECT_NE(second.id, first.id);
  EXPECT_EQ(alice.publishes(draft).id, second.id);
}

TEST_P(Publishing, ThatIsRefusedLeavesItsKeyFree) {
  auto alice = world.local("alice");
  auto draft = alice.draft("");
  draft.idempotency_key = "key";
  refused(draft);
  draft.text = "now with words";
  EXPECT_EQ(alice.publishes(draft).source, "now with words");
}

TEST_P(Publishing, InParallelWithOneKeyGivesOnePost) {
  auto alice = world.local("alice");
  auto draft = alice.draft("burst");
  draft.idempotency_key = "key";
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { alice.publishes(draft); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(world.count("select count(*) from post"), 1);
}

TEST_P(Publishing, TakesMediaInTheirOrder) {
  auto alice = world.local("alice");
  auto one = alice.uploads(), two = alice.uploads();
  auto draft = alice.draft("");
  draft.media = {two, one};
  auto post = alice.publishes(draft);
  auto media = world.read([&](db::Reader& r) { return store::media_of(r, {post.id}); });
  ASSERT_EQ(media.size(), 2u);
  EXPECT_EQ(media[0].id, two);
  EXPECT_EQ(media[1].id, one);
}

TEST_P(Publishing, RefusesMediaOfOthersUsedUnfinishedOrTooMany) {
  auto alice = world.local("alice");
  auto bob = world.local("bob");
  auto with = [&](std::vector<MediaId> media) {
    auto draft = alice.draft("look");
    draft.media = std::move(media);
    return draft;
  };
  EXPECT_EQ(refused(with({bob.uploads()})).refusal, Refusal::unprocessable);
  EXPECT_EQ(refused(with({MediaId{1}})).refusal, Refusal::unprocessable);
  auto used = alice.uploads();
  alice.publishes(with({used}));
  EXPECT_EQ(refused(with({used})).refusal, Refusal::unprocessable);
  auto twice = alice.uploads();
  EXPECT_EQ(refused(with({twice, twice})).refusal, Refusal::unprocessable);
  auto unfinished = alice.uploads();
  world.write([&](db::Writer& w) { w.run("update media set state = 0 where id = $1", unfinished); });
  EXPECT_THAT(refused(with({unfinished})).message, HasSubstr("have not finished processing"));
  std::vector<MediaId> many;
  for (int i = 0; i < 17; ++i) many.push_back(alice.uploads());
  EXPECT_EQ(refused(with(many)).refusal, Refusal::unprocessable);
}

TEST_P(Publishing, ChecksAPoll) {
  auto alice = world.local("alice");
  auto with = [&](std::vector<std::string> options, int seconds) {
    auto draft = alice.draft("which?");
    draft.poll = PollDraft{std::move(options), seconds};
    return draft;
  };
  EXPECT_EQ(refused(with({"only one"}, 3600)).message,
            "Validation failed: Options must have more than one item");
  EXPECT_EQ(refused(with({"one", " "}, 3600)).refusal, Refusal::unprocessable);
  EXPECT_EQ(refused(with({"same", "same"}, 3600)).message,
            "Validation failed: Options contain duplicate items");
  EXPECT_EQ(refused(with({"a", std::string(101, 'b')}, 3600)).refusal, Refusal::unprocessable);
  EXPECT_EQ(refused(with(std::vector<std::string>(21, "x"), 3600)).refusal, Refusal::unprocessable);
  EXPECT_EQ(refused(with({"a", "b"}, 299)).message, "Validation failed: Expires at is too soon");
  EXPECT_EQ(refused(with({"a", "b"}, 2'629'747)).refusal, Refusal::unprocessable);
  auto both = with({"a", "b"}, 300);
  both.media = {alice.uploads()};
  EXPECT_EQ(refused(both).refusal, Refusal::unprocessable);

  auto post = alice.publishes(with({" a ", "b"}, 300));
  ASSERT_TRUE(post.poll);
  world.read([&](db::Reader& r) {
    auto options = store::options_of(r, {post.poll});
    EXPECT_EQ(options.at(0).title, "a");
    EXPECT_EQ(store::find_post(r, post.id)->poll, post.poll);
    EXPECT_EQ(*store::find_poll(r, post.poll)->expires_at, world.clock.now() + std::chrono::seconds(300));
  });
}

TEST_P(Publishing, TellsFollowersWhoAskedToBeTold) {
  auto alice = world.local("alice");
  auto bob = world.local("bob");
  bob.follows(alice);
  world.write([&](db::Writer& w) { w.run("update follow set notify = 1"); });
  auto post = alice.posts("news");
  alice.posts("@bob directly", Visibility::direct);
  EXPECT_EQ(world.notifications(bob, NotificationKind::status), 1);
}

}  // namespace
}  // namespace posy::social::testing
