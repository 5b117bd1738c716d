#include "social/collections.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "social/block.hpp"
#include "social/profile.hpp"
#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using store::Collection;
using store::CollectionItem;
using store::Consent;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Collections : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = found("bob");
  Person carol = found("carol");
  Person eve = world.local("eve");  // does not want to be found

  Person found(std::string const& name) {
    auto person = world.local(name);
    world.write(
        [&](db::Writer& w) { w.run("update account set discoverable = 1 where id = $1", person.id); });
    return person;
  }
  Collection make(std::vector<AccountId> const& members, CollectionChange change = {.name = "Birders"}) {
    return world.write([&](db::Writer& w) { return create_collection(w, alice.id, change, members); });
  }
  CollectionItem add(Collection const& collection, Person const& member) {
    return world.write(
        [&](db::Writer& w) { return add_to_collection(w, alice.id, collection.id, member.id); });
  }
  std::vector<CollectionItem> items(Collection const& collection, Viewer viewer = {}) {
    return world.read(
        [&](db::Reader& r) { return store::collection_items(r, viewer.account, {collection.id}); });
  }
  std::vector<AccountId> members(Collection const& collection, Viewer viewer = {}) {
    std::vector<AccountId> out;
    for (auto const& item : items(collection, viewer)) out.push_back(item.account);
    return out;
  }
  std::vector<store::CollectionId> shown(Viewer viewer) {
    std::vector<store::CollectionId> out;
    for (auto const& one :
         world.read([&](db::Reader& r) { return profile_collections(r, viewer, alice.id, 40, 0); }))
      out.push_back(one.id);
    return out;
  }
  std::vector<store::CollectionId> with(Person const& person) {
    std::vector<store::CollectionId> out;
    for (auto const& one :
         world.read([&](db::Reader& r) { return store::collections_with(r, person.id, 40, 0); }))
      out.push_back(one.id);
    return out;
  }
  Refusal refusal(std::function<void(db::Writer&)> act) { return world.refusal(act).refusal; }
};

TEST_P(Collections, KeepWhatTheyAreGivenAndTheOrderOfTheirMembers) {
  auto made = make({carol.id, bob.id, carol.id}, {.name = "Vögel 🐦",
                                                  .description = "all feathers",
                                                  .language = "de",
                                                  .tag = "#Vögel",
                                                  .sensitive = true,
                                                  .discoverable = false});
  auto kept = world.read([&](db::Reader& r) { return load_collection(r, {}, made.id); });
  EXPECT_EQ(kept.name, "Vögel 🐦");
  EXPECT_EQ(kept.description, "all feathers");
  EXPECT_EQ(kept.language, "de");
  EXPECT_TRUE(kept.tag);
  EXPECT_TRUE(kept.sensitive);
  EXPECT_FALSE(kept.discoverable);
  EXPECT_THAT(members(made), ElementsAre(carol.id, bob.id));

  world.clock.advance(Milliseconds{1000});
  world.write([&](db::Writer& w) { change_collection(w, alice.id, made.id, {.language = "", .tag = ""}); });
  kept = world.read([&](db::Reader& r) { return load_collection(r, {}, made.id); });
  EXPECT_EQ(kept.name, "Vögel 🐦");
  EXPECT_EQ(kept.language, "");
  EXPECT_FALSE(kept.tag);
  EXPECT_GT(kept.updated_at, kept.created_at);
}

TEST_P(Collections, SayWhatIsWrongFieldByField) {
  CollectionChange wrong{.name = std::string(41, 'x'),
                         .description = std::string(101, 'x'),
                         .language = "klingonese",
                         .tag = "#no tag"};
  EXPECT_EQ(
      message_of(check_collection(wrong)),
      "Validation failed: Name is too long (maximum is 40 characters), Description is too long (maximum is "
      "100 characters), Language is not included in the list, Tag name is invalid");
  EXPECT_EQ(message_of(check_new_collection({})), "Validation failed: Name can't be blank");
  EXPECT_EQ(message_of(check_collection({.name = " \n"})), "Validation failed: Name can't be blank");
  EXPECT_THAT(check_collection({}), IsEmpty());
  EXPECT_THAT(check_collection({.name = std::string(40, 'x')}), IsEmpty());
  // A link is as long as it is, and so is what hides in one character.
  EXPECT_EQ(check_collection({.name = "https://example.org/" + std::string(40, 'x')}).size(), 1u);
  std::string hill = "a";
  for (int i = 0; i < 2000; ++i) hill += "\u0301";
  EXPECT_EQ(check_collection({.name = hill}).size(), 1u);
  EXPECT_EQ(refusal([&](db::Writer& w) { create_collection(w, alice.id, wrong, {}); }),
            Refusal::unprocessable);
}

