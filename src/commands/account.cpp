// posy account create NAME
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "commands/commands.hpp"
#include "crypto/password.hpp"
#include "server/app.hpp"
#include "social/register.hpp"

namespace posy::commands {
namespace {

store::Role parse_role(std::string const& name) {
  if (name == "owner") return store::Role::owner;
  if (name == "admin") return store::Role::admin;
  if (name == "moderator") return store::Role::moderator;
  return store::Role::user;
}

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

}  // namespace

void add_account(CLI::App& app) {
  auto* group = app.add_subcommand("account", "people of this server")->require_subcommand(1);
  auto* command = group->add_subcommand("create", "make an account and its login");
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
    if (auto complaint = social::check_password(form->password))
      refuse(Refusal::unprocessable, "the password " + complaint->description);
    std::string hash = crypto::hash_password(form->password);
    auto add = [&](db::Writer& w) { return social::add_member(w, *form, hash, parse_role(*role)); };
    auto id = database->write_now(add);
    std::printf("Account @%s is made (id %s).\n", form->username.c_str(), id.str().c_str());
  });
}

}  // namespace posy::commands
