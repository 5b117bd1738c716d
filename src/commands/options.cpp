#include <cstdio>

#include "base/log.hpp"
#include "commands/commands.hpp"

namespace posy::commands {

Options::Options(CLI::App& command) {
  command.add_option("--config", config_, "settings file (TOML); without it, posy.toml if it is there")
      ->check(CLI::ExistingFile);
  for (auto const& setting : describe_settings()) {
    std::string key(setting.key);
    command
        .add_option_function<std::string>(
            "--" + key, [this, key](std::string const& value) { flags_[key] = value; }, std::string(setting.meaning))
        ->group("Settings");
  }
}

Settings Options::load() const {
  std::optional<std::filesystem::path> file;
  if (config_) file = *config_;
  else if (std::filesystem::exists("posy.toml")) file = "posy.toml";
  auto settings = load_settings(file, flags_).value();
  log::set_level(settings.log_level);
  return settings;
}

void add_settings(CLI::App& app) {
  auto* command = app.add_subcommand("settings", "print every setting with its default, as a settings file");
  auto markdown = std::make_shared<bool>(false);
  command->add_flag("--markdown", *markdown, "as documentation");
  command->callback([markdown] { std::fputs((*markdown ? settings_markdown() : example_toml()).c_str(), stdout); });
}

}  // namespace posy::commands
