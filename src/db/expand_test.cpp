#include "db/expand.hpp"

#include <gtest/gtest.h>

#include "db/access.hpp"

namespace posy::db {
namespace {

struct Pair {
  int a, b;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (a, b))
struct Other {
  int c;
};
BOOST_DESCRIBE_STRUCT(Other, (), (c))

template <class T>
std::string both(std::string_view sql) {
  return expand(sql, Engine::sqlite, mapping::shape_of<T>) + " | " +
         expand(sql, Engine::postgres, mapping::shape_of<T>);
}

TEST(Expand, WritesMembersForRow) {
  EXPECT_EQ(both<Pair>("select :row from x"), "select a, b from x | select a, b from x");
  EXPECT_EQ(expand("select :row(p)", Engine::sqlite, mapping::shape_of<Pair>), "select p.a, p.b");
}

TEST(Expand, GivesEachStructOfATupleItsToken) {
  using T = std::tuple<Pair, int, std::optional<Other>>;
  EXPECT_EQ(expand("select :row(p), 1, :row(o)", Engine::sqlite, mapping::shape_of<T>),
            "select p.a, p.b, 1, o.c");
}

TEST(Expand, NumbersParametersForSqlite) {
  EXPECT_EQ(both<int>("select $2 + $11"), "select ?2 + ?11 | select $2 + $11");
}

TEST(Expand, WritesListsInTheWordsOfTheEngine) {
  EXPECT_EQ(both<int>("a in ids($3)"), "a in (select value from json_each(?3)) | a = any($3::bigint[])");
  EXPECT_EQ(both<int>("a not in  texts( $1 )"),
            "a not in (select value from json_each(?1)) | a <> all($1::text[])");
  EXPECT_EQ(both<int>("a in (1, 2)"), "a in (1, 2) | a in (1, 2)");
  EXPECT_EQ(both<int>("a not null and min in (3)"), "a not null and min in (3) | a not null and min in (3)");
}

TEST(Expand, LeavesQuotedTextCommentsAndCastsAlone) {
  for (std::string_view sql : {"':row $1 in ids($1)'", "\"$1\"", "1 -- $1 :row it's\n", "a::rowtype",
                               "a::row", "'it''s $1'", "':row", ":rows", "'open", "-- open"})
    EXPECT_EQ(both<Pair>(sql), std::string(sql) + " | " + std::string(sql));
}

TEST(Expand, WritesValuesForInsert) {
  EXPECT_EQ(expand("insert into x :values", Engine::postgres, mapping::insert_shape_of<Pair>),
            "insert into x (a, b) values ($1, $2)");
}

TEST(Expand, RefusesATokenWithoutStruct) {
  EXPECT_THROW(expand("select :row", Engine::sqlite, mapping::shape_of<int>), Failure);
  EXPECT_THROW(expand("select :row(", Engine::sqlite, mapping::shape_of<Pair>), Failure);
  EXPECT_THROW(expand("select :row()", Engine::sqlite, mapping::shape_of<Pair>), Failure);
}

}  // namespace
TEST(Expand, WalksAListAsATable) {
  EXPECT_EQ(expand("select j.value from each_id($2) j", Engine::sqlite, Shape{}),
            "select j.value from json_each(?2) j");
  EXPECT_EQ(expand("select j.value from each_id( $2 ) j", Engine::postgres, Shape{}),
            "select j.value from (select unnest($2::bigint[]) as value) j");
  EXPECT_EQ(expand("select each_id from t", Engine::sqlite, Shape{}), "select each_id from t");
}

}  // namespace posy::db
