// posy account alias | move: what needs other servers is done by the running server, and waited for here.
#include <chrono>
#include <cstdio>
#include <thread>

#include "commands/commands.hpp"
#include "server/app.hpp"
#include "social/move.hpp"
#include "store/remote.hpp"

namespace posy::commands {
namespace {

using store::MoveRequestKind;
using store::MoveRequestState;

constexpr std::chrono::milliseconds look_interval{200};
constexpr std::chrono::seconds pick_up_max{15};  // a server looks for work every second
constexpr std::chrono::seconds answer_max{180};
constexpr std::chrono::seconds standstill_max{15};
constexpr std::chrono::seconds progress_max{120};

// A database that a command works on, and the clock that it needs.
struct Work {
  explicit Work(Options const& options)
      : settings(options.load()),
        site(server::make_site(settings)),
        database(server::open_database(settings, clock)) {}

  store::Account find(std::string const& name) {
    auto ask = [&](db::Reader& r) { return store::find_account(r, name, ""); };
    auto account = database->read_now(ask);
    if (!account) refuse(Refusal::not_found, "There is no account of that name");
    return *account;
  }

  SystemClock clock;
  Settings settings;
  social::Site site;
  std::unique_ptr<db::Database> database;
};

void print(char const* text) {
  std::fputs(text, stdout);
  std::fflush(stdout);
}

// Until the server has done what was asked for; throws Refused with what it said otherwise.
void wait(Work& work, RowId id) {
  auto begun = std::chrono::steady_clock::now();
  for (bool told = false;; std::this_thread::sleep_for(look_interval)) {
    auto ask = [&](db::Reader& r) { return store::find_move_request(r, id); };
    auto request = work.database->read_now(ask);
    if (!request) refuse(Refusal::not_found, "The request is gone");
    if (request->state == MoveRequestState::done) return;
    if (request->state == MoveRequestState::refused) refuse(Refusal::unprocessable, request->message);
    auto waited = std::chrono::steady_clock::now() - begun;
    if (request->state == MoveRequestState::waits && waited > pick_up_max) {
      auto withdraw = [&](db::Writer& w) { return social::withdraw_request(w, id); };
      if (work.database->write_now(withdraw))
        refuse(Refusal::unavailable,
               "No server works on this database, and only a running one (posy serve) can ask others. "
               "Nothing was done.");
    }
    if (waited > answer_max)
      refuse(Refusal::unavailable, "There is no answer yet. The server goes on trying; look again in a while.");
    if (told || request->state != MoveRequestState::taken) continue;
    print("Asking ...\n");
    told = true;
  }
}

// How followers of this server go over to the new account. Those elsewhere are moved by their own servers. Waits
// while it goes on and not for ever: the server does the rest, now or when it runs again.
void show_progress(Work& work, AccountId who) {
  auto const begun = std::chrono::steady_clock::now();
  auto advanced = begun;
  std::int64_t shown = -1;
  for (;; std::this_thread::sleep_for(look_interval)) {
    auto ask = [&](db::Reader& r) { return store::find_move(r, who); };
    auto move = work.database->read_now(ask);
    if (!move) return;
    auto const now = std::chrono::steady_clock::now();
    if (move->followers != shown) {
      print(fmt::format("Followers on this server who went along: {}\n", move->followers).c_str());
      advanced = now;
    }
    shown = move->followers;
    if (move->step == store::MoveStep::done) return;
    if (now - advanced < standstill_max && now - begun < progress_max) continue;
    auto count = [&](db::Reader& r) { return store::count_left_behind(r, *move); };
    print(fmt::format("Still to be looked at: {} followers on this server. The running server goes on with them; "
                      "nothing more is to be done here.\n",
                      work.database->read_now(count))
              .c_str());
    return;
  }
}

std::string handle_of(db::Reader& r, social::Site const& site, std::string const& uri) {
  auto account = store::find_account_by_uri(r, uri);
  if (account) return account->acct();
  auto prefix = site.base_url + "/users/";
  return uri.starts_with(prefix) ? uri.substr(prefix.size()) + "@" + site.account_domain : "";
}

void list(Work& work, store::Account const& account) {
  auto show = [&](db::Reader& r) {
    for (auto const& alias : store::aliases_of(r, account.id)) {
      auto handle = handle_of(r, work.site, alias.uri);
      std::printf("%s%s%s\n", alias.uri.c_str(), handle.empty() ? "" : " @", handle.c_str());
    }
  };
  work.database->read_now(show);
}

void remove(Work& work, store::Account const& account, std::string what) {
  auto act = [&](db::Writer& w) {
    auto handle = what.starts_with('@') ? what.substr(1) : what;
    for (auto const& alias : store::aliases_of(w, account.id))
      if (handle_of(w, work.site, alias.uri) == handle) what = alias.uri;
    social::remove_alias(w, account.id, what);
  };
  work.database->write_now(act);
}

}  // namespace

void add_alias(CLI::App& group) {
  auto* command = group.add_subcommand("alias", "other accounts of a person: a move from there to here needs one");
  auto options = std::make_shared<Options>(*command);
  auto name = std::make_shared<std::string>();
  auto verb = std::make_shared<std::string>("list");
  auto other = std::make_shared<std::string>();
  command->add_option("NAME", *name, "whose")->required();
  command->add_option("VERB", *verb, "add, remove or list")
      ->check(CLI::IsMember({"add", "remove", "list"}))
      ->required();
  command->add_option("ACCOUNT", *other, "the other account: its handle or its address");
  command->callback([options, name, verb, other] {
    Work work(*options);
    auto account = work.find(*name);
    if (*verb == "list") return list(work, account);
    if (other->empty()) refuse(Refusal::unprocessable, "Which account? Give its handle or its address");
    if (*verb == "remove") return remove(work, account, *other);
    auto ask = [&](db::Writer& w) { return social::ask_to_move(w, account.id, MoveRequestKind::alias, *other); };
    wait(work, work.database->write_now(ask));
    std::printf("@%s is known as %s too.\n", name->c_str(), other->c_str());
  });
}

void add_move(CLI::App& group) {
  auto* command =
      group.add_subcommand("move", "send the followers of an account to another one, which names it as its alias");
  auto options = std::make_shared<Options>(*command);
  auto name = std::make_shared<std::string>();
  auto other = std::make_shared<std::string>();
  auto undo = std::make_shared<bool>(false);
  command->add_option("NAME", *name, "who moves")->required();
  command->add_option("ACCOUNT", *other, "where to: the handle or the address of the new account");
  command->add_flag("--undo", *undo, "the profile leads there no longer; who followed does not come back");
  command->callback([options, name, other, undo] {
    Work work(*options);
    auto account = work.find(*name);
    if (*undo) {
      auto act = [&](db::Writer& w) { social::return_home(w, account.id); };
      work.database->write_now(act);
      std::printf("@%s is here again.\n", name->c_str());
      return;
    }
    if (other->empty()) refuse(Refusal::unprocessable, "Where to? Give the handle or the address of the new account");
    auto ask = [&](db::Writer& w) { return social::ask_to_move(w, account.id, MoveRequestKind::move, *other); };
    wait(work, work.database->write_now(ask));
    std::printf("@%s has moved to %s. The servers of the followers are being told.\n", name->c_str(), other->c_str());
    show_progress(work, account.id);
  });
}

}  // namespace posy::commands
