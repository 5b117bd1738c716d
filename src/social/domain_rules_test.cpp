#include "social/domain_rules.hpp"

#include <gmock/gmock.h>

#include "jobs/queue.hpp"
#include "social/boost.hpp"
#include "social/domain_holds.hpp"
#include "social/follow.hpp"
#include "social/receive.hpp"
#include "social/test_world.hpp"
#include "social/timelines.hpp"
#include "store/remote.hpp"

namespace posy::social::testing {
namespace {

using store::DomainRule;
using store::Severity;

RuleSet set_of(std::vector<DomainRule> const& rules, bool allow_list = false,
               std::vector<store::DomainAllow> const& allows = {}) {
  return {allow_list, rules, allows};
}

TEST(RuleSet, CountsForTheDomainAndAllBelowItInAnySpelling) {
  auto rules = set_of({{.domain = "bad.example", .severity = Severity::suspend},
                       {.domain = "xn--bcher-kva.example", .severity = Severity::suspend}});
  for (auto name : {"bad.example", "a.bad.example", "a.b.bad.example", "BAD.Example", "bad.example.", "bad.example:8443",
                    "a.bad.example.:80", "b\xc3\xbc" "cher.example", "B\xc3\x9c" "CHER.example:1", "_x.bad.example"})
    EXPECT_TRUE(rules.rule_for(name).is_suspended()) << name;
  for (auto name : {"example", "notbad.example", "bad.example.org", "", ".", ":", "[::1]:80", "bad", "\xff"})
    EXPECT_FALSE(rules.rule_for(name).is_suspended()) << name;
}

TEST(RuleSet, TheLongestNameWins) {
  auto rules = set_of({{.domain = "wide.example", .severity = Severity::suspend},
                       {.domain = "part.wide.example", .severity = Severity::noop, .reject_media = true}});
  EXPECT_EQ(rules.rule_for("x.part.wide.example"), (Rule{Severity::noop, true, false}));
  EXPECT_TRUE(rules.rule_for("other.wide.example").is_suspended());
}

TEST(RuleSet, AnAllowListLetsOnlyThoseOnItIn) {
  auto rules = set_of({{.domain = "loud.good.example", .severity = Severity::silence}}, true,
                      {{.domain = "good.example"}});
  EXPECT_EQ(rules.rule_for("good.example"), Rule{});
  EXPECT_TRUE(rules.rule_for("loud.good.example").is_silenced());
  EXPECT_TRUE(rules.rule_for("other.example").is_suspended());
  EXPECT_TRUE(rules.rule_for("[::1]").is_suspended());
  EXPECT_TRUE(set_of({}, true).rule_for("good.example").is_suspended());
}

TEST(RuleSet, OfTheWebOnlyWhatIsNamedCounts) {
  auto rules = set_of({{.domain = "bad.example", .severity = Severity::suspend},
                       {.domain = "pictures.example", .severity = Severity::noop, .reject_media = true}},
                      true, {{.domain = "good.example"}, {.domain = "bad.example"}});
  EXPECT_EQ(rules.rule_for_web("cdn.example"), Rule{});
  EXPECT_EQ(rules.rule_for_web("[::1]"), Rule{});
  EXPECT_TRUE(rules.rule_for_web("a.BAD.example.:80").is_suspended());
  EXPECT_TRUE(rules.rule_for_web("a.pictures.example").reject_media);
  EXPECT_TRUE(rules.rule_for("cdn.example").is_suspended());
}

class DomainRulesTest : public Rules {
 protected:
  DomainRule put(DomainRule rule) {
    return world.write([&](db::Writer& w) { return put_rule(w, rule); });
  }
  void lift(DomainRule const& rule) {
    world.write([&](db::Writer& w) { remove_rule(w, rule.id); });
  }
  // Does the walk to its end, as the runner does; how many pieces it took.
  int hold_all() {
    DomainRules rules(allow_list);
    for (int pieces = 0;; ++pieces) {
      auto step = [&](db::Writer& w) {
        rules.refresh(w);
        for (auto const& job : jobs::take_due(w, 100)) {
          jobs::finish(w, job.id);
          if (job.kind != jobs::HoldAccounts::kind) continue;
          hold_some_accounts(w, *rules.all(), jobs::from_text<jobs::HoldAccounts>(job.payload)->after);
          return true;
        }
        return false;
      };
      if (!world.write(step)) return pieces;
    }
  }
  store::Account account(Person const& person) {
    return world.read([&](db::Reader& r) { return *store::find_account(r, person.id); });
  }
  Post posts(Person const& person, std::string const& uri, std::vector<store::Media> media = {}) {
    return world.write([&](db::Writer& w) {
      return receive_post(w, {.author = person.id, .uri = uri, .content = "<p>hello</p>", .media = media});
    });
  }
  std::vector<PostId> in_public() {
    return world.read([&](db::Reader& r) { return public_timeline(r, {}, {}, {}); });
  }
  std::int64_t follows() { return world.count("select count(*) from follow"); }