TEST_P(Collections, TakeOnlyThoseWhoWantToBeFound) {
  auto rita = world.remote("rita", "far.example");
  world.write([&](db::Writer& w) { w.run("update account set discoverable = 1 where id = $1", rita.id); });
  auto collection = make({});
  for (auto const& person : {eve, rita, Person{&world, AccountId{1}}}) {
    auto add = [&](db::Writer& w) { add_to_collection(w, alice.id, collection.id, person.id); };
    EXPECT_EQ(refusal(add), Refusal::unprocessable);
    auto all = [&](db::Writer& w) { create_collection(w, alice.id, {.name = "x"}, {bob.id, person.id}); };
    EXPECT_EQ(refusal(all), Refusal::unprocessable);
  }
  EXPECT_EQ(world.count("select count(*) from collection"), 1);
  EXPECT_EQ(world.count("select count(*) from collection_item"), 0);
  EXPECT_EQ(add(collection, bob).state, Consent::accepted);
  EXPECT_EQ(refusal([&](db::Writer& w) { add_to_collection(w, alice.id, collection.id, bob.id); }),
            Refusal::unprocessable);
}

TEST_P(Collections, TakeNobodyAcrossABlock) {
  auto collection = make({});
  bob.blocks(alice);
  alice.blocks(carol);
  for (auto const& person : {bob, carol})
    EXPECT_EQ(refusal([&](db::Writer& w) { add_to_collection(w, alice.id, collection.id, person.id); }),
              Refusal::unprocessable);
}

TEST_P(Collections, HideThoseBetweenWhomStandsABlock) {
  auto collection = make({bob.id, carol.id});
  EXPECT_THAT(with(bob), ElementsAre(collection.id));
  bob.blocks(alice);
  EXPECT_THAT(members(collection), ElementsAre(carol.id));
  EXPECT_THAT(members(collection, {alice.id}), ElementsAre(carol.id));
  EXPECT_THAT(with(bob), IsEmpty());
  EXPECT_EQ(refusal([&](db::Writer& w) { load_collection(w, {bob.id}, collection.id); }), Refusal::not_found);
  EXPECT_THAT(shown({bob.id}), IsEmpty());
  EXPECT_THAT(shown({}), ElementsAre(collection.id));
  // A viewer does not see whom she has blocked; others do.
  eve.blocks(carol);
  EXPECT_THAT(members(collection, {eve.id}), IsEmpty());
  EXPECT_THAT(members(collection, {carol.id}), ElementsAre(carol.id));
}

TEST_P(Collections, OfSuspendedPeopleAreGone) {
  auto collection = make({bob.id});
  world.write([&](db::Writer& w) { w.run("update account set suspended_at = 1 where id = $1", bob.id); });
  EXPECT_THAT(members(collection), IsEmpty());
  world.write([&](db::Writer& w) {
    w.run("update account set suspended_at = null where id = $1", bob.id);
    w.run("update account set suspended_at = 1 where id = $1", alice.id);
  });
  EXPECT_THAT(with(bob), IsEmpty());
  EXPECT_THAT(shown({}), IsEmpty());
  EXPECT_EQ(refusal([&](db::Writer& w) { load_collection(w, {}, collection.id); }), Refusal::not_found);
}

TEST_P(Collections, ShowThePendingToTheirOwnerAlone) {
  auto collection = make({});
  auto item = add(collection, bob);
  world.write([&](db::Writer& w) { store::set_consent(w, item.id, Consent::pending); });
  EXPECT_THAT(members(collection, {alice.id}), ElementsAre(bob.id));
  EXPECT_THAT(members(collection, {bob.id}), IsEmpty());
  EXPECT_THAT(members(collection), IsEmpty());
}

