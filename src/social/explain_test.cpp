// No statement of this program reads a whole table, or a whole index, to find a few rows: all that the store
// and the rules prepare is explained, by both engines, over a database as full as in life.
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "db/test_plans.hpp"
#include "db/test_sources.hpp"
#include "social/test_crowd.hpp"
#include "social/test_life.hpp"

namespace posy::social::testing {
namespace {

std::filesystem::path const sources = POSY_SOURCES;

// Indexes that hold only what is wanted, or that are walked in the order wanted until there is enough.
constexpr std::string_view walked_indexes[] = {
    "job_due",               // due first
    "sender_due",            // likewise
    "peer_due",              // likewise
    "received_waiting",      // counted for the figures of the operator, up to a bound
    "received_age",          // old ones, deleted
    "measure_hour",          // likewise
    "deleted_post_age",      // likewise
    "outgoing_finished",     // likewise
    "outgoing_open",         // what is not finished, at most so much
    "peer_failing",          // those in trouble for longest first
    "peer_idle",             // longest idle first, deleted
    "link_preview_due",      // due first
    "link_preview_age",      // those to be looked at
    "remote_file_used",      // what was used longest ago first, until there is room
    "media_unused",          // what waits to be used, at most a day's uploads
    "loose_blob_age",        // likewise
    "idempotency_age",       // old ones, deleted
    "oauth_code_expiry",     // likewise
    "mute_expiry",           // likewise
    "login_owner",           // one row
    "login_staff",           // a handful
    "post_public",           // newest first; holds what public timelines show
    "post_local",            // counted for the last weeks
    "account_discoverable",  // newest first
};

// Statements that walk more than they hand out.
struct Allowed {
  std::string_view part;
  std::string_view reason;
};
constexpr Allowed allowed[] = {
    {"from login l join account_stats s", "counts all people of this server, once in ten minutes"},
    {"with recursive next_inbox (inbox)", "goes from server to server in an index, when an account is closed"},
    {"with recursive known (domain)", "goes from domain to domain, once in ten minutes"},
    {"order by s.last_post_at desc",
     "goes from the latest to post downwards, but PostgreSQL expects long pages"},
    {"where $1 = 0 or l.approved_at is null", "lists all people of this server, at its owner's command"},
    {"from oauth_token where id >= $1", "counts a stretch of the primary key, once in ten minutes"},
    {"from login where account >= $1", "likewise"},
    {"where a.domain = '' and a.discoverable = 1", "sorts those people of this server who want to be found"},
    {"from remote_uri u join follow f", "goes through the known people of one server, for what only followers may see"},
    {"account_word where word >= $1 and word < $2 order by word limit", "the beginning of a word, bounded"},
    {"where f.outgoing < $1 order by f.outgoing desc", "the newest first, at the operator's command"},
    {"from domain_rule order by domain", "reads all rules about servers, once after each change of them"},
    {"from domain_allow order by domain", "likewise"},
    {"from domain_rule where id > $1 and id < $2 order by id", "a page of them, for administrators"},
    {"from domain_allow where id > $1 and id < $2 order by id", "likewise"},
    {"where id > $1 and domain <> ''", "walks all accounts elsewhere, a piece at a time, after a change of rules"},
    {"select count(*) from account", "counts them for the operator, once in ten minutes"},
    {"select count(*) from post_stats", "likewise"},
    {"from pragma_page_count()", "asks SQLite how large it is"},
    {"select count(*) from job", "counts what waits, for the operator"},
    {"select count(*) from peer where failed_since", "counts servers in trouble, for the operator"},
    {"from login where account < $1 order by", "a page of the people of this server, for the operator"},
    {"select max(id) from", "looks at the end of the primary key, once at the start"},
    {"sum(waiting)", "goes through the servers whose activities wait, once in five seconds"},
    {"select count(*) from domain_rule", "counts them, when one is added"},
    {"select count(*) from domain_allow", "likewise"},
    {"from tag where name >= $1 and name < $2 order by name limit", "likewise"},
};

bool is_allowed(std::string sql) {
  std::ranges::replace(sql, '?', '$');
  return std::ranges::any_of(allowed, [&](Allowed const& one) { return sql.find(one.part) != sql.npos; });
}

// Filling and living takes long: once an engine.
struct Life {
  explicit Life(db::Engine engine) : world(engine) {
    fill(world);
    world.database.reopen({.durable = false, .log_statements = true});
    publish_and_answer(world);
    meet_people(world);
    read_everything(world);
    hear_from_elsewhere(world);
    keep_house(world);
    prepared = world.database->prepared_statements();
  }
  World world;
  std::vector<db::PreparedStatement> prepared;
};

class Statements : public ::testing::TestWithParam<db::Engine> {
 protected:
  static void TearDownTestSuite() { lives.clear(); }

