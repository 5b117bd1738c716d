// posy account create | list | approve | reject | password | delete; alias and move are in account_move.cpp, link in
// account_link.cpp
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "commands/commands.hpp"
#include "crypto/password.hpp"
#include "server/app.hpp"
#include "social/close.hpp"
#include "social/register.hpp"

namespace posy::commands {
namespace {

// From --password, else a line of standard input, which shows nothing when it is a terminal.
std::string read_password(std::string const& given) {
  if (!given.empty()) return given;
  if (::isatty(STDIN_FILENO)) {
    // getpass() is the one function that every libc has for this.
    char const* typed = ::getpass("Password: ");
    return typed ? typed : "";
  }
  std::string line;
  std::getline(std::cin, line);
  return line;
}

void add_create(CLI::App& group) {
  auto* command = group.add_subcommand("create", "make an account and its login");
  auto options = std::make_shared<Options>(*command);
  auto form = std::make_shared<social::SignUp>();
  auto role = std::make_shared<std::string>("user");
  command->add_option("NAME", form->username, "the name, as in @NAME")->required();
  command->add_option("--email", form->email, "where to reach this person")->required();
  command->add_option("--password", form->password, "asked for when it is not given");
  command->add_option("--role", *role, "owner, admin, moderator or user")
      ->check(CLI::IsMember({"owner", "admin", "moderator", "user"}))
      ->capture_default_str();
  command->callback([options, form, role] {
    SystemClock clock;
    auto database = server::open_database(options->load(), clock);
    form->password = read_password(form->password);
    std::string hash = crypto::hash_password(form->password);
    auto add = [&](db::Writer& w) { return social::add_member(w, *form, hash, *parse_enum(*role, static_cast<store::Role*>(nullptr))); };
    auto id = database->write_now(add);
    std::printf("Account @%s is made (id %s).\n", form->username.c_str(), id.str().c_str());
  });
}

struct Member {
  std::string username;
  std::string email;
  store::Role role = store::Role::user;
  std::optional<Time> approved_at;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Member, (), (username, email, role, approved_at, reason))

void add_list(CLI::App& group) {
  auto* command = group.add_subcommand("list", "the people of this server, and who waits to become one");
  auto options = std::make_shared<Options>(*command);
  auto waiting = std::make_shared<bool>(false);
  command->add_flag("--waiting", *waiting, "only applications");
  command->callback([options, waiting] {
    SystemClock clock;
    auto database = server::open_database(options->load(), clock);
    auto load = [&](db::Reader& r) {
      return r.all<Member>(R"sql(
          select a.username, l.email, l.role, l.approved_at, l.reason
          from login l join account a on a.id = l.account
          where $1 = 0 or l.approved_at is null
          order by l.account
      )sql",
                           *waiting);
    };
    for (auto const& member : database->read_now(load))
      std::printf("@%s <%s>%s%s%s\n", member.username.c_str(), member.email.c_str(),
                  member.role == store::Role::user ? "" : (" " + std::string(store::name_of(member.role))).c_str(),
                  member.approved_at ? "" : " waits", member.reason.empty() ? "" : (": " + member.reason).c_str());
  });
}

void add_verdict(CLI::App& group, std::string name, std::string help,
                 void (*verdict)(db::Writer&, std::string_view)) {
  auto* command = group.add_subcommand(name, help);
  auto options = std::make_shared<Options>(*command);
  auto username = std::make_shared<std::string>();
  command->add_option("NAME", *username, "whose application")->required();
  command->callback([options, username, verdict] {
    SystemClock clock;
    auto database = server::open_database(options->load(), clock);
    auto decide = [&](db::Writer& w) { verdict(w, *username); };
    database->write_now(decide);
  });
}

void add_password(CLI::App& group) {
  auto* command = group.add_subcommand("password", "give somebody a new password; ends their browser sessions");
  auto options = std::make_shared<Options>(*command);
  auto username = std::make_shared<std::string>();
  auto password = std::make_shared<std::string>();
  command->add_option("NAME", *username, "whose password")->required();
  command->add_option("--password", *password, "asked for when it is not given");
  command->callback([options, username, password] {
    SystemClock clock;
    auto database = server::open_database(options->load(), clock);
    std::string given = read_password(*password);
    if (auto complaint = social::check_password(given))
      refuse(Refusal::unprocessable, "The password " + complaint->description);
    std::string hash = crypto::hash_password(given);
    auto change = [&](db::Writer& w) {
      auto login = social::find_login_named(w, *username);
      if (!login) refuse(Refusal::not_found, "There is no login of that name");
      social::set_password(w, login->account, hash);
    };
    database->write_now(change);
  });
}

void add_delete(CLI::App& group) {
  auto* command = group.add_subcommand("delete", "close an account for ever, here and on every server that is known");
  auto options = std::make_shared<Options>(*command);
  auto username = std::make_shared<std::string>();
  auto confirmed = std::make_shared<bool>(false);
  command->add_option("NAME", *username, "whose account")->required();
  command->add_flag("--confirm", *confirmed, "it is meant: nothing of it comes back");
  command->callback([options, username, confirmed] {
    SystemClock clock;
    auto database = server::open_database(options->load(), clock);
    auto find = [&](db::Reader& r) { return store::find_account(r, *username, ""); };
    auto account = database->read_now(find);
    if (!account) refuse(Refusal::not_found, "There is no account of that name");
    if (!*confirmed)
      refuse(Refusal::unprocessable,
             fmt::format("This removes @{} with all posts and files, for ever, and nobody can take the name again. "
                         "Say --confirm to do it. Nothing was done.",
                         account->username));
    auto close = [&](db::Writer& w) { social::close_account(w, account->id); };
    database->write_now(close);
    std::printf("@%s is closed. The running server removes what is left and tells other servers.\n",
                account->username.c_str());
  });
}

}  // namespace

void add_account(CLI::App& app) {
  auto* group = app.add_subcommand("account", "people of this server")->require_subcommand(1);
  add_create(*group);
  add_list(*group);
  add_verdict(*group, "approve", "let an applicant in", social::approve_member);
  add_verdict(*group, "reject", "refuse an applicant and forget the application", social::reject_member);
  add_password(*group);
  add_alias(*group);
  add_move(*group);
  add_link(*group);
  add_delete(*group);
}

}  // namespace posy::commands
