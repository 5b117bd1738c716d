// What goes in comes out: every type, on both engines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "db/test_database.hpp"

namespace posy::db {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

enum class Mood { calm, merry = 7 };

struct Thing {
  PostId id;
  AccountId owner;
  std::string name;
  std::optional<std::string> remark;
  bool is_good = false;
  double weight = 0;
  Time made_at;
  std::optional<Time> gone_at;
  Mood mood = Mood::calm;
  int small = 0;
  friend bool operator==(Thing const&, Thing const&) = default;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, owner, name, remark, is_good, weight, made_at, gone_at, mood, small))

struct Owner {
  AccountId id;
  std::string name;
  friend bool operator==(Owner const&, Owner const&) = default;
};
BOOST_DESCRIBE_STRUCT(Owner, (), (id, name))

constexpr Migration migrations[] = {{1, "things", R"sql(
  create table thing (
    id $id,
    owner bigint,
    name text not null,
    remark text,
    is_good integer not null,
    weight double precision not null,
    made_at bigint not null,
    gone_at bigint,
    mood integer not null,
    small integer not null
  );
  create table owner (
    id $id,
    name text not null
  );
  create unique index owner_name on owner (name);
)sql"}};

class Types : public testing::TestWithParam<Engine> {
 protected:
  TestDatabase database{GetParam(), migrations};

  void add(Thing const& thing) {
    database->write_now([&](Writer& w) { w.insert("thing", thing); });
  }
  std::vector<Thing> things() {
    return database->read_now([](Reader& r) { return r.all<Thing>("select :row from thing order by id"); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Types, testing::ValuesIn(engines()),
                         [](auto const& info) { return engine_name(info); });

TEST_P(Types, RowsComeBackAsTheyWent) {
  Thing full{.id{1},
             .owner{2},
             .name = "a",
             .remark = "b",
             .is_good = true,
             .weight = 0.1,
             .made_at = from_milliseconds(1'700'000'000'123),
             .gone_at = from_milliseconds(-5),
             .mood = Mood::merry,
             .small = -3};
  Thing bare{.id{std::numeric_limits<std::int64_t>::max()}, .name = ""};
  add(full);
  add(bare);
  EXPECT_THAT(things(), ElementsAre(full, bare));
}

TEST_P(Types, TextKeepsQuotesUnicodeAndLength) {
  std::string const awkward[] = {"it's \"quoted\" \\ $1 :row 'in ids($1)'", "z\u0142oty \U0001F980 \u200D",
                                 "\n\t\x01", std::string(1 << 20, 'x')};
  std::int64_t id = 0;
  for (auto const& text : awkward) add({.id{++id}, .name = text});
  auto names =
      database->read_now([](Reader& r) { return r.all<std::string>("select name from thing order by id"); });
  EXPECT_TRUE(std::ranges::equal(names, awkward));
}

TEST_P(Types, NoIdIsNullBothWays) {
  add({.id{1}});
  database->read_now([](Reader& r) {
    EXPECT_EQ(r.one<int>("select count(*) from thing where owner is null"), 1);
    EXPECT_EQ(r.one<AccountId>("select owner from thing"), AccountId{});
    EXPECT_EQ(r.one<std::optional<AccountId>>("select owner from thing"), std::nullopt);
    EXPECT_EQ(r.find<int>("select 1 from thing where owner = $1", AccountId{}), std::nullopt);
  });
}

TEST_P(Types, NullWhereNoneIsExpectedIsAFailure) {
  database->read_now([](Reader& r) {
    EXPECT_THROW(r.one<int>("select max(small) from thing"), Failure);
    EXPECT_THROW(r.one<std::string>("select max(name) from thing"), Failure);
    EXPECT_EQ(r.one<std::optional<int>>("select max(small) from thing"), std::nullopt);
  });
}

TEST_P(Types, NumbersThatDoNotFitAreAFailure) {
  add({.id{std::int64_t{1} << 40}});
  database->read_now([](Reader& r) {
    EXPECT_EQ(r.one<std::int64_t>("select id from thing"), std::int64_t{1} << 40);
    EXPECT_THROW(r.one<int>("select id from thing"), Failure);
  });
}

TEST_P(Types, AClaimOfTheEngineIsABool) {
  add({.id{1}});
  database->read_now([](Reader& r) {
    EXPECT_TRUE(r.one<bool>("select exists (select 1 from thing where id = $1)", PostId{1}));
    EXPECT_FALSE(r.one<bool>("select exists (select 1 from thing where id = $1)", PostId{2}));
    EXPECT_EQ(r.one<int>("select sum(id) from thing"), 1);  // PostgreSQL widens sums
    EXPECT_EQ(r.one<int>("select count(*) from thing where is_good = $1", false), 1);
  });
}

TEST_P(Types, ListsSelectMembers) {
  for (int i = 1; i <= 4; ++i) add({.id{i}, .name = "it's, \"" + std::to_string(i) + "\"\\\n"});
  database->read_now([](Reader& r) {
    std::vector<PostId> const some{{1}, {3}, {99}};
    std::vector<PostId> const none;
    std::vector<std::string> const names{"it's, \"2\"\\\n", "NULL", ""};
    auto ids = [&](std::string_view sql, auto const& list) { return r.all<int>(sql, list); };
    EXPECT_THAT(ids("select id from thing where id in ids($1) order by id", some), ElementsAre(1, 3));
    EXPECT_THAT(ids("select id from thing where id not in ids($1) order by id", some), ElementsAre(2, 4));
    EXPECT_THAT(ids("select id from thing where id in ids($1)", none), IsEmpty());
    EXPECT_THAT(ids("select id from thing where id not in ids($1) and id < 2", none), ElementsAre(1));
    EXPECT_THAT(ids("select id from thing where id in ids($1)", std::vector<std::int64_t>{4}),
                ElementsAre(4));
    EXPECT_THAT(ids("select id from thing where name in texts($1)", names), ElementsAre(2));
    EXPECT_EQ(r.one<int>("select count(*) from thing where name not in texts($1)", names), 3);
  });
}

TEST_P(Types, JoinsFillTuplesAndTheOtherSideMayBeMissing) {
  add({.id{1}, .owner{5}, .name = "kept"});
  add({.id{2}, .owner{6}, .name = "orphan"});
  database->write_now([](Writer& w) { w.insert("owner", Owner{.id{5}, .name = "alice"}); });
  database->read_now([](Reader& r) {
    auto rows = r.all<std::tuple<Thing, std::optional<Owner>, int>>(
        "select :row(t), :row(o), 42 from thing t left join owner o on o.id = t.owner order by t.id");
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(std::get<0>(rows[0]).name, "kept");
    EXPECT_EQ(std::get<1>(rows[0]), (Owner{.id{5}, .name = "alice"}));
    EXPECT_EQ(std::get<1>(rows[1]), std::nullopt);
    EXPECT_EQ(std::get<2>(rows[1]), 42);
  });
}

TEST_P(Types, EachCallsForEveryRow) {
  for (int i = 1; i <= 3; ++i) add({.id{i}, .name = std::to_string(i)});
  std::string seen;
  database->read_now([&](Reader& r) {
    r.each<Thing, int>(
        "select :row, small from thing where id > $1 order by id",
        [&](Thing const& thing, int) {
          // The same statement again while its rows are being read.
          seen += thing.name +
                  std::to_string(r.all<Thing>("select :row from thing where id > $1", thing.id).size());
        },
        PostId{1});
  });
  EXPECT_EQ(seen, "2130");
}

TEST_P(Types, OneWantsExactlyOneRow) {
  database->read_now([](Reader& r) { EXPECT_THROW(r.one<int>("select id from thing"), Failure); });
  add({.id{1}});
  add({.id{2}});
  database->read_now([](Reader& r) {
    EXPECT_THROW(r.one<int>("select id from thing"), Failure);
    EXPECT_EQ(r.find<int>("select id from thing order by id"), 1);
    EXPECT_EQ(r.find<int>("select id from thing where id > 2"), std::nullopt);
  });
}

TEST_P(Types, AZeroByteIsRefused) {
  EXPECT_THROW(add({.id{1}, .name = std::string("a\0b", 3)}), Failure);
  EXPECT_THAT(things(), IsEmpty());
}

TEST_P(Types, ARowOfAnotherShapeIsAMistake) {
  database->read_now([](Reader& r) {
    try {
      r.all<Owner>("select id, name, 1 from owner");
      ADD_FAILURE();
    } catch (Failure const& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::mistake);
    }
  });
}

TEST_P(Types, ANewRowIsToldFromAnOldOne) {
  database->write_now([](Writer& w) {
    EXPECT_TRUE(w.insert_new("owner", Owner{.id{1}, .name = "alice"}));
    EXPECT_FALSE(w.insert_new("owner", Owner{.id{1}, .name = "bob"}));
    EXPECT_FALSE(w.insert_new("owner", Owner{.id{2}, .name = "alice"}));
    EXPECT_EQ(w.run("update owner set name = $1", "carol"), 1);
    EXPECT_EQ(w.run("delete from owner where id = $1", AccountId{9}), 0);
    EXPECT_EQ(w.one<Owner>("insert into owner (id, name) values ($1, $2) returning :row", 3, "dave"),
              (Owner{.id{3}, .name = "dave"}));
  });
  try {
    database->write_now([](Writer& w) { w.insert("owner", Owner{.id{1}, .name = "eve"}); });
    ADD_FAILURE();
  } catch (Failure const& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::unique);
  }
}

TEST_P(Types, OneTextMayMeetOtherTypesAndShapes) {
  database->write_now([](Writer& w) {
    w.insert("owner", Owner{.id{1}, .name = "1"});
    EXPECT_EQ(w.one<int>("select count(*) from owner where name = cast($1 as text)", "1"), 1);
    EXPECT_EQ(w.one<int>("select count(*) from owner where name = cast($1 as text)", 1), 1);
    EXPECT_EQ(w.one<int>("select count(*) from owner where name = cast($1 as text)", "1"), 1);
  });
  add({.id{1}, .name = "x"});
  database->read_now([](Reader& r) {
    EXPECT_EQ(r.one<Thing>("select :row from thing").name, "x");
    EXPECT_EQ(r.one<std::string>("select name from thing"), "x");
  });
}

TEST_P(Types, MoreStatementsThanTheCacheHolds) {
  database->read_now([](Reader& r) {
    for (int round = 0; round < 2; ++round)
      for (int i = 0; i < 600; ++i) {
        std::string sql = "select $1 + " + std::to_string(i);
        ASSERT_EQ(r.one<int>(sql, 1), i + 1);
      }
  });
}

TEST_P(Types, AReaderCannotWrite) {
  EXPECT_THROW(database->read_now([](Reader& r) {
    return r.find<int>("insert into owner (id, name) values (1, 'x') returning id");
  }),
               Failure);
}

}  // namespace
}  // namespace posy::db
