// bench/fanout: one post to many servers, each with one inbox, all of them on loopback in another process.
// Prints how long it takes until every healthy server has it, as deliveries a second and as a share of the
// RSA-2048 signatures that this machine makes with all its cores (each delivery needs one); how long a
// message to one person takes that is written in the middle of it; what a signed-in person notices meanwhile;
// and the memory it took.
// --kill N: instead N rounds of kill -9 at a random moment of a fan-out, and what never arrived (must be
// nothing).
#include <fmt/format.h>
#include <stdio.h>
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <random>
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
#include "store/signing_key.hpp"

using namespace posy;
using bench::Manner;

namespace {

struct Options {
  int hosts = 20'000;
  std::int64_t followers = 0;
  int delay_ms = 0;
  double slow = 0, dead = 0, silent = 0, flapping = 0;  // shares of the hosts
  int posts = 1;
  int kill = 0;
  int verify = 0;
  int wait_s = 300;
  int pulse_ms = 50;
  bool https = false, closes = false, postgres = false, no_reply = false;
};

constexpr int marks_max = 401, reply_marks = 200;  // marks from there on are of messages to one person
constexpr int first_mark = marks_max - 1;
constexpr std::string_view domain = ".bt.zz";

double seconds_since(std::int64_t begin_ns) {
  return static_cast<double>(bench::now_ns() - begin_ns) / 1e9;
}

// All that one run needs, in the order in which it must be made: what forks stands before what has threads.
class Run {
 public:
  explicit Run(Options const& options)
      : options_(options),
        ledger_(options.hosts + 2, marks_max),
        authority_(std::make_unique<http::testing::Authority>()),
        receiver_(ledger_, receiver_options()) {
    ledger_.shared().delay_ms = options.delay_ms;
    ledger_.shared().ordered_end = reply_marks;
    spread();
    seed();
  }
  ~Run() {
    program_.reset();
    std::filesystem::remove_all(folder_);
  }

  void measure();
  bool survive();

 private:
  bench::ReceiverOptions receiver_options() const {
    bench::ReceiverOptions out{.certificate = {}, .closes = options_.closes};
    if (options_.https) out.certificate = authority_->issue("DNS:*.bt.zz");
    return out;
  }

  // Each manner its share of the hosts, evenly among them. The last two are of people whom nobody follows:
  // one is written to in the middle, the other before all.
  void spread() {
    double const shares[] = {options_.slow, options_.dead, options_.silent, options_.flapping};
    Manner const manners[] = {Manner::slow, Manner::dead, Manner::silent, Manner::flapping};
    std::mt19937 random(1);
    for (int host = 0; host < options_.hosts; ++host) {
      double left = std::uniform_real_distribution<>(0, 1)(random);
      auto manner = Manner::healthy;
      for (int i = 0; i < 4 && left >= 0; ++i)
        if ((left -= shares[i]) < 0) manner = manners[i];
      ledger_.set_manner(host, manner);
    }
    for (int host : {person(), first()}) ledger_.set_manner(host, Manner::prompt);
  }

