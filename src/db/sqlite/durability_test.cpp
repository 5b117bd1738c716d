// What only one file can promise: nothing acknowledged is lost, and copies are whole.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "db/test_database.hpp"

namespace posy::db {
namespace {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "posy-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(std::string const& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

constexpr Migration migrations[] = {{1, "notes", "create table note (\n id $id,\n twin bigint not null\n);"}};

// Writes from four threads and tells the number of each row once its commit was acknowledged.
[[noreturn]] void write_until_killed(std::string const& file, int acknowledged) {
  SystemClock clock;
  auto database = open({.url = "sqlite:" + file}, clock);
  migrate(*database, migrations);
  std::atomic<std::int64_t> next{1};
  auto write = [&] {
    for (;;) {
      std::int64_t id = next++;
      database->write_now([&](Writer& w) { w.run("insert into note (id, twin) values ($1, $1)", id); });
      if (::write(acknowledged, &id, sizeof(id)) != sizeof(id)) ::_exit(1);
    }
  };
  std::thread threads[] = {std::thread(write), std::thread(write), std::thread(write), std::thread(write)};
  for (auto& thread : threads) thread.join();
  ::_exit(0);
}

TEST(SqliteFile, KeepsAllThatWasAcknowledgedBeforeAKill) {
  Folder folder;
  std::string const file = folder.file("posy.db");
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) write_until_killed(file, pipe[1]);
  ::close(pipe[1]);

  std::vector<std::int64_t> acknowledged;
  std::int64_t id;
  while (acknowledged.size() < 200 && ::read(pipe[0], &id, sizeof(id)) == sizeof(id))
    acknowledged.push_back(id);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  while (::read(pipe[0], &id, sizeof(id)) == sizeof(id)) acknowledged.push_back(id);
  ::close(pipe[0]);
  ASSERT_GE(acknowledged.size(), 200u);

  SystemClock clock;
  auto database = open({.url = "sqlite:" + file}, clock);
  database->read_now([&](Reader& r) {
    EXPECT_EQ(r.one<std::size_t>("select count(*) from note where id in ids($1)", acknowledged),
              acknowledged.size());
    EXPECT_EQ(r.one<std::string>("pragma integrity_check"), "ok");
  });
}

TEST(SqliteFile, IsReadableByItsOwnerOnly) {
  Folder folder;
  SystemClock clock;
  std::string const file = folder.file("posy.db");
  auto database = open({.url = "sqlite:" + file}, clock);
  struct stat status;
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 077, 0u);
}

TEST(SqliteFile, ADatabaseOfAnotherProgramIsRefused) {
  Folder folder;
  SystemClock clock;
  std::string const file = folder.file("other.db");
  std::ofstream(file) << "this is no database at all, only a text of some length";
  EXPECT_THROW(open({.url = "sqlite:" + file}, clock), Failure);
}

TEST(SqliteFile, OneSnapshotServesAWholeRead) {
  TestDatabase database(Engine::sqlite, migrations);
  auto count = [](Reader& r) { return r.one<int>("select count(*) from note"); };
  database->read_now([&](Reader& r) {
    EXPECT_EQ(count(r), 0);
    std::thread writer(
        [&] { database->write_now([](Writer& w) { w.run("insert into note (id, twin) values (1, 1)"); }); });
    writer.join();
    EXPECT_EQ(count(r), 0);
  });
  EXPECT_EQ(database->read_now(count), 1);
}

TEST(SqliteBackup, IsConsistentWhileOthersWrite) {
  TestDatabase database(Engine::sqlite, migrations);
  Folder folder;
  SystemClock clock;
  std::atomic<bool> ended{false};
  std::atomic<int> written{0};
  std::thread writer([&] {
    // Always two rows together.
    for (std::int64_t id = 1; !ended; id += 2) {
      database->write_now([&](Writer& w) {
        w.run("insert into note (id, twin) values ($1, $2)", id, id + 1);
        w.run("insert into note (id, twin) values ($1, $2)", id + 1, id);
      });
      ++written;
    }
  });
  while (written < 50) std::this_thread::yield();
  for (int i = 0; i < 5; ++i) {
    std::string const file = folder.file(std::to_string(i));
    database->backup(file);
    auto copy = open({.url = "sqlite:" + file}, clock);
    copy->read_now([](Reader& r) {
      EXPECT_GE(r.one<int>("select count(*) from note"), 100);
      EXPECT_EQ(
          r.one<int>(
              "select count(*) from note a where not exists (select 1 from note b where b.id = a.twin)"),
          0);
      EXPECT_EQ(r.one<std::string>("pragma integrity_check"), "ok");
    });
  }
  ended = true;
  writer.join();
}

TEST(SqliteBackup, RefusesAFileThatExistsAndLeavesNoneOnFailure) {
  TestDatabase database(Engine::sqlite, migrations);
  Folder folder;
  std::string const file = folder.file("backup.db");
  std::ofstream(file) << "precious";
  EXPECT_THROW(database->backup(file), Failure);
  EXPECT_EQ(std::filesystem::file_size(file), 8u);
  EXPECT_THROW(database->backup(folder.file("no/such/folder")), Failure);
  std::ofstream(folder.file("other.db.part")) << "left by a copy that was killed";
  database->backup(folder.file("other.db"));
  EXPECT_TRUE(std::filesystem::exists(folder.file("other.db")));
  EXPECT_FALSE(std::filesystem::exists(folder.file("other.db.part")));
}

}  // namespace
}  // namespace posy::db
