#include "social/search.hpp"

#include <gmock/gmock.h>

#include "social/block.hpp"
#include "social/follow.hpp"
#include "social/profile.hpp"
#include "social/suggestions.hpp"
#include "social/test_world.hpp"
#include "store/account_search.hpp"
#include "store/other_name.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Searching : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob_the_builder");

  Found find(Person const& who, std::string text, SearchQuery query = {}) {
    query.text = std::move(text);
    return world.read([&](db::Reader& r) { return search(r, world.site, Viewer{who.id}, query); });
  }
  std::vector<AccountId> people(std::string text) { return find(alice, std::move(text)).accounts; }
  void rename(Person const& who, std::string name) {
    world.write(
        [&](db::Writer& w) { update_profile(w, world.site, who.id, {.display_name = std::move(name)}); });
  }
};

TEST_P(Searching, FindsPeopleByTheBeginningOfAnyWordOfTheirNames) {
  rename(bob, "Röbert  O'Neill ☘");
  for (auto text : {"bob", "BOB_THE", "@bob_the_builder", "builder", "rÖb", "neill", "oneill"}) {
    if (std::string_view(text) == "oneill")
      EXPECT_THAT(people(text), IsEmpty()) << text;
    else
      EXPECT_THAT(people(text), ElementsAre(bob.id)) << text;
  }
  EXPECT_THAT(people("röb neill"), ElementsAre(bob.id));
  EXPECT_THAT(people("röb smith"), IsEmpty());
  rename(bob, "Rob");
  EXPECT_THAT(people("neill"), IsEmpty());
}

TEST_P(Searching, FindsSomebodyElsewhereByHerDomainAndByHerHost) {
  auto zoe = world.remote("zoe", "far.example");
  world.write([&](db::Writer& w) {
    auto account = *store::find_account(w, zoe.id);
    for (int i = 0; i < 2; ++i) store::put_other_handle(w, account, "web.far.example");
  });
  for (auto text : {"@zoe@far.example", "zoe@far.example", "@zoe@web.far.example", "@Zoe@WEB.far.example"})
    EXPECT_THAT(people(text), ElementsAre(zoe.id)) << text;
  for (auto text : {"@zoe@other.example", "@eve@web.far.example"}) EXPECT_THAT(people(text), IsEmpty()) << text;
  // Who has just this handle comes before who is only asked for by it.
  auto other = world.remote("zoe", "web.far.example");
  EXPECT_THAT(people("@zoe@web.far.example"), ElementsAre(other.id));
}

TEST_P(Searching, FindsWhatAPageShowedWhenItWasAskedForBefore) {
  auto zoe = world.remote("zoe", "far.example");
  auto post = alice.posts("hello"), second = alice.posts("again");
  auto page = [&](std::string const& address, store::PageOf const& of) {
    world.write([&](db::Writer& w) { store::put_page_of(w, address, of); });
  };
  page("https://far.example/@zoe/1", {{}, post.id});
  page("https://far.example/@zoe", {zoe.id, {}});
  EXPECT_THAT(find(bob, "https://far.example/@zoe/1").posts, ElementsAre(post.id));
  EXPECT_THAT(people("https://far.example/@zoe"), ElementsAre(zoe.id));
  // One page of a post is kept, and one post of a page.
  page("https://far.example/@zoe/1?a=2", {{}, post.id});
  EXPECT_THAT(find(bob, "https://far.example/@zoe/1").posts, IsEmpty());
  page("https://far.example/@zoe/1?a=2", {{}, second.id});
  EXPECT_THAT(find(bob, "https://far.example/@zoe/1?a=2").posts, ElementsAre(second.id));
  EXPECT_EQ(world.count("select count(*) from other_name"), 2);
}

