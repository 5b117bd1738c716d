// posy types
#include <cstdio>

#include "api/typescript/typescript.hpp"
#include "commands/commands.hpp"

namespace posy::commands {

void add_types(CLI::App& app) {
  auto* command = app.add_subcommand("types", "print the API's entities as TypeScript (web/src/api/types.ts)");
  command->callback([] { std::fputs(api::typescript_types().c_str(), stdout); });
}

}  // namespace posy::commands
