#include "store/notification.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/explain.hpp"
#include "db/test_database.hpp"
#include "store/account.hpp"
#include "store/migrations.hpp"

namespace posy::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class NotificationStore : public ::testing::TestWithParam<db::Engine> {
 protected:
  NotificationStore() {
    database->write_now([&](db::Writer& w) {
      for (int i = 1; i <= 5; ++i) {
        Account account{.id = AccountId{i}, .username = "u" + std::to_string(i), .fields = "[]"};
        account.username_key = account.username;
        insert_account(w, account);
      }
    });
  }

  NotificationId add(NotificationKind kind, AccountId sender, std::string group = {}, bool filtered = false) {
    return database->write_now([&](db::Writer& w) {
      Notification row{.id = w.make_id<NotificationId>(),
                       .account = me,
                       .kind = kind,
                       .sender = sender,
                       .group_key = std::move(group),
                       .filtered = filtered,
                       .created_at = w.now()};
      insert_notification(w, row);
      return row.id;
    });
  }

  std::vector<NotificationId> ids(NotificationQuery query, Page page = {}) {
    query.account = me;
    return database->read_now([&](db::Reader& r) {
      std::vector<NotificationId> out;
      for (auto const& row : notifications(r, query, page)) out.push_back(row.id);
      return out;
    });
  }
  std::vector<NotificationId> groups(Page page = {}) { return ids({.grouped = groupable_kinds}, page); }

  std::optional<Notification> group(std::string_view key) {
    return database->read_now([&](db::Reader& r) { return find_group(r, me, key); });
  }
  void remove(std::vector<NotificationId> const& which) {
    database->write_now([&](db::Writer& w) { delete_notifications(w, which); });
  }

  static constexpr AccountId me{1}, bob{2}, carol{3}, dave{4};
  db::TestDatabase database{GetParam(), migrations()};
};

constexpr auto favourite = NotificationKind::favourite;
constexpr auto mention = NotificationKind::mention;
constexpr auto follow = NotificationKind::follow;

TEST_P(NotificationStore, PagesGoBothWays) {
  std::vector<NotificationId> made;
  for (int i = 0; i < 5; ++i) made.push_back(add(mention, bob));
  EXPECT_THAT(ids({}, {.limit = 2}), ElementsAre(made[4], made[3]));
  EXPECT_THAT(ids({}, {.before = made[3].value, .limit = 2}), ElementsAre(made[2], made[1]));
  EXPECT_THAT(ids({}, {.after = made[0].value, .limit = 2}), ElementsAre(made[4], made[3]));
  EXPECT_THAT(ids({}, {.after = made[0].value, .oldest_first = true, .limit = 2}),
              ElementsAre(made[2], made[1]));
}

TEST_P(NotificationStore, TellsKindsAndSendersApart) {
  auto a = add(mention, bob);
  auto b = add(favourite, bob, "f");
  auto c = add(favourite, carol, "f");
  auto d = add(follow, carol, "w");
  EXPECT_THAT(ids({}), ElementsAre(d, c, b, a));
  EXPECT_THAT(ids({.kinds = {favourite}}), ElementsAre(c, b));
  EXPECT_THAT(ids({.kinds = {favourite, mention}}), ElementsAre(c, b, a));
  EXPECT_THAT(ids({.kinds = KindSet::all().without({favourite})}), ElementsAre(d, a));
  EXPECT_THAT(ids({.kinds = KindSet{}}), IsEmpty());
  EXPECT_THAT(ids({.sender = bob}), ElementsAre(b, a));
  EXPECT_THAT(ids({.kinds = {favourite}, .sender = carol}), ElementsAre(c));
}

TEST_P(NotificationStore, GroupsAreShownByTheirNewest) {
  auto a = add(favourite, bob, "f");
  auto b = add(mention, bob);
  auto c = add(favourite, carol, "f");
  auto d = add(favourite, dave, "g");
  EXPECT_THAT(groups(), ElementsAre(d, c, b));
  EXPECT_THAT(groups({.limit = 2}), ElementsAre(d, c));
  EXPECT_THAT(groups({.before = c.value}), ElementsAre(b));
  EXPECT_THAT(ids({.kinds = {favourite}, .grouped = groupable_kinds}), ElementsAre(d, c));
  EXPECT_THAT(ids({.grouped = {follow}}), ElementsAre(d, c, b, a));
  EXPECT_THAT(ids({.grouped = groupable_kinds, .sender = bob}), ElementsAre(b));
  EXPECT_EQ(group("f")->group_size, 2);
  EXPECT_EQ(group("f")->id, c);
  EXPECT_FALSE(group("none") || group(""));
}

TEST_P(NotificationStore, TheNextOneStandsForAGroupWhoseNewestGoes) {
  auto a = add(favourite, bob, "f");
  auto b = add(favourite, carol, "f");
  auto c = add(favourite, dave, "f");
  remove({c});
  EXPECT_EQ(group("f")->id, b);
  EXPECT_EQ(group("f")->group_size, 2);
  remove({a});
  EXPECT_EQ(group("f")->group_size, 1);
  auto d = add(favourite, dave, "f");
  EXPECT_EQ(group("f")->group_size, 2);
  remove({b, d});
  EXPECT_FALSE(group("f"));
  EXPECT_THAT(ids({}), IsEmpty());
}

