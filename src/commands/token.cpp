// posy token create NAME
#include <cstdio>

#include "api/gate/scope.hpp"
#include "api/oauth/token.hpp"
#include "commands/commands.hpp"
#include "server/app.hpp"

namespace posy::commands {

void add_token(CLI::App& app) {
  auto* group = app.add_subcommand("token", "access tokens for programs")->require_subcommand(1);
  auto* command = group->add_subcommand("create", "print an access token for NAME and nothing else");
  auto options = std::make_shared<Options>(*command);
  auto name = std::make_shared<std::string>();
  auto scopes = std::make_shared<std::string>("read write follow push");
  command->add_option("NAME", *name, "whose token")->required();
  command->add_option("--scopes", *scopes, "what it allows, separated by blanks")->capture_default_str();
  command->callback([options, name, scopes] {
    SystemClock clock;
    auto database = server::open_database(options->load(), clock);
    auto granted = api::Scopes::parse(*scopes);
    if (!granted || granted->empty()) refuse(Refusal::unprocessable, "unknown scope in \"" + *scopes + "\"");
    auto issue = [&](db::Writer& w) {
      auto account = store::find_account(w, *name, "");
      if (!account) refuse(Refusal::not_found, "there is no account @" + *name);
      return api::issue_token(w, AppId{}, account->id, *scopes);
    };
    std::printf("%s\n", database->write_now(issue).c_str());
  });
}

}  // namespace posy::commands
