// One function a command; each adds itself to the command line and runs when it is chosen.
#pragma once

#include <CLI/CLI.hpp>

#include "base/settings.hpp"

namespace posy::commands {

// `--config FILE` and a flag for every setting, the same for all commands.
class Options {
 public:
  explicit Options(CLI::App& command);
  // Throws Refused with every mistake when the settings are not sound.
  Settings load() const;

 private:
  std::optional<std::string> config_;
  std::map<std::string, std::string> flags_;
};

void add_serve(CLI::App& app);
void add_account(CLI::App& app);
void add_alias(CLI::App& account);  // beneath `account`
void add_move(CLI::App& account);
void add_link(CLI::App& account);
void add_token(CLI::App& app);
void add_domain(CLI::App& app);
void add_deliveries(CLI::App& app);
void add_backup(CLI::App& app);
void add_check(CLI::App& app);
void add_settings(CLI::App& app);
void add_types(CLI::App& app);

}  // namespace posy::commands