TEST_P(Collections, AreLeftForGoodEvenAcrossABlock) {
  auto collection = make({bob.id, carol.id});
  auto item = items(collection).at(0);
  alice.blocks(bob);
  auto leave = [&](Person const& who) {
    return [&, who](db::Writer& w) { leave_collection(w, who.id, collection.id, item.id); };
  };
  EXPECT_EQ(refusal(leave(alice)), Refusal::forbidden);
  EXPECT_EQ(refusal(leave(carol)), Refusal::forbidden);
  world.write(leave(bob));
  world.write([&](db::Writer& w) { unblock(w, alice.id, bob.id); });
  EXPECT_THAT(members(collection, {alice.id}), ElementsAre(carol.id));
  EXPECT_THAT(with(bob), IsEmpty());
  EXPECT_EQ(refusal([&](db::Writer& w) { remove_from_collection(w, alice.id, collection.id, item.id); }),
            Refusal::not_found);
  EXPECT_EQ(refusal([&](db::Writer& w) { add_to_collection(w, alice.id, collection.id, bob.id); }),
            Refusal::unprocessable);
}

TEST_P(Collections, BelongToTheirOwner) {
  auto collection = make({bob.id});
  auto item = items(collection).at(0);
  for (auto act : std::initializer_list<std::function<void(db::Writer&)>>{
           [&](db::Writer& w) { change_collection(w, bob.id, collection.id, {.name = "hers"}); },
           [&](db::Writer& w) { delete_collection(w, bob.id, collection.id); },
           [&](db::Writer& w) { add_to_collection(w, bob.id, collection.id, carol.id); },
           [&](db::Writer& w) { remove_from_collection(w, bob.id, collection.id, item.id); }})
    EXPECT_EQ(refusal(act), Refusal::forbidden);
  auto other = make({carol.id});
  EXPECT_EQ(refusal([&](db::Writer& w) { remove_from_collection(w, alice.id, other.id, item.id); }),
            Refusal::not_found);
  world.write([&](db::Writer& w) { remove_from_collection(w, alice.id, collection.id, item.id); });
  EXPECT_THAT(members(collection), IsEmpty());
  add(collection, bob);  // taken out by the owner, she may come back
  world.write([&](db::Writer& w) { delete_collection(w, alice.id, collection.id); });
  EXPECT_EQ(world.count("select count(*) from collection_item"), 1);
}

TEST_P(Collections, AreListedToOthersOnlyWhenDiscoverable) {
  auto open = make({});
  auto quiet = make({bob.id}, {.name = "quiet", .discoverable = false});
  EXPECT_THAT(shown({alice.id}), ElementsAre(quiet.id, open.id));
  EXPECT_THAT(shown({bob.id}), ElementsAre(open.id));
  EXPECT_THAT(with(bob), ElementsAre(quiet.id));
  EXPECT_EQ(world.read([&](db::Reader& r) { return load_collection(r, {}, quiet.id).id; }), quiet.id);
}

TEST_P(Collections, HaveABoundAndAreBounded) {
  std::vector<AccountId> crowd;
  for (int i = 0; i < collection_items_max; ++i) crowd.push_back(found("p" + std::to_string(i)).id);
  auto full = make(crowd);
  EXPECT_EQ(refusal([&](db::Writer& w) { add_to_collection(w, alice.id, full.id, bob.id); }),
            Refusal::unprocessable);
  crowd.push_back(bob.id);
  EXPECT_EQ(refusal([&](db::Writer& w) { create_collection(w, alice.id, {.name = "x"}, crowd); }),
            Refusal::unprocessable);
  // Whoever leaves makes room.
  auto item = items(full).at(0);
  world.write([&](db::Writer& w) { leave_collection(w, item.account, full.id, item.id); });
  add(full, bob);
  for (int i = 1; i < collections_max; ++i) make({});
  EXPECT_EQ(refusal([&](db::Writer& w) { create_collection(w, alice.id, {.name = "x"}, {}); }),
            Refusal::unprocessable);
}

INSTANTIATE_TEST_SUITE_P(Engines, Collections, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
