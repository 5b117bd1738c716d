// bench/herd: what follows a fan-out, when everybody comes back at once for the same post: requests a second
// for a public status as ActivityPub and as a page, for its author, and for a picture of 100 kB, over connections
// that stay open and over a fresh one for each request, as thousands of servers have them; beside each what a bare
// Beast server does in the same run.
#include <fmt/format.h>
#include <stdio.h>
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "client.hpp"
#include "db/test_database.hpp"
#include "limits.hpp"
#include "load.hpp"
#include "process.hpp"
#include "program.hpp"
#include "seed.hpp"
#include "store/migrations.hpp"
#include "table.hpp"

using namespace posy;

namespace {

constexpr std::size_t picture_bytes = 100'000;

struct Question {
  std::string name, path, accept;
};

std::string request_of(Question const& question) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\nAccept: {}\r\n\r\n", question.path,
                     question.accept);
}

// Where an upload would be: under a key made of its content, which nobody compares here.
std::string put_picture(std::filesystem::path const& folder) {
  std::string const name(62, 'b');
  std::filesystem::create_directories(folder / "media" / "aa");
  std::ofstream(folder / "media" / "aa" / (name + ".jpg")) << std::string(picture_bytes, 'x');
  return "/media/aa/" + name + ".jpg";
}

void measure(db::Engine engine, std::vector<int> const& connections) {
  db::TestDatabase database(engine, store::migrations());
  auto seeded = bench::seed(*database, {});
  database->stop();
  char folder[] = "/tmp/posy-bench-XXXXXX";
  if (!::mkdtemp(folder)) throw std::runtime_error("no temporary folder");
  {
    bench::Program program(folder, database.url());
    std::string const document = "application/activity+json", page = "text/html";
    auto post = "/users/" + seeded.author_name + "/statuses/" + seeded.newest_post.str();
    Question const questions[] = {
        {"status as ActivityPub", post, document},
        {"status as a page", "/@" + seeded.author_name + "/" + seeded.newest_post.str(), page},
        {"its author as ActivityPub", "/users/" + seeded.author_name, document},
        {"its picture", put_picture(folder), "*/*"},
    };
    fmt::print("\n== {}\n", engine == db::Engine::sqlite ? "SQLite" : "PostgreSQL");
    bench::print_header("limit: a bare Beast server that sends as many bytes from memory");
    for (auto const& question : questions) {
      bench::Client client(program.port());
      auto first = client.ask(request_of(question));  // with it an author's keys are made
      if (first.status != 200)
        throw std::runtime_error(fmt::format("{} answers with {}", question.path, first.status));
      for (bool is_fresh : {false, true}) {
        for (int count : connections) {
          bench::Load load;
          load.port = program.port();
          load.connections = count;
          load.is_fresh = is_fresh;
          load.duration = std::chrono::milliseconds{2000};
          load.request = [request = request_of(question)] { return request; };
          auto figures = bench::run(load);
          auto bare = bench::bare_server(count, static_cast<std::size_t>(figures.kilobytes * 1000), is_fresh);
          bench::print_row(question.name + (is_fresh ? ", fresh" : ""), count, figures, bare.per_second);
        }
      }
    }
    fmt::print("memory: {:.1f} MiB, at most {:.1f} MiB\n", program.resident_mib(), program.peak_mib());
  }
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<int> connections = {16, 256};
  bool postgres = false;
  CLI::App app("Everybody asks for the same post");
  app.add_option("--connections", connections, "At a time");
  app.add_flag("--postgres", postgres, "On PostgreSQL instead of SQLite");
  CLI11_PARSE(app, argc, argv);
  try {
    bench::raise_file_limit();
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a run takes minutes, and may go to a pipe
    measure(postgres ? db::Engine::postgres : db::Engine::sqlite, connections);
  } catch (std::exception const& error) {
    fmt::print(stderr, "bench/herd: {}\n", error.what());
    return 1;
  }
}
