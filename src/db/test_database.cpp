#include "db/test_database.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <stdexcept>

#include "base/random.hpp"
#include "db/postgres/connection.hpp"
#include "db/test_cluster.hpp"

namespace posy::db {
namespace {

// Names within one process; on a server that others use too, the random part keeps them apart.
std::string fresh_name() {
  static std::string const process = [] {
    std::string token = random_token(12);
    for (char& c : token) c = c == '-' || c == '_' ? '0' : static_cast<char>(std::tolower(c));
    return token;
  }();
  static std::atomic<int> count{0};
  return "posy_test_" + process + "_" + std::to_string(++count);
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "posy-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::system_error(errno, std::generic_category(), "mkdtemp");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code nobody_to_tell;
    std::filesystem::remove_all(path_, nobody_to_tell);
  }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TemporaryFolder const& folder() {
  static TemporaryFolder const only;
  return only;
}

// "create database" and "drop database" stand alone, outside of any transaction.
void administer(std::string const& sql) {
  static StatementLog log(false);
  postgres::Connection connection(cluster().url_of("postgres"), false, log);
  connection.connect();
  connection.execute("set default_transaction_read_only = off");
  connection.execute(sql);
}

std::filesystem::path sqlite_file(std::string const& name) {
  return folder().path() / (name + ".db");
}

std::string url_of(Engine engine, std::string const& name) {
  return engine == Engine::sqlite ? "sqlite:" + sqlite_file(name).string() : cluster().url_of(name);
}

void create(Engine engine, std::string const& name, std::string const& like) {
  if (engine == Engine::postgres)
    administer("create database " + name + (like.empty() ? "" : " template " + like));
  else if (!like.empty())
    std::filesystem::copy_file(sqlite_file(like), sqlite_file(name));
}

void drop(Engine engine, std::string const& name) {
  if (engine == Engine::postgres) return administer("drop database if exists " + name + " with (force)");
  for (char const* ending : {"", "-wal", "-shm"})
    std::filesystem::remove(sqlite_file(name).string() + ending);
}

std::unique_ptr<Database> open_for_test(std::string const& url, Options options, Clock const& clock) {
  options.url = url;
  options.pool = std::min(options.pool, 4);
  options.durable = false;
  options.log_statements = true;
  return open(options, clock);
}

// Migrated databases that wait to be copied, by what was applied to them. They go with the folder and the
// cluster; on a server that outlives the tests, at the end of the process.
class Templates {
 public:
  Templates() {
    if (std::getenv("POSY_TEST_POSTGRES")) cluster();  // made first, so that it is there at the end
  }
  ~Templates() {
    if (!std::getenv("POSY_TEST_POSTGRES")) return;
    for (auto const& [key, name] : names_)
      if (key.first == Engine::postgres) drop(key.first, name);
  }

  std::string name_for(Engine engine, std::span<Migration const> migrations) {
    std::string text;
    for (Migration const& m : migrations) text.append(std::to_string(m.number)).append(m.name).append(m.sql);
    std::lock_guard lock(mutex_);
    std::string& name = names_[{engine, std::move(text)}];
    if (name.empty()) {
      std::string made = fresh_name();
      create(engine, made, "");
      SystemClock clock;
      auto database = open_for_test(url_of(engine, made), {}, clock);
      migrate(*database, migrations);
      name = made;
    }
    return name;
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<Engine, std::string>, std::string> names_;
};

std::string template_for(Engine engine, std::span<Migration const> migrations) {
  static Templates templates;
  return migrations.empty() ? "" : templates.name_for(engine, migrations);
}

}  // namespace

std::vector<Engine> const& engines() {
  static std::vector<Engine> const all =
      is_cluster_available() ? std::vector{Engine::sqlite, Engine::postgres} : std::vector{Engine::sqlite};
  return all;
}

TestDatabase::TestDatabase(Engine engine, std::span<Migration const> migrations, Clock const* clock)
    : engine_(engine), clock_(clock ? *clock : system_clock_), name_(fresh_name()) {
  folder();  // made before the templates, so that it is there when they go
  create(engine, name_, template_for(engine, migrations));
  url_ = url_of(engine, name_);
  reopen();
}

TestDatabase::~TestDatabase() {
  database_.reset();
  drop(engine_, name_);
}

void TestDatabase::reopen(Options options) {
  database_.reset();
  database_ = open_for_test(url_, std::move(options), clock_);
}

}  // namespace posy::db