  Life& life() {
    auto& life = lives[GetParam()];
    if (!life) life = std::make_unique<Life>(GetParam());
    return *life;
  }

  void expect_no_walk(db::Reader& r, std::string_view sql, std::vector<std::string> const& plan) {
    auto walks = db::walks(r, plan);
    std::erase_if(walks, [](auto const& name) { return std::ranges::count(walked_indexes, name) != 0; });
    if (is_allowed(std::string(sql))) return;
    EXPECT_THAT(walks, ::testing::IsEmpty()) << sql << "\n" << fmt::format("{}", fmt::join(plan, "\n"));
  }
  void expect_no_walks() {
    life().world.read([&](db::Reader& r) {
      for (auto const& statement : life().prepared)
        expect_no_walk(r, statement.sql, db::explain(r, statement));
      // The doors have few of their own, which are explained as they stand in the text.
      for (std::string_view folder : {"federation", "api", "pages", "server", "commands"})
        for (auto const& source : db::statements_in(sources / folder, GetParam()))
          expect_no_walk(r, source.sql, db::explain_source(r, source.sql));
    });
  }

  static inline std::map<db::Engine, std::unique_ptr<Life>> lives;
};
INSTANTIATE_TEST_SUITE_P(Engines, Statements, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Statements, AreAllKnownToThisTest) {
  for (std::string_view folder : {"store", "social", "jobs"})
    for (auto const& source : db::statements_in(sources / folder, GetParam())) {
      bool was_run = std::ranges::any_of(life().prepared,
                                         [&](auto const& one) { return db::is_made_of(one.sql, source); });
      EXPECT_TRUE(was_run) << folder << "/" << source.file << " is missing in test_life: " << source.sql;
    }
}

TEST_P(Statements, ReadNoWholeTable) {
  expect_no_walks();
}

TEST_P(Statements, ReadNoWholeTableWhenThereAreStatistics) {
  life().world.write([](db::Writer& w) { w.execute("analyze"); });
  expect_no_walks();
}

// Deleting a row looks for those that refer to it, which no plan shows.
TEST_P(Statements, FindWhatRefersToARowByAnIndex) {
  std::string_view const references =
      GetParam() == db::Engine::sqlite
          ? "select m.name, f.\"from\" from sqlite_master m join pragma_foreign_key_list(m.name) f where "
            "m.type = 'table'"
          : "select c.relname, a.attname from pg_constraint f join pg_class c on c.oid = f.conrelid "
            "join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1] where f.contype = 'f'";
  life().world.read([&](db::Reader& r) {
    auto found = r.all<std::tuple<std::string, std::string>>(references);
    EXPECT_GT(found.size(), 50u);
    for (auto const& [table, column] : found) {
      auto sql = fmt::format("delete from {} where {} = $1", table, column);
      auto plan = db::explain_source(r, sql);
      EXPECT_THAT(db::walks(r, plan), ::testing::IsEmpty()) << sql << "\n"
                                                            << fmt::format("{}", fmt::join(plan, "\n"));
    }
  });
}

}  // namespace
}  // namespace posy::social::testing
