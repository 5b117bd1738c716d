// The tools by which statements are judged (test_plans.hpp, test_sources.hpp).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/test_database.hpp"
#include "db/test_plans.hpp"
#include "db/test_sources.hpp"

namespace posy::db {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Migration migrations[] = {
    {1, "notes",
     "create table note (\n id $id,\n author bigint not null,\n text text not null\n);\n"
     "create index note_author on note (author, id);"}};

class Plans : public testing::TestWithParam<Engine> {
 protected:
  TestDatabase database{GetParam(), migrations};

  std::vector<std::string> walked(std::string_view sql) {
    return database->read_now([&](Reader& r) { return walks(r, explain_source(r, sql)); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Plans, testing::ValuesIn(engines()),
                         [](auto const& info) { return engine_name(info); });

TEST_P(Plans, ThatLookRowsUpWalkNothing) {
  EXPECT_THAT(walked("select * from note where id = $1"), IsEmpty());
  EXPECT_THAT(walked("select text from note where author in ids($1)"), IsEmpty());
  EXPECT_THAT(walked("select text from note where author = $1 and id < $2 order by id desc limit $3"),
              IsEmpty());
}

TEST_P(Plans, ThatReadARangeOrAllAreFound) {
  EXPECT_THAT(walked("select text from note"), ElementsAre("note"));
  EXPECT_THAT(walked("select text from note where author > $1 order by author"), ElementsAre("note_author"));
}

bool may_come_from(std::string_view prepared, std::string source) {
  return is_made_of(prepared, {"", std::move(source)});
}

TEST(SourceStatements, AreFoundAgainInWhatWasPrepared) {
  EXPECT_TRUE(
      may_come_from("select id, text from note where id = ?1", "select :row from note where id = $1"));
  EXPECT_TRUE(may_come_from("select id from note\n  where id = any($1::bigint[])",
                            "select :row from note where id in ids($1)"));
  EXPECT_TRUE(may_come_from("select id from note where id > ?1 order by id limit ?3",
                            "select id from note where :page(id)"));
  EXPECT_TRUE(
      may_come_from("select id from note where a = 1 or b = 2", "select id from note where {} or {}"));
}

TEST(SourceStatements, AreNotMistakenForOthers) {
  EXPECT_FALSE(
      may_come_from("select id from note where id = ?1 limit 1", "select :row from note where id = $1"));
  EXPECT_FALSE(may_come_from("delete from note where id in (select id from note)", "select id from note"));
  EXPECT_FALSE(may_come_from("select id from note where id = ?1", "select id from note where id = $2"));
}

}  // namespace
}  // namespace posy::db
