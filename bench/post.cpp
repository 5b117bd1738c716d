// bench/post: durable posts a second on SQLite and PostgreSQL with 1, 16 and 64 connections, into an account
// with 200 local followers' worth of authors; --full: into a database with a million posts.
#include <fmt/format.h>
#include <stdlib.h>

#include <cstring>

#include "db/migrate.hpp"
#include "db/test_database.hpp"
#include "limits.hpp"
#include "load.hpp"
#include "program.hpp"
#include "seed.hpp"
#include "store/migrations.hpp"
#include "table.hpp"

using namespace posy;

namespace {

void measure(db::Engine engine, bench::Size const& size) {
  db::TestDatabase database(engine, store::migrations());
  auto seeded = bench::seed(*database, size);
  database->stop();
  char folder[] = "/tmp/posy-bench-XXXXXX";
  if (!::mkdtemp(folder)) throw std::runtime_error("no temporary folder");
  {
    bench::Program program(folder, database.url());
    double syncs = bench::syncs_per_second(folder);
    fmt::print("\n== {}, {} posts before: this disk does {:.0f} syncs a second, one after another\n",
               engine == db::Engine::sqlite ? "SQLite" : "PostgreSQL", size.posts, syncs);
    bench::print_header("limit: one sync a post");
    for (int count : {1, 16, 64}) {
      bench::Load load;
      load.port = program.port();
      load.connections = count;
      int number = 0;
      load.request = [&] {
        return bench::post("/api/v1/statuses", seeded.token,
                           "status=Measured+post+number+" + std::to_string(++number) +
                               "+about+the+evening+light+%23bench&visibility=public&language=en");
      };
      bench::print_row("durable posts", count, bench::run(load), syncs);
    }
  }
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  bool full = argc > 1 && std::strcmp(argv[1], "--full") == 0;
  try {
    for (auto engine : db::engines()) {
      measure(engine, {});
      if (full) measure(engine, {.posts = 1'000'000, .followers = 1'000'000, .notifications = 1'000'000});
    }
  } catch (std::exception const& error) {
    fmt::print(stderr, "bench/post: {}\n", error.what());
    return 1;
  }
}