  void seed() {
    auto engine = options_.postgres ? db::Engine::postgres : db::Engine::sqlite;
    database_ = std::make_unique<db::TestDatabase>(engine, store::migrations());
    seeded_ = bench::seed(**database_, {.posts = 200, .followers = 0, .notifications = 0});
    bench::Servers servers{.host = std::string(domain), .inboxes = {}, .followers = options_.followers};
    for (int host = 0; host < options_.hosts; ++host)
      servers.inboxes.push_back(receiver_.inbox(host, ledger_.manner(host)));
    bench::seed_servers(**database_, seeded_, servers);
    for (int host : {person(), first()})
      bench::seed_stranger(**database_, "person", receiver_.host(host),
                           receiver_.inbox(host, Manner::prompt));
    (*database_)->stop();
    if (!::mkdtemp(folder_)) throw std::runtime_error("no temporary folder");
    std::vector<std::string> settings = {"--federation.scheme",          options_.https ? "https" : "http",
                                         "--federation.allow-addresses", "127.0.0.0/8",
                                         "--federation.resolve",         "*.bt.zz:*=127.0.0.1:*"};
    if (options_.https) settings.insert(settings.end(), {"--federation.ca-file", authority_->file()});
    program_ = std::make_unique<bench::Program>(folder_, database_->url(), settings);
    // Her keys are made with the first thing that is sent, and are not what is measured.
    write_to(first(), first_mark);
    auto begin = bench::now_ns();
    while (!ledger_.has(first(), first_mark)) {
      if (seconds_since(begin) > options_.wait_s) throw std::runtime_error("a first message does not arrive");
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    if (options_.verify > 0) check_signatures();
  }

  void check_signatures() {
    SystemClock clock;
    auto eye = db::open({.url = database_->url(), .pool = 1}, clock);
    auto load = [&](db::Reader& r) { return store::find_signing_key(r, seeded_.reader.value); };
    auto key = eye->read_now(load);
    eye->stop();
    if (!key) throw std::runtime_error("there are no keys after a first post");
    auto& shared = ledger_.shared();
    key->rsa_public.copy(shared.public_key, sizeof shared.public_key - 1);
    shared.verify_every = options_.verify;
  }

  void publish(std::string const& text, std::string const& visibility) {
    bench::Client client(program_->port());
    std::string escaped;
    for (char c : text) escaped += c == ' ' ? "+" : c == '@' ? "%40" : std::string(1, c);
    auto answer = client.ask(
        bench::post("/api/v1/statuses", seeded_.token, "status=" + escaped + "&visibility=" + visibility));
    if (answer.status != 200)
      throw std::runtime_error(fmt::format("a post was refused: {} {}", answer.status, answer.body));
  }
  void publish_to_all(int mark) {
    publish("An essay about the light on the water in the evening. " + bench::mark_text(mark), "public");
  }
  void write_to(int host, int mark) {
    publish(fmt::format("@person@{} thank you! {}", receiver_.host(host), bench::mark_text(mark)), "direct");
  }
  int person() const { return options_.hosts; }
  int first() const { return options_.hosts + 1; }

  int healthy() const {
    int out = 0;
    for (int host = 0; host < options_.hosts; ++host) out += ledger_.manner(host) == Manner::healthy;
    return out;
  }
  // True when all hosts of that manner have it in time.
  bool wait_for(int mark, Manner kind, double patience_s) const;
  bool has_good_signatures();
  void report(int mark, std::int64_t begin_ns, double signatures_per_second) const;

  Options const& options_;
  bench::Ledger ledger_;
  std::unique_ptr<http::testing::Authority> authority_;
  bench::Receiver receiver_;
  std::unique_ptr<db::TestDatabase> database_;
  bench::Seeded seeded_;
  char folder_[32] = "/tmp/posy-bench-XXXXXX";
  std::unique_ptr<bench::Program> program_;
};

bool Run::wait_for(int mark, Manner kind, double patience_s) const {
  int all = 0;
  for (int host = 0; host < options_.hosts; ++host) all += ledger_.manner(host) == kind;
  auto begin = bench::now_ns();
  while (ledger_.count(mark, kind) < all) {
    if (seconds_since(begin) > patience_s) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  return true;
}

void Run::report(int mark, std::int64_t begin_ns, double signatures_per_second) const {
  std::vector<double> times;
  for (int host = 0; host < options_.hosts; ++host)
    if (ledger_.manner(host) == Manner::healthy && ledger_.has(host, mark))
      times.push_back(static_cast<double>(ledger_.arrival_ns(host, mark) - begin_ns) / 1e9);
  if (times.empty()) return fmt::print("  no healthy host had it\n");
  std::ranges::sort(times);
  double rate = static_cast<double>(times.size()) / times.back();
  fmt::print(
      "  healthy hosts: {} of {} have it; half after {:.2f} s, 99 % after {:.2f} s, all after {:.2f} s\n",
      times.size(), healthy(), times[times.size() / 2], times[times.size() * 99 / 100], times.back());
  fmt::print("  {:.0f} deliveries/s, {:.1f} % of the machine's signatures\n", rate,
             100 * rate / signatures_per_second);
}

void Run::measure() {
  auto before = bench::rsa_rate();
  for (int mark = 0; mark < options_.posts; ++mark) {
    auto connections = ledger_.shared().connections.load();
    auto posy_before = program_->processor_seconds(), receiver_before = receiver_.processor_seconds();
    bench::Pulse pulse(program_->port(), bench::get("/api/v1/timelines/home?limit=20", seeded_.token),
                       options_.pulse_ms);
    auto asked = bench::now_ns();
    publish_to_all(mark);
    auto begin = bench::now_ns();
    fmt::print("\npost {} to {} hosts ({} healthy): answered after {:.1f} ms\n", mark + 1, options_.hosts,
               healthy(), static_cast<double>(begin - asked) / 1e6);
    double reply_ms = -1;
    if (!options_.no_reply) {
      while (ledger_.count(mark, Manner::healthy) < healthy() / 2 && seconds_since(begin) < options_.wait_s)
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
      write_to(person(), reply_marks + mark);
      auto written = bench::now_ns();
      while (!ledger_.has(person(), reply_marks + mark) && seconds_since(written) < options_.wait_s)
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
      if (auto at = ledger_.arrival_ns(person(), reply_marks + mark))
        reply_ms = static_cast<double>(at - written) / 1e6;
    }
    bool all = wait_for(mark, Manner::healthy, options_.wait_s);
    double posy_s = program_->processor_seconds() - posy_before;
    double receiver_s = receiver_.processor_seconds() - receiver_before;
    auto times = pulse.stop();
    // The machine may have other work, too: its limit is the mean of before and after.
    auto after = bench::rsa_rate();
    report(mark, begin, (before.signatures_per_second + after.signatures_per_second) / 2);
    auto delivered = ledger_.count(mark, Manner::healthy);
    fmt::print(
        "  this machine: {:.0f} RSA-2048 signatures/s before, {:.0f} after; posy {:.2f} ms of a processor a "
        "delivery, "
        "a signature {:.2f} ms\n",
        before.signatures_per_second, after.signatures_per_second, 1000 * posy_s / std::max(delivered, 1),
        (before.signature_ms + after.signature_ms) / 2);
    before = after;
    if (!all) fmt::print("  NOT ALL within {} s\n", options_.wait_s);
    fmt::print("  processor: posy {:.2f} s, receiver {:.2f} s; new connections {}, most at a time {}\n",
               posy_s, receiver_s, ledger_.shared().connections - connections,
               ledger_.shared().open_most.load());
    if (!options_.no_reply)
      fmt::print("  a message to one person in the middle: there after {:.1f} ms\n", std::max(reply_ms, 0.0));
    fmt::print(
        "  home timeline meanwhile: p50 {:.1f} ms, p99 {:.1f} ms, most {:.1f} ms ({} asked, {} failed)\n",
        times.p50_ms, times.p99_ms, times.most_ms, times.count, times.failures);
    if (options_.flapping > 0) {
      bool recovered = wait_for(mark, Manner::flapping, options_.wait_s);
      fmt::print("  hosts that answered 503 once: {} {:.1f} s after the post\n",
                 recovered ? "all have it" : "NOT ALL have it", seconds_since(begin));
    }
    fmt::print("  memory of posy: {:.1f} MiB, at most {:.1f} MiB\n", program_->resident_mib(),
               program_->peak_mib());
  }
  auto& seen = ledger_.shared();
  has_good_signatures();
  fmt::print("\nreceived {} posts, {} of them again, {} out of order; {} other requests\n",
             seen.received.load(), seen.repeated.load(), seen.disordered.load(), seen.other.load());
}

bool Run::has_good_signatures() {
  auto& seen = ledger_.shared();
  if (seen.verified > 0)
    fmt::print("{} signatures looked at, {} do not hold\n", seen.verified.load(), seen.forged.load());
  return seen.forged == 0 && (options_.verify == 0 || seen.verified > 0);
}

bool Run::survive() {
  // Without a kill first: how long it takes, and so when the moments are.
  publish_to_all(0);
  auto begin = bench::now_ns();
  if (!wait_for(0, Manner::healthy, options_.wait_s)) throw std::runtime_error("no whole fan-out in time");
  double whole_s = seconds_since(begin);
  std::mt19937 random(std::random_device{}());
  int never = 0;
  std::int64_t repeated = 0;
  for (int mark = 1; mark <= options_.kill; ++mark) {
    auto again = ledger_.shared().repeated.load();
    publish_to_all(mark);
    std::this_thread::sleep_for(
        std::chrono::duration<double>(std::uniform_real_distribution<>(0, whole_s)(random)));
    program_->kill_now();
    int had = ledger_.count(mark, Manner::healthy);
    program_->start();
    auto started = bench::now_ns();
    bool all = wait_for(mark, Manner::healthy, options_.wait_s);
    int missing = healthy() - ledger_.count(mark, Manner::healthy);
    never += missing;
    repeated += ledger_.shared().repeated - again;
    fmt::print("  round {}: killed when {} had it, all the others {:.1f} s after the start{}, {} twice\n",
               mark, had, seconds_since(started), all ? "" : fmt::format(": NO, {} never", missing),
               ledger_.shared().repeated - again);
  }
  // Those that were away for a moment have all in the end, too.
  int flapping = 0;
  for (int host = 0; host < options_.hosts; ++host) flapping += ledger_.manner(host) == Manner::flapping;
  for (int mark = 0; mark <= options_.kill && flapping > 0; ++mark) {
    wait_for(mark, Manner::flapping, options_.wait_s);
    int missing = flapping - ledger_.count(mark, Manner::flapping);
    never += missing;
    if (missing > 0) fmt::print("  post {}: {} hosts that answered 503 once do not have it\n", mark, missing);
  }
  fmt::print("{} rounds of kill -9: {} deliveries never made, {} made twice, {} out of order\n",
             options_.kill, never, repeated, ledger_.shared().disordered.load());
  return has_good_signatures() && never == 0 && ledger_.shared().disordered == 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("One post to many servers");
  app.add_option("--hosts", options.hosts, "Servers with one inbox each")->check(CLI::Range(1, 100'000));
  app.add_option("--followers", options.followers, "In all, spread over the servers; one each if fewer");
  app.add_option("--delay-ms", options.delay_ms, "Before each answer");
  app.add_option("--slow", options.slow, "Share of servers that answer after 5 s");
  app.add_option("--dead", options.dead, "Share of servers where nobody listens");
  app.add_option("--silent", options.silent, "Share of servers that take connections and never answer");
  app.add_option("--flapping", options.flapping, "Share of servers that answer their first request with 503");
  app.add_option("--posts", options.posts, "One after another; the second finds connections open")
      ->check(CLI::Range(1, reply_marks));
  app.add_option("--kill", options.kill, "Rounds of kill -9")->check(CLI::Range(0, reply_marks - 1));
  app.add_option("--verify", options.verify, "Look at one of so many signatures");
  app.add_option("--wait-s", options.wait_s, "How long to wait at most");
  app.add_option("--pulse-ms", options.pulse_ms, "How often the home timeline is looked at");
  app.add_flag("--https", options.https, "With certificates of an authority of the benchmark");
  app.add_flag("--close", options.closes, "Servers close each connection after their answer");
  app.add_flag("--no-reply", options.no_reply, "No message to one person in the middle");
  app.add_flag("--postgres", options.postgres, "On PostgreSQL instead of SQLite");
  CLI11_PARSE(app, argc, argv);
  try {
    bench::raise_file_limit();
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a run takes minutes, and may go to a pipe
    Run run(options);
    if (options.kill > 0) return run.survive() ? 0 : 1;
    run.measure();
  } catch (std::exception const& error) {
    fmt::print(stderr, "bench/fanout: {}\n", error.what());
    return 1;
  }
}
