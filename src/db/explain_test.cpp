#include "db/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/test_database.hpp"

namespace posy::db {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Note {
  PostId id;
  std::int64_t author = 0;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, author, text))

constexpr Migration migrations[] = {
    {1, "notes",
     "create table note (\n id $id,\n author bigint not null,\n text text not null\n);\n"
     "create index note_author on note (author, id);"}};

class Explain : public testing::TestWithParam<Engine> {
 protected:
  TestDatabase database{GetParam(), migrations};

  template <class... A>
  std::vector<std::string> scans(std::string_view sql, A const&... a) {
    return database->read_now([&](Reader& r) { return full_scans(r.engine(), explain<Note>(r, sql, a...)); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Explain, testing::ValuesIn(engines()),
                         [](auto const& info) { return engine_name(info); });

TEST_P(Explain, FindsFullScans) {
  EXPECT_THAT(scans("select :row from note where text = $1", "x"), ElementsAre("note"));
  EXPECT_THAT(scans("delete from note where text = $1", "x"), ElementsAre("note"));
}

TEST_P(Explain, LetsSearchesPass) {
  std::vector<PostId> ids{{1}};
  EXPECT_THAT(scans("select :row from note where id = $1", PostId{1}), IsEmpty());
  EXPECT_THAT(scans("select :row from note where id in ids($1)", ids), IsEmpty());
  EXPECT_THAT(scans("select :row from note where author = $1 and id < $2 order by id desc limit $3", 1,
                    PostId{9}, 20),
              IsEmpty());
  EXPECT_THAT(scans("with recent as (select id from note where author = $1 order by id desc limit 5) "
                    "select :row(n) from recent join note n on n.id = recent.id",
                    1),
              IsEmpty());
}

TEST_P(Explain, ExplainsEveryStatementThatWasPrepared) {
  database->write_now([](Writer& w) {
    w.insert("note", Note{.id{1}});
    w.find<Note>("select :row from note where text = $1", "x");
  });
  int scanned = 0, explained = 0;
  database->read_now([&](Reader& r) {
    for (auto const& statement : database->prepared_statements()) {
      auto plan = explain(r, statement);
      ++explained;
      scanned += !full_scans(r.engine(), plan).empty();
    }
  });
  EXPECT_EQ(explained, 2);
  EXPECT_EQ(scanned, 1);
}

}  // namespace
}  // namespace posy::db
