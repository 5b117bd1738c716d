// bench/read: reading on SQLite and PostgreSQL with 1, 16 and 64 connections: home timeline of 20 posts, 40
// notifications, one status, public profile page. Twice: with a small database and, with --full, one with a
// million posts, followers and notifications. Also idle memory and the time to the first answer.
#include <fmt/format.h>
#include <stdlib.h>

#include <cstring>
#include <thread>

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

struct Question {
  std::string name;
  std::string request;
};

std::vector<Question> questions(bench::Seeded const& seeded) {
  return {
      {"home timeline, 20 posts", bench::get("/api/v1/timelines/home?limit=20", seeded.token)},
      {"40 notifications", bench::get("/api/v1/notifications?limit=40", seeded.token)},
      {"one status", bench::get("/api/v1/statuses/" + seeded.newest_post.str(), seeded.token)},
      {"public profile page", bench::get("/@" + seeded.author_name)},
  };
}

void measure(db::Engine engine, bench::Size const& size, std::vector<int> const& connections) {
  db::TestDatabase database(engine, store::migrations());
  auto seeded = bench::seed(*database, size);
  database->stop();
  char folder[] = "/tmp/posy-bench-XXXXXX";
  if (!::mkdtemp(folder)) throw std::runtime_error("no temporary folder");
  {
    bench::Program program(folder, database.url());
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
    fmt::print("\n== {}, {} posts, {} followers, {} notifications: first answer after {:.0f} ms, idle {:.1f} MiB\n",
               engine == db::Engine::sqlite ? "SQLite" : "PostgreSQL", size.posts, size.followers, size.notifications,
               program.start_ms(), program.resident_mib());
    bench::print_header("limit: a bare Beast server that sends as many bytes from memory");
    for (auto const& question : questions(seeded)) {
      for (int count : connections) {
        bench::Load load;
        load.port = program.port();
        load.connections = count;
        load.request = [&] { return question.request; };
        auto figures = bench::run(load);
        auto bare = bench::bare_server(count, static_cast<std::size_t>(figures.kilobytes * 1000));
        bench::print_row(question.name, count, figures, bare.per_second);
      }
    }
    fmt::print("memory after the load: {:.1f} MiB\n", program.resident_mib());
  }
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  bool full = false, quick = false;
  for (int i = 1; i < argc; ++i) {
    full = full || std::strcmp(argv[i], "--full") == 0;
    quick = quick || std::strcmp(argv[i], "--quick") == 0;
  }
  std::vector<int> connections = quick ? std::vector{16} : std::vector{1, 16, 64};
  try {
    for (auto engine : db::engines()) {
      measure(engine, {}, connections);
      if (full) measure(engine, {.posts = 1'000'000, .followers = 1'000'000, .notifications = 1'000'000}, connections);
    }
  } catch (std::exception const& error) {
    fmt::print(stderr, "bench/read: {}\n", error.what());
    return 1;
  }
}
