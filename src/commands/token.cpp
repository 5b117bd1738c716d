// posy token create NAME
#include <cstdio>

#include "api/gate/scope.hpp"
#include "api/oauth/token.hpp"
#include "commands/commands.hpp"
#include "server/app.hpp"
#include "store/oauth.hpp"

namespace posy::commands {
namespace {

// Tokens made here belong to an application too: posts say which one made them.
AppId command_line_app(db::Writer& w) {
  constexpr std::string_view client_id = "posy-command-line";
  if (auto known = store::find_app_by_client_id(w, client_id)) return known->id;
  store::App app;
  app.id = w.make_id<AppId>();
  app.client_id = client_id;
  app.name = "Posy command line";
  app.created_at = w.now();
  store::insert_app(w, app);
  return app.id;
}

}  // namespace

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
      if (!account || account->suspended_at) refuse(Refusal::not_found, "there is no account @" + *name);
      return api::issue_token(w, command_line_app(w), account->id, *scopes);
    };
    std::printf("%s\n", database->write_now(issue).c_str());
  });
}

}  // namespace posy::commands
