// posy serve
#include "commands/commands.hpp"
#include "server/app.hpp"

namespace posy::commands {

void add_serve(CLI::App& app) {
  auto* command = app.add_subcommand("serve", "run the server until it is told to stop");
  auto options = std::make_shared<Options>(*command);
  command->callback([options] {
    server::App server(options->load());
    server.run();
  });
}

}  // namespace posy::commands
