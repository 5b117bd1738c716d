// bench/flood: strangers of many servers, each with a key of her own, write private messages to one person
// here, over 256 connections that carry whatever server they like. First cold: nobody knows any of the
// senders, and their documents are fetched from loopback. Then warm: the same people write again. Prints how
// many were acknowledged a second, when all of them were done, how long a letter takes to show in the API
// meanwhile, what each stranger costs in requests, and the memory it took.
// --kill N: instead N rounds of kill -9 at a random moment of a flood, and what was acknowledged and is not
// there (must be nothing).
#include <fmt/format.h>
#include <stdio.h>
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "client.hpp"
#include "db/test_database.hpp"
#include "ledger.hpp"
#include "limits.hpp"
#include "load.hpp"
#include "process.hpp"
#include "program.hpp"
#include "receiver.hpp"
#include "seed.hpp"
#include "store/migrations.hpp"
#include "strangers.hpp"
#include "volley.hpp"

using namespace posy;

namespace {

struct Options {
  int strangers = 10'000;
  int servers = 2'000;
  int connections = 256;
  int rounds = 1;  // of warm ones
  std::int64_t notifications = 1'000;
  int kill = 0;
  int wait_s = 300;
  bool postgres = false;
};

constexpr int probe_pause_ms = 100, probe_poll_ms = 25, probes_on_page = 80;

double seconds_since(std::int64_t begin_ns) {
  return static_cast<double>(bench::now_ns() - begin_ns) / 1e9;
}

class Run {
 public:
  explicit Run(Options const& options)
      : options_(options),
        ledger_(options.servers + 1, 1),
        strangers_(options.strangers + 1,
                   [this](int stranger) { return receiver_->base(server_of(stranger)); }),
        receiver_(std::make_unique<bench::Receiver>(ledger_, receiver_options())) {
    auto engine = options.postgres ? db::Engine::postgres : db::Engine::sqlite;
    database_ = std::make_unique<db::TestDatabase>(engine, store::migrations());
    seeded_ =
        bench::seed(**database_, {.posts = 200, .followers = 1'000, .notifications = options.notifications});
    (*database_)->stop();
    if (!::mkdtemp(folder_)) throw std::runtime_error("no temporary folder");
    std::vector<std::string> settings = {"--federation.scheme",          "http",
                                         "--federation.allow-addresses", "127.0.0.0/8",
                                         "--federation.resolve",         "*.bt.zz:*=127.0.0.1:*"};
    program_ = std::make_unique<bench::Program>(folder_, database_->url(), settings);
    eye_ = db::open({.url = database_->url(), .pool = 1}, clock_);
    to_.authority = fmt::format("localhost:{}", program_->port());
    to_.person = fmt::format("http://{}/users/{}", to_.authority, seeded_.reader_name);
    be_known();
  }
  ~Run() {
    if (eye_) eye_->stop();
    program_.reset();
    std::filesystem::remove_all(folder_);
  }

  void measure(std::string const& title, double verifications_per_second);
  bool survive();

 private:
  // The last one is who is waited for; she has a server of her own.
  int probe() const { return options_.strangers; }
  int server_of(int stranger) const {
    return stranger == probe() ? options_.servers : stranger % options_.servers;
  }

  bench::ReceiverOptions receiver_options() {
    auto document = [this](std::string_view authority, std::string_view path) {
      return strangers_.document(authority, path);
    };
    return {.certificate = {}, .closes = false, .document = document};
  }

  // The one who is waited for is known before; with that the server has made its keys, too.
  void be_known() {
    bench::Client client(program_->port());
    auto answer = client.ask(strangers_.letter(probe(), next_number(), "Hello", to_));
    if (answer.status / 100 != 2)
      throw std::runtime_error(
          fmt::format("the first letter was refused: {} {}", answer.status, answer.body));
    if (!wait_until_done(options_.wait_s)) throw std::runtime_error("the first letter is not worked off");
    auto find = [&](db::Reader& r) {
      return r.one<AccountId>("select id from account where uri = $1", strangers_.actor(probe()));
    };
    probe_account_ = eye_->read_now(find);
  }

  int next_number() { return number_++; }

  std::vector<std::string> letters() {
    first_number_ = number_;
    number_ += options_.strangers;
    return bench::make_all(options_.strangers,
                           [&](int i) { return strangers_.letter(i, first_number_ + i, "", to_); });
  }

  std::int64_t waiting() {
    auto count = [](db::Reader& r) {
      return r.one<std::int64_t>("select count(*) from received where run_at is not null");
    };
    return eye_->read_now(count);
  }
  bool wait_until_done(double patience_s) {
    for (auto begin = bench::now_ns(); waiting() > 0;) {
      if (seconds_since(begin) > patience_s) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return true;
  }
  // Of the acknowledged ones those that are nowhere to be found.
  int lost(bench::Volley const& volley);
  // A letter of the one who is waited for, every now and then while the volley runs, and how long each of those that
  // were acknowledged took to show. `refused`: those that were not, or never showed.
  std::vector<double> watch(bench::Volley const& volley, int& refused);

  Options const& options_;
  bench::Ledger ledger_;
  bench::Strangers strangers_;
  std::unique_ptr<bench::Receiver> receiver_;
  std::unique_ptr<db::TestDatabase> database_;
  bench::Seeded seeded_;
  char folder_[32] = "/tmp/posy-bench-XXXXXX";
  std::unique_ptr<bench::Program> program_;
  SystemClock clock_;
  std::unique_ptr<db::Database> eye_;  // on what the program does
  bench::Strangers::Inbox to_;
  AccountId probe_account_;
  int number_ = 0, first_number_ = 0;
};

std::vector<double> Run::watch(bench::Volley const& volley, int& refused) {
  std::vector<double> shown;
  std::map<std::string, std::int64_t> sent;  // when it was acknowledged, by its text
  bench::Client client(program_->port());
  // Of strangers they go to the filtered ones first.
  auto question = bench::get(fmt::format("/api/v1/notifications?limit={}&include_filtered=true&account_id={}",
                                         probes_on_page, probe_account_.str()),
                             seeded_.token);
  auto begin = bench::now_ns(), next = begin;
  while (volley.is_running() || !sent.empty()) {
    std::this_thread::sleep_for(std::chrono::milliseconds{probe_poll_ms});
    if (seconds_since(begin) > options_.wait_s) break;
    if (volley.is_running() && bench::now_ns() >= next && std::ssize(sent) < probes_on_page) {
      next = bench::now_ns() + probe_pause_ms * std::int64_t{1'000'000};
      auto text = fmt::format("probe-{}.", next_number());
      bool is_taken = client.ask(strangers_.letter(probe(), next_number(), text, to_)).status / 100 == 2;
      if (is_taken)
        sent.emplace(text, bench::now_ns());
      else
        ++refused;
    }
    if (sent.empty()) continue;
    auto page = client.ask(question).body;
    for (auto one = sent.begin(); one != sent.end();) {
      bool is_there = page.find(one->first) != std::string::npos;
      if (is_there) shown.push_back(seconds_since(one->second) * 1000);
      one = is_there ? sent.erase(one) : std::next(one);
    }
  }
  refused += static_cast<int>(sent.size());
  return shown;
}

int Run::lost(bench::Volley const& volley) {
  auto load = [](db::Reader& r) {
    return r.all<std::string>("select uri from post where is_local = 0 and uri is not null");
  };
  auto rows = eye_->read_now(load);
  std::set<std::string> there(rows.begin(), rows.end());
  int out = 0;
  for (int i = 0; i < options_.strangers; ++i)
    out += volley.acknowledged_ns(static_cast<std::size_t>(i)) &&
           !there.contains(strangers_.note(i, first_number_ + i));
  return out;
}

void Run::measure(std::string const& title, double verifications_per_second) {
  bench::Volley volley(letters());
  auto& seen = ledger_.shared();
  std::int64_t documents = seen.documents, webfingers = seen.webfingers, other = seen.other;
  auto posy_before = program_->processor_seconds();
  auto begin = bench::now_ns();
  std::thread sender([&] { volley.run(program_->port(), options_.connections, options_.wait_s); });
  int refused = 0;
  auto shown = watch(volley, refused);
  sender.join();
  bool done = wait_until_done(options_.wait_s);
  double all_s = seconds_since(begin);
  double rate = volley.acknowledged() / std::max(volley.seconds(), 1e-9);
  fmt::print("\n{}: {} letters of as many strangers on {} servers, {} connections\n", title,
             options_.strangers, options_.servers, options_.connections);
  fmt::print(
      "  {} acknowledged in {:.2f} s: {:.0f}/s, {:.1f} % of the machine's verifications; {} times told to "
      "come again\n",
      volley.acknowledged(), volley.seconds(), rate, 100 * rate / verifications_per_second, volley.put_off());
  for (auto [status, count] : volley.refusals()) fmt::print("  {} answered with {}\n", count, status);
  if (!volley.refusal().empty()) fmt::print("  such as: {}\n", volley.refusal());
  fmt::print("  {} after {:.2f} s, {:.0f}/s; {} acknowledged ones are missing\n",
             done ? "all done" : "NOT ALL DONE", all_s, volley.acknowledged() / all_s, lost(volley));
  std::ranges::sort(shown);
  if (!shown.empty())
    fmt::print(
        "  a letter shows in the API {:.0f} ms after it was acknowledged, at most {:.0f} ms ({} looked at, "
        "{} refused)\n",
        shown[shown.size() / 2], shown.back(), shown.size(), refused);
  auto each = [&](std::int64_t count) { return static_cast<double>(count) / options_.strangers; };
  fmt::print("  requests for each stranger: {:.2f} documents, {:.2f} WebFinger, {:.2f} others\n",
             each(seen.documents - documents), each(seen.webfingers - webfingers), each(seen.other - other));
  fmt::print("  processor: posy {:.2f} s; memory {:.1f} MiB, at most {:.1f} MiB\n",
             program_->processor_seconds() - posy_before, program_->resident_mib(), program_->peak_mib());
}

bool Run::survive() {
  // Without a kill first, twice, so that everybody is known: how long it takes, and so when the moments are.
  double whole_s = 0;
  int never = 0;
  for (int i = 0; i < 2; ++i) {
    bench::Volley whole(letters());
    whole.run(program_->port(), options_.connections, options_.wait_s);
    if (!wait_until_done(options_.wait_s)) throw std::runtime_error("no whole flood in time");
    whole_s = whole.seconds();
    never += lost(whole);
    fmt::print("  without a kill: {} acknowledged in {:.1f} s, {} lost\n", whole.acknowledged(), whole_s,
               never);
  }
  std::mt19937 random(std::random_device{}());
  for (int round = 1; round <= options_.kill; ++round) {
    bench::Volley volley(letters());
    std::thread sender([&] { volley.run(program_->port(), options_.connections, options_.wait_s); });
    std::this_thread::sleep_for(
        std::chrono::duration<double>(std::uniform_real_distribution<>(0, whole_s)(random)));
    program_->kill_now();
    sender.join();
    program_->start();
    auto started = bench::now_ns();
    bool done = wait_until_done(options_.wait_s);
    int missing = lost(volley);
    never += missing;
    fmt::print("  round {}: killed when {} were acknowledged; {} {:.1f} s after the start, {} lost\n", round,
               volley.acknowledged(), done ? "all done" : "NOT ALL DONE", seconds_since(started), missing);
  }
  fmt::print("{} rounds of kill -9: {} acknowledged letters lost\n", options_.kill, never);
  return never == 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Strangers who all write to one person");
  app.add_option("--strangers", options.strangers, "Each writes one letter a round")
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--servers", options.servers, "That they are of")->check(CLI::Range(1, 100'000));
  app.add_option("--connections", options.connections, "At a time")->check(CLI::Range(1, 8'000));
  app.add_option("--rounds", options.rounds, "After the first, in which nobody is known");
  app.add_option("--notifications", options.notifications, "That she has already");
  app.add_option("--kill", options.kill, "Rounds of kill -9");
  app.add_option("--wait-s", options.wait_s, "How long to wait at most");
  app.add_flag("--postgres", options.postgres, "On PostgreSQL instead of SQLite");
  CLI11_PARSE(app, argc, argv);
  try {
    bench::raise_file_limit();
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a run takes minutes, and may go to a pipe
    auto rsa = bench::rsa_rate();
    fmt::print(
        "this machine: {:.0f} RSA-2048 signatures/s, {:.0f} verifications/s on all cores, {:.0f} syncs/s\n",
        rsa.signatures_per_second, rsa.verifications_per_second, bench::syncs_per_second("/tmp"));
    Run run(options);
    if (options.kill > 0) return run.survive() ? 0 : 1;
    run.measure("cold, nobody is known", rsa.verifications_per_second);
    for (int i = 0; i < options.rounds; ++i)
      run.measure("warm, everybody is known", rsa.verifications_per_second);
  } catch (std::exception const& error) {
    fmt::print(stderr, "bench/flood: {}\n", error.what());
    return 1;
  }
}
