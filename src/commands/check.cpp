// posy check
#include <cstdio>

#include "commands/commands.hpp"
#include "server/app.hpp"

namespace posy::commands {

void add_check(CLI::App& app) {
  auto* command = app.add_subcommand("check", "check the settings and the database");
  auto options = std::make_shared<Options>(*command);
  command->callback([options] {
    SystemClock clock;
    auto settings = options->load();
    std::printf("Settings: good (%s, data in %s)\n", settings.public_url.c_str(), settings.data_dir.c_str());
    auto database = server::open_database(settings, clock);
    database->check_now();
    std::printf("Database: good, readable and writable\n");
  });
}

}  // namespace posy::commands
