#include "db/migrate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "db/test_database.hpp"

namespace posy::db {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Migration first{1, "first", "create table a (\n  id $id\n);\ninsert into a (id) values (1);"};
constexpr Migration second{2, "second", "alter table a add column b text; -- later\n"};

class Migrations : public testing::TestWithParam<Engine> {
 protected:
  TestDatabase database{GetParam()};

  void apply(std::vector<Migration> const& migrations) { migrate(*database, migrations); }
  int count(std::string_view sql) {
    return database->read_now([&](Reader& r) { return r.one<int>(sql); });
  }
  std::string refusal(std::vector<Migration> const& migrations) {
    try {
      apply(migrations);
    } catch (Failure const& failure) {
      return failure.what();
    }
    return "";
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Migrations, testing::ValuesIn(engines()),
                         [](auto const& info) { return engine_name(info); });

TEST_P(Migrations, AreAppliedInOrderAndOnce) {
  apply({first});
  apply({first, second});
  apply({first, second});
  EXPECT_EQ(count("select count(*) from a where b is null"), 1);
  EXPECT_EQ(count("select max(number) from schema_migration"), 2);
}

TEST_P(Migrations, ANewerDatabaseIsRefused) {
  apply({first, second});
  EXPECT_EQ(
      refusal({first}),
      "The database was written by a newer Posy (schema 2, this program knows 1). Start a newer program "
      "or restore a backup.");
}

TEST_P(Migrations, AnotherHistoryIsRefused) {
  apply({first});
  EXPECT_THAT(refusal({{1, "other", first.sql}}), HasSubstr("different histories"));
}

TEST_P(Migrations, OneThatFailsHalfwayLeavesNothing) {
  Migration broken{2, "broken", "create table b (\n id $id\n);\ninsert into missing (id) values (1);"};
  EXPECT_NE(refusal({first, broken}), "");
  EXPECT_EQ(count("select count(*) from schema_migration"), 1);
  apply({first, {2, "mended", "create table b (\n id $id\n);"}});
  EXPECT_EQ(count("select count(*) from b"), 0);
}

TEST_P(Migrations, TwoProgramsMayStartTogether) {
  SystemClock clock;
  std::vector<std::thread> programs;
  for (int i = 0; i < 3; ++i)
    programs.emplace_back([&] {
      try {
        auto other = open({.url = database.url(), .pool = 2, .durable = false}, clock);
        Migration const both[] = {first, second};
        migrate(*other, both);
      } catch (Failure const& failure) {
        ADD_FAILURE() << failure.what();
      }
    });
  for (auto& program : programs) program.join();
  EXPECT_EQ(count("select count(*) from a"), 1);
}

TEST_P(Migrations, BlocksAndSectionsReachTheirEngine) {
  apply({{1, "search", R"sql(
    create table note (
      id $id,
      text text not null
    );
    create table tag (
      name text primary key
    ) $without_rowid;
    --@sqlite
    create virtual table note_text using fts5(text, content='note', content_rowid='id');
    --@begin
    create trigger note_added after insert on note begin
      insert into note_text (rowid, text) values (new.id, new.text);
    end;
    --@end
    --@postgres
    --@begin
    create function note_count() returns bigint language plpgsql as $$
    begin
      return (select count(*) from note);
    end;
    $$;
    --@end
    --@both
    insert into note (id, text) values (1, 'red; green;
      blue;
      -- white');
  )sql"}});
  EXPECT_EQ(count("select count(*) from note"), 1);
  if (GetParam() == Engine::sqlite)
    EXPECT_EQ(count("select count(*) from note_text where note_text match 'green'"), 1);
  else
    EXPECT_EQ(count("select note_count()"), 1);
}

TEST(MigrationText, EndsStatementsAtTheEndOfLines) {
  EXPECT_THAT(statements_of("a; b;\nc -- x;\nd; -- y\n\n-- only a comment;\ne ';\n' f;\ng", Engine::sqlite),
              ElementsAre("a; b;", "c \nd;", "e ';\n' f;", "g"));
  EXPECT_THAT(statements_of("a $id, $idea $without_rowid;", Engine::sqlite),
              ElementsAre("a integer primary key, $idea without rowid;"));
  EXPECT_THROW(statements_of("--@mysql\n", Engine::sqlite), Failure);
}

}  // namespace
}  // namespace posy::db