TEST_P(NotificationStore, ASendersNotificationsGoFromEveryGroup) {
  add(favourite, bob, "f");
  auto b = add(favourite, carol, "f");
  add(favourite, bob, "f");
  auto d = add(favourite, dave, "g");
  add(favourite, bob, "g");
  add(mention, bob);
  database->write_now([&](db::Writer& w) { delete_notifications_from(w, bob, dave); });
  EXPECT_EQ(ids({}).size(), 6u);
  database->write_now([&](db::Writer& w) { delete_notifications_from(w, bob, me); });
  EXPECT_THAT(groups(), ElementsAre(d, b));
  EXPECT_EQ(group("f")->group_size, 1);
  EXPECT_EQ(group("g")->group_size, 1);
}

TEST_P(NotificationStore, WhatIsFilteredIsShownOnlyWhenAskedFor) {
  auto a = add(mention, bob, {}, true);
  auto b = add(favourite, bob, "f");
  EXPECT_THAT(ids({}), ElementsAre(b));
  EXPECT_THAT(ids({.include_filtered = true}), ElementsAre(b, a));
  EXPECT_THAT(ids({.kinds = {mention}}), IsEmpty());
  EXPECT_THAT(ids({.kinds = {mention}, .include_filtered = true}), ElementsAre(a));
  EXPECT_THAT(ids({.sender = bob}), ElementsAre(b));
  EXPECT_THAT(ids({.sender = bob, .include_filtered = true}), ElementsAre(b, a));
}

TEST_P(NotificationStore, SamplesOnlyTheNewestMembers) {
  std::vector<NotificationId> made;
  for (auto sender : {bob, carol, dave, bob}) made.push_back(add(favourite, sender, "f"));
  auto other = add(favourite, carol, "g");
  database->read_now([&](db::Reader& r) {
    std::vector<std::pair<std::string, NotificationId>> found, oldest;
    for (auto const& m : newest_members(r, {made[3], other}, 2)) found.emplace_back(m.group_key, m.id);
    EXPECT_THAT(found, ElementsAre(Pair("g", other), Pair("f", made[3]), Pair("f", made[2])));
    for (auto const& m : oldest_members(r, {made[3], other}, made[1])) oldest.emplace_back(m.group_key, m.id);
    EXPECT_THAT(oldest, UnorderedElementsAre(Pair("f", made[1]), Pair("g", other)));
    std::vector<AccountId> senders;
    for (auto const& m : group_members(r, me, "f", {.before = made[3].value, .limit = 2}))
      senders.push_back(m.sender);
    EXPECT_THAT(senders, ElementsAre(dave, carol));
  });
}

TEST_P(NotificationStore, LargeGroupsAndListsAreDeletedInParts) {
  database->write_now([&](db::Writer& w) {
    for (int i = 0; i < 2100; ++i) {
      insert_notification(w, {.id = w.make_id<NotificationId>(),
                              .account = me,
                              .kind = favourite,
                              .sender = bob,
                              .group_key = "f",
                              .created_at = w.now()});
    }
  });
  add(mention, bob, {}, true);
  EXPECT_EQ(group("f")->group_size, 2100);
  auto part = [&](db::Writer& w) { return delete_some_members(w, me, "f"); };
  EXPECT_TRUE(database->write_now(part));
  EXPECT_EQ(group("f")->group_size, 100);
  EXPECT_FALSE(database->write_now(part));
  EXPECT_FALSE(group("f"));
  add(mention, bob);
  EXPECT_FALSE(database->write_now([&](db::Writer& w) { return delete_some_notifications(w, me); }));
  EXPECT_THAT(ids({}), IsEmpty());
  EXPECT_EQ(ids({.include_filtered = true}).size(), 1u);
}

TEST_P(NotificationStore, EveryQueryWalksAnIndex) {
  db::Options options;
  options.log_statements = true;
  database.reopen(options);
  auto a = add(favourite, bob, "f"), b = add(mention, carol);
  for (auto kinds : {KindSet::all(), KindSet{mention}})
    for (auto sender : {AccountId{}, bob})
      for (bool oldest_first : {false, true})
        ids({.kinds = kinds, .grouped = groupable_kinds, .sender = sender}, {.oldest_first = oldest_first});
  database->write_now([&](db::Writer& w) {
    find_notification(w, me, favourite, bob, PostId{7});
    find_notification(w, me, follow, bob, {});
    find_group(w, me, "f");
    group_members(w, me, "f", {});
    newest_members(w, {a, b}, 8);
    oldest_members(w, {a, b}, a);
    delete_notifications_from(w, carol, me);
    delete_notifications_from(w, carol);
    delete_some_members(w, me, "f");
    delete_some_notifications(w, me);
  });
  database->read_now([&](db::Reader& r) {
    for (auto const& statement : database->prepared_statements())
      EXPECT_THAT(db::full_scans(r.engine(), db::explain(r, statement)), IsEmpty()) << statement.sql;
  });
}

INSTANTIATE_TEST_SUITE_P(Engines, NotificationStore, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::store