TEST_P(Searching, TakesHostileTextAsText) {
  for (auto text : {"", "%", "_", "' or 1=1 --", "*", "\"", "@", "@@", "\xff\xfe", "bob%"})
    EXPECT_NO_THROW(find(alice, text)) << text;
  EXPECT_THAT(people("%"), IsEmpty());
  EXPECT_THAT(people("b%r"), IsEmpty());
  EXPECT_NO_THROW(find(alice, std::string(100'000, 'b')));
}

TEST_P(Searching, PutsTheExactNameFirstAndThenThoseSheFollows) {
  auto ann = world.local("ann");
  auto anna = world.local("anna");
  auto annie = world.local("annie");
  world.write([&](db::Writer& w) { follow(w, alice.id, annie.id); });
  EXPECT_THAT(people("ann"), ElementsAre(ann.id, annie.id, anna.id));
  EXPECT_THAT(find(alice, "ann", {.only_followed = true}).accounts, ElementsAre(annie.id));
  EXPECT_THAT(find(alice, "ann", {.limit = 1, .offset = 1}).accounts, ElementsAre(annie.id));
}

TEST_P(Searching, KnowsDomains) {
  auto far = world.remote("rita", "far.example");
  auto near = world.remote("rita", "near.example");
  EXPECT_THAT(people("rita"), UnorderedElementsAre(far.id, near.id));
  EXPECT_THAT(people("@rita@far.example"), ElementsAre(far.id));
  EXPECT_THAT(people("rita@nea"), ElementsAre(near.id));
  EXPECT_THAT(people("@bob_the_builder@posy.test"), ElementsAre(bob.id));
}

TEST_P(Searching, HidesPeopleBehindBlocksAndTheSuspended) {
  world.write([&](db::Writer& w) { block(w, bob.id, alice.id); });
  EXPECT_THAT(people("bob"), IsEmpty());
  world.write([&](db::Writer& w) {
    unblock(w, bob.id, alice.id);
    auto account = *store::find_account(w, bob.id);
    account.suspended_at = w.now();
    store::update_account(w, account);
  });
  EXPECT_THAT(people("bob"), IsEmpty());
}

TEST_P(Searching, FindsThoseWhomTheViewerBlockedToUnblockThem) {
  world.write([&](db::Writer& w) { block(w, alice.id, bob.id); });
  EXPECT_THAT(people("bob"), ElementsAre(bob.id));
  EXPECT_THAT(people("@bob_the_builder"), ElementsAre(bob.id));
}

TEST_P(Searching, FindsOfPostsOnlyWhatConcernsTheReader) {
  auto own = alice.posts("my tulips");
  bob.posts("their tulips");
  auto to_alice = bob.posts("@alice tulips for you", Visibility::direct);
  EXPECT_THAT(find(alice, "tulips").posts, UnorderedElementsAre(own.id, to_alice.id));
  auto eve = world.local("eve");
  EXPECT_THAT(find(eve, "tulips").posts, IsEmpty());
  EXPECT_THAT(find(Person{&world, {}}, "tulips").posts, IsEmpty());
}

TEST_P(Searching, FindsByAddressOnlyWhatMayBeSeen) {
  auto open = bob.posts("open");
  auto secret = bob.posts("secret", Visibility::followers);
  auto address = [&](Post const& post) { return "https://posy.test/@bob_the_builder/" + post.id.str(); };
  EXPECT_THAT(find(alice, address(open)).posts, ElementsAre(open.id));
  EXPECT_THAT(find(alice, address(secret)).posts, IsEmpty());
  EXPECT_THAT(find(bob, address(secret)).posts, ElementsAre(secret.id));
  EXPECT_THAT(find(alice, "https://posy.test/users/bob_the_builder/statuses/" + open.id.str()).posts,
              ElementsAre(open.id));
  EXPECT_THAT(find(alice, "https://posy.test/@alice/" + open.id.str()).posts, IsEmpty());
  EXPECT_THAT(find(alice, "https://posy.test/@bob_the_builder").accounts, ElementsAre(bob.id));
  for (auto path : {"@", "@nobody", "@alice/1'--", "users", "users/", "users/alice/statuses", "@alice/x/y"})
    EXPECT_THAT(find(alice, std::string("https://posy.test/") + path).posts, IsEmpty()) << path;
  auto rita = world.remote("rita", "far.example");
  EXPECT_THAT(find(alice, "https://far.example/users/rita").accounts, ElementsAre(rita.id));
  EXPECT_THAT(find(alice, "https://far.example/users/other").accounts, IsEmpty());
}

TEST_P(Searching, FindsTagsByTheirBeginning) {
  alice.posts("#Gardening #garden #maths");
  auto names = [&](std::string text, SearchQuery query = {}) {
    std::vector<std::string> out;
    for (auto const& tag : find(alice, std::move(text), query).tags) out.push_back(tag.name);
    return out;
  };
  EXPECT_THAT(names("gard"), ElementsAre("garden", "gardening"));
  EXPECT_THAT(names("#GARDENI"), ElementsAre("gardening"));
  EXPECT_THAT(names("arden"), IsEmpty());
  world.clock.advance(std::chrono::hours(24 * 8));
  EXPECT_THAT(names("gard", {.only_used_tags = true}), IsEmpty());
}

TEST_P(Searching, SuggestsFriendsOfFriendsWhoWantToBeFound) {
  auto carol = world.local("carol");
  auto dan = world.local("dan");
  auto hidden = world.local("hidden");
  world.write([&](db::Writer& w) {
    for (auto who : {carol, dan}) update_profile(w, world.site, who.id, {.discoverable = true});
    follow(w, alice.id, bob.id);
    follow(w, bob.id, carol.id);
    follow(w, bob.id, hidden.id);
  });
  auto suggested = [&] {
    std::vector<AccountId> out;
    for (auto const& one : world.read([&](db::Reader& r) { return suggestions(r, alice.id, 10); }))
      out.push_back(one.account);
    return out;
  };
  EXPECT_THAT(suggested(), ElementsAre(carol.id, dan.id));
  world.write([&](db::Writer& w) { dismiss_suggestion(w, alice.id, carol.id); });
  EXPECT_THAT(suggested(), ElementsAre(dan.id));
  world.write([&](db::Writer& w) { follow(w, alice.id, dan.id); });
  EXPECT_THAT(suggested(), IsEmpty());
}

TEST_P(Searching, ListsInTheDirectoryWhoWantsToBeFound) {
  auto rita = world.remote("rita", "far.example");
  world.write([&](db::Writer& w) {
    for (auto who : {alice, rita}) {
      auto account = *store::find_account(w, who.id);
      account.discoverable = true;
      store::update_account(w, account);
      store::count_post(w, who.id, w.now());
    }
  });
  using store::DirectoryOrder;
  auto listed = [&](DirectoryOrder order, bool local) {
    return world.read([&](db::Reader& r) { return store::directory(r, bob.id, order, local, 10, 0); });
  };
  EXPECT_THAT(listed(DirectoryOrder::active, true), ElementsAre(alice.id));
  EXPECT_THAT(listed(DirectoryOrder::newest, false), ElementsAre(rita.id, alice.id));
  EXPECT_THAT(listed(DirectoryOrder::active, false), UnorderedElementsAre(rita.id, alice.id));
  world.write([&](db::Writer& w) { block(w, bob.id, alice.id); });
  EXPECT_THAT(listed(DirectoryOrder::active, true), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, Searching, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
