// posy deliveries [--post ID | --failed | --hosts] [--json]
#include <cstdio>

#include "commands/commands.hpp"
#include "json/write.hpp"
#include "server/app.hpp"
#include "social/delivery_progress.hpp"
#include "store/audience.hpp"
#include "store/account.hpp"

namespace posy::commands {
namespace {

constexpr int rows_max = 200;
constexpr int activities_max = 20;  // of one post
constexpr int bar_width = 20;

struct Choice {
  std::string post;
  bool failed = false;
  bool hosts = false;
  bool json = false;
};

// A row of each list, as it is printed: the members are the names in JSON.
struct UnderWay {
  std::string activity;
  std::string post;
  std::string author;
  std::string kind;
  std::int64_t servers = 0, delivered = 0, waiting = 0, failed = 0;
  Time started_at;
  std::optional<Time> finished_at;
};
BOOST_DESCRIBE_STRUCT(UnderWay, (),
                      (activity, post, author, kind, servers, delivered, waiting, failed, started_at, finished_at))

struct HostRow {
  std::string host;
  std::string state;  // waiting, failed, failing
  std::optional<std::string> post;
  std::optional<int> failures;
  std::optional<std::int64_t> waiting;
  std::optional<Time> since;        // when it failed first, or was given up
  std::optional<Time> next_try_at;  // none: nothing waits for it
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(HostRow, (), (host, state, post, failures, waiting, since, next_try_at, reason))

struct OnePost {
  std::vector<UnderWay> activities;
  std::vector<HostRow> hosts;  // of the newest
};
BOOST_DESCRIBE_STRUCT(OnePost, (), (activities, hosts))

UnderWay row_of(db::Reader& r, store::Sent const& sent) {
  auto author = store::find_account(r, AccountId{sent.sender});
  return {.activity = sent.id.str(),
          .post = sent.post.str(),
          .author = author ? author->username : "",
          .kind = sent.kind ? std::string(store::name_of(*sent.kind)) : "",
          .servers = sent.servers(),
          .delivered = sent.delivered,
          .waiting = sent.waiting,
          .failed = sent.failed,
          .started_at = sent.created_at,
          .finished_at = sent.finished_at};
}

HostRow row_of(store::WaitingHost const& host, Time now) {
  return {.host = host.host,
          .state = "waiting",
          .failures = host.failures,
          .since = host.failed_since,
          .next_try_at = host.next_try(now),
          .reason = social::told_reason(host.error)};
}

HostRow row_of(store::FailedDelivery const& failed) {
  return {.host = store::host_of_inbox(failed.inbox),
          .state = "failed",
          .since = failed.failed_at,
          .reason = social::told_reason(failed.error)};
}

HostRow row_of(store::GivenUpHost const& failed) {
  HostRow out{.host = store::host_of_inbox(failed.inbox),
              .state = "failed",
              .since = failed.failed_at,
              .reason = social::told_reason(failed.error)};
  if (failed.post) out.post = failed.post.str();
  return out;
}

HostRow row_of(store::FailingHost const& host, Time now) {
  HostRow out{.host = host.host,
              .state = "failing",
              .failures = host.failures,
              .waiting = host.waiting,
              .since = host.failed_since,
              .reason = social::told_reason(host.error)};
  if (host.run_at) out.next_try_at = std::max(now, *host.run_at);
  return out;
}

std::vector<UnderWay> load_under_way(db::Reader& r) {
  std::vector<UnderWay> out;
  for (auto const& sent : store::sent_open(r, rows_max)) out.push_back(row_of(r, sent));
  return out;
}

OnePost load_post(db::Reader& r, std::string const& text) {
  auto id = parse_id(text);
  if (!id) refuse(Refusal::unprocessable, "\"" + text + "\" is no id of a post");
  auto sent = store::sent_of(r, PostId{*id}, activities_max);
  if (sent.empty())
    refuse(Refusal::not_found, "nothing is known of post " + text + ": it went to nobody, or is older than two weeks");
  OnePost out;
  for (auto const& one : sent) out.activities.push_back(row_of(r, one));
  for (auto const& host : store::waiting_hosts(r, sent.front().id, "", "", rows_max))
    out.hosts.push_back(row_of(host, r.now()));
  for (auto const& host : store::failed_after(r, sent.front().id, "", rows_max)) out.hosts.push_back(row_of(host));
  return out;
}

std::vector<HostRow> load_failed(db::Reader& r) {
  std::vector<HostRow> out;
  for (auto const& failed : store::given_up_hosts(r, rows_max)) out.push_back(row_of(failed));
  return out;
}

std::vector<HostRow> load_hosts(db::Reader& r) {
  std::vector<HostRow> out;
  for (auto const& host : store::failing_hosts(r, rows_max)) out.push_back(row_of(host, r.now()));
  return out;
}

std::string shown(std::optional<Time> time) {
  if (!time) return "-";
  auto text = to_rfc3339(*time);  // "2026-02-05T10:20:30.000Z"
  return text.substr(0, 10) + " " + text.substr(11, 8);
}

std::string bar(UnderWay const& row) {
  auto ended = row.delivered + row.failed;
  auto done = row.servers == 0 ? bar_width : static_cast<int>(ended * bar_width / row.servers);
  auto percent = row.servers == 0 ? 100 : ended * 100 / row.servers;
  return fmt::format("[{}{}] {:>3} %", std::string(static_cast<std::size_t>(done), '#'),
                     std::string(static_cast<std::size_t>(bar_width - done), '.'), percent);
}

void print(std::vector<UnderWay> const& rows) {
  if (rows.empty()) return static_cast<void>(std::puts("Nothing is under way."));
  fmt::print("{:<20} {:<16} {:<8} {:<19} {:>8} {:<28} {:>8} {:>7}\n", "POST", "AUTHOR", "WHAT", "STARTED (UTC)",
             "SERVERS", "DONE", "WAITING", "FAILED");
  for (auto const& row : rows)
    fmt::print("{:<20} {:<16} {:<8} {:<19} {:>8} {:<28} {:>8} {:>7}\n", row.post, row.author, row.kind,
               shown(row.started_at), row.servers, bar(row), row.waiting, row.failed);
}

void print(std::vector<HostRow> const& rows, std::string_view when_none) {
  if (rows.empty()) return static_cast<void>(fmt::print("{}\n", when_none));
  fmt::print("{:<32} {:<8} {:<19} {:>8} {:>7} {:<19} {}\n", "HOST", "STATE", "SINCE (UTC)", "FAILURES", "WAITING",
             "NEXT TRY (UTC)", "WHY");
  auto number = [](auto const& value) { return value ? std::to_string(*value) : std::string("-"); };
  for (auto const& row : rows)
    fmt::print("{:<32} {:<8} {:<19} {:>8} {:>7} {:<19} {}{}\n", row.host, row.state, shown(row.since),
               number(row.failures), number(row.waiting), shown(row.next_try_at), row.reason,
               row.post ? " (post " + *row.post + ")" : "");
}

template <class Rows, class Print>
void tell(Choice const& choice, Rows const& rows, Print print_rows) {
  if (choice.json) return static_cast<void>(std::puts(json::to_json(rows).c_str()));
  print_rows(rows);
}

void run(db::Database& database, Choice const& choice) {
  if (!choice.post.empty()) {
    auto load = [&](db::Reader& r) { return load_post(r, choice.post); };
    return tell(choice, database.read_now(load), [](OnePost const& post) {
      print(post.activities);
      fmt::print("\n");
      print(post.hosts, "Every server has it.");
    });
  }
  if (choice.failed)
    return tell(choice, database.read_now(load_failed),
                [](auto const& rows) { print(rows, "Nothing was given up."); });
  if (choice.hosts)
    return tell(choice, database.read_now(load_hosts), [](auto const& rows) { print(rows, "All servers answer."); });
  tell(choice, database.read_now(load_under_way), [](auto const& rows) { print(rows); });
}

}  // namespace

void add_deliveries(CLI::App& app) {
  auto* command = app.add_subcommand("deliveries", "posts on their way to other servers, and servers in trouble");
  auto options = std::make_shared<Options>(*command);
  auto choice = std::make_shared<Choice>();
  auto* post = command->add_option("--post", choice->post, "one post, with the servers that do not have it");
  auto* failed = command->add_flag("--failed", choice->failed, "what was given up in the last two weeks");
  auto* hosts = command->add_flag("--hosts", choice->hosts, "servers that were not reached the last time");
  post->excludes(failed)->excludes(hosts);
  failed->excludes(hosts);
  command->add_flag("--json", choice->json, "for programs");
  command->callback([options, choice] {
    SystemClock clock;
    auto database = server::open_database(options->load(), clock);
    run(*database, *choice);
  });
}

}  // namespace posy::commands
