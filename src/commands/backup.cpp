// posy backup FILE
#include <cstdio>

#include "commands/commands.hpp"
#include "server/app.hpp"

namespace posy::commands {

void add_backup(CLI::App& app) {
  auto* command = app.add_subcommand("backup", "copy the database to FILE while the server may run");
  auto options = std::make_shared<Options>(*command);
  auto file = std::make_shared<std::string>();
  command->add_option("FILE", *file, "must not exist yet")->required();
  command->callback([options, file] {
    SystemClock clock;
    auto settings = options->load();
    auto database = server::open_database(settings, clock);
    database->backup(*file);
    std::printf("The database is copied to %s. The media lie in %s: copy that folder too.\n", file->c_str(),
                server::media_folder(settings).c_str());
  });
}

}  // namespace posy::commands
