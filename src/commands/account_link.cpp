// posy account link NAME
#include <cstdio>

#include "api/oauth/sign_in_link.hpp"
#include "commands/commands.hpp"
#include "server/app.hpp"
#include "social/register.hpp"

namespace posy::commands {

void add_link(CLI::App& account) {
  auto* command = account.add_subcommand("link", "print a link that signs NAME's browser in, once, for 15 minutes");
  auto options = std::make_shared<Options>(*command);
  auto username = std::make_shared<std::string>();
  command->add_option("NAME", *username, "whose browser")->required();
  command->callback([options, username] {
    SystemClock clock;
    auto settings = options->load();
    auto database = server::open_database(settings, clock);
    auto make = [&](db::Writer& w) {
      auto login = social::find_login_named(w, *username);
      if (!login) refuse(Refusal::not_found, "There is no login of that name");
      social::may_sign_in(w, *login).value();
      return api::make_sign_in_link(w, server::make_site(settings), login->account);
    };
    std::printf("%s\n", database->write_now(make).c_str());
  });
}

}  // namespace posy::commands