  bool allow_list = false;
};
INSTANTIATE_TEST_SUITE_P(Engines, DomainRulesTest, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(DomainRulesTest, AreReadAgainWhenTheyHaveChangedAndOnlyThen) {
  DomainRules rules(false);
  auto refresh = [&](db::Reader& r) { rules.refresh(r); };
  world.read(refresh);
  auto before = rules.all();
  world.read(refresh);
  EXPECT_EQ(rules.all(), before);
  auto rule = put({.domain = "bad.example", .severity = Severity::suspend});
  EXPECT_FALSE(rules.rule_for("bad.example").is_suspended());
  world.read(refresh);
  EXPECT_TRUE(rules.rule_for("bad.example").is_suspended());
  lift(rule);
  world.read(refresh);
  EXPECT_FALSE(rules.rule_for("bad.example").is_suspended());
}

TEST_P(DomainRulesTest, NamesAreFoldedAndOnesOwnIsRefused) {
  EXPECT_EQ(rule_domain("B\xc3\xbc" "CHER.Example.:8080", world.site), "xn--bcher-kva.example");
  for (std::string bad : {std::string(), std::string("no domain"), std::string("a..b"), std::string(5000, 'a'),
                          world.site.host, world.site.account_domain})
    EXPECT_EQ(world.refusal([&](db::Writer&) { rule_domain(bad, world.site); }).refusal, Refusal::unprocessable) << bad;
}

TEST_P(DomainRulesTest, PuttingARuleTwiceChangesIt) {
  auto first = put({.domain = "bad.example", .severity = Severity::suspend, .public_comment = "spam"});
  auto second = put({.domain = "bad.example", .severity = Severity::silence, .reject_media = true});
  EXPECT_EQ(first.id, second.id);
  auto all = world.read([](db::Reader& r) { return store::all_domain_rules(r); });
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].severity, Severity::silence);
  EXPECT_TRUE(all[0].reject_media);
  EXPECT_EQ(all[0].public_comment, "");
}

TEST_P(DomainRulesTest, ASuspendedServersPeopleAreHiddenAndTheirFollowsCut) {
  auto anna = world.local("anna");
  auto zoe = world.remote("zoe", "a.bad.example"), yara = world.remote("yara", "good.example");
  for (auto const& other : {zoe, yara}) {
    anna.follows(other);
    other.follows(anna);
  }
  auto post = posts(zoe, "https://a.bad.example/1");
  auto rule = put({.domain = "bad.example", .severity = Severity::suspend});
  hold_all();
  EXPECT_TRUE(account(zoe).suspended_at);
  EXPECT_FALSE(account(yara).suspended_at);
  EXPECT_EQ(follows(), 2);
  EXPECT_FALSE(anna.sees(post));
  EXPECT_THAT(in_public(), ::testing::Not(::testing::Contains(post.id)));
  world.refusal([&](db::Writer& w) { boost(w, anna.id, post.id, {}); });
  EXPECT_EQ(world.count("select count(*) from job where kind = 'send'"), 0) << "nothing is told to that server";

  lift(rule);
  hold_all();
  EXPECT_FALSE(account(zoe).suspended_at);
  EXPECT_TRUE(anna.sees(post));
  EXPECT_EQ(follows(), 2) << "what was cut does not come back";
}

TEST_P(DomainRulesTest, FollowsAreCutAPieceAtATime) {
  auto zoe = world.remote("zoe", "bad.example");
  for (int i = 0; i < 450; ++i) world.local("fan" + std::to_string(i)).follows(zoe);
  put({.domain = "bad.example", .severity = Severity::suspend});
  EXPECT_GE(hold_all(), 3);
  EXPECT_EQ(follows(), 0);
  EXPECT_EQ(world.count("select count(*) from held_account where settled = 1"), 1);
}

TEST_P(DomainRulesTest, LiftingARuleGivesBackOnlyWhatItTook) {
  auto gone = world.remote("gone", "bad.example"), quiet = world.remote("quiet", "bad.example");
  auto set = [&](std::string_view sql, Person const& person) {
    world.write([&](db::Writer& w) { w.run(sql, person.id, w.now()); });
  };
  set("update account set suspended_at = $2 where id = $1", gone);
  set("update account set silenced_at = $2 where id = $1", quiet);
  auto rule = put({.domain = "bad.example", .severity = Severity::suspend});
  hold_all();
  put({.domain = "bad.example", .severity = Severity::silence});
  hold_all();
  EXPECT_TRUE(account(gone).suspended_at);
  EXPECT_TRUE(account(gone).silenced_at);
  EXPECT_FALSE(account(quiet).suspended_at);
  EXPECT_TRUE(account(quiet).silenced_at);
  lift(rule);
  hold_all();
  EXPECT_TRUE(account(gone).suspended_at) << "suspended by somebody else";
  EXPECT_FALSE(account(gone).silenced_at);
  EXPECT_TRUE(account(quiet).silenced_at) << "silenced by somebody else";
  EXPECT_EQ(world.count("select count(*) from held_account"), 0);
}

TEST_P(DomainRulesTest, ASilencedServerIsNotInPublicTimelines) {
  auto anna = world.local("anna"), zoe = world.remote("zoe", "loud.example");
  auto post = posts(zoe, "https://loud.example/1");
  EXPECT_THAT(in_public(), ::testing::Contains(post.id));
  put({.domain = "loud.example", .severity = Severity::silence});
  hold_all();
  EXPECT_THAT(in_public(), ::testing::Not(::testing::Contains(post.id)));
  EXPECT_TRUE(anna.sees(post));
}

TEST_P(DomainRulesTest, FilesOfAServerAreLetGo) {
  auto zoe = world.remote("zoe", "pictures.example");
  store::Media picture;
  picture.remote_url = "https://pictures.example/a.png";
  auto post = posts(zoe, "https://pictures.example/1", {picture, picture});
  world.write([&](db::Writer& w) {
    store::put_remote(w, {.account = zoe.id, .inbox = "https://pictures.example/inbox",
                          .avatar_url = "https://pictures.example/z.png", .fetched_at = w.now()});
  });
  put({.domain = "pictures.example", .severity = Severity::noop, .reject_media = true});
  hold_all();
  EXPECT_FALSE(account(zoe).suspended_at);
  EXPECT_EQ(world.count("select count(*) from media where post is not null"), 0);
  EXPECT_EQ(world.read([&](db::Reader& r) { return store::find_remote(r, zoe.id)->avatar_url; }), "");
}

TEST_P(DomainRulesTest, NewcomersAreHeldFromTheFirstMoment) {
  auto zoe = world.remote("zoe", "loud.example");
  DomainRules rules(false);
  world.write([&](db::Writer& w) {
    put_rule(w, {.domain = "loud.example", .severity = Severity::silence});
    rules.refresh(w);
    hold_newcomer(w, *rules.all(), zoe.id);
  });
  EXPECT_TRUE(account(zoe).silenced_at);
}

TEST_P(DomainRulesTest, TheHostOfAnIdCountsAsMuchAsTheDomainOfTheHandle) {
  RuleSet rules(false, {{.domain = "bad.example", .severity = Severity::suspend}}, {});
  EXPECT_TRUE(rule_for(rules, {AccountId{1}, "good.example", "https://social.bad.example/users/z"}).is_suspended());
  EXPECT_TRUE(rule_for(rules, {AccountId{1}, "bad.example", "https://good.example:80/users/z"}).is_suspended());
  EXPECT_EQ(rule_for(rules, {AccountId{1}, "good.example", "nonsense"}), Rule{});
}

TEST_P(DomainRulesTest, AnotherModeHoldsEverybodyToIt) {
  auto zoe = world.remote("zoe", "good.example"), yara = world.remote("yara", "other.example");
  allow_list = true;
  world.write([&](db::Writer& w) {
    allow_domain(w, "good.example");
    keep_federation_mode(w, true);
  });
  hold_all();
  EXPECT_FALSE(account(zoe).suspended_at);
  EXPECT_TRUE(account(yara).suspended_at);
  allow_list = false;
  world.write([&](db::Writer& w) { keep_federation_mode(w, false); });
  hold_all();
  EXPECT_FALSE(account(yara).suspended_at);
  world.write([&](db::Writer& w) { keep_federation_mode(w, false); });
  EXPECT_EQ(hold_all(), 0) << "the same mode is no news";
}

}  // namespace
}  // namespace posy::social::testing
