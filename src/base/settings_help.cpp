// What is printed about the settings, from their table.
#include <fmt/format.h>

#include "base/settings.hpp"
#include "base/settings_table.hpp"

namespace posy {
namespace {

// The default as TOML writes it.
std::string toml_value(SettingRow const& row) {
  if (row.is_table()) return "{}";
  if (row.is_number() || row.is_switch()) return std::string{row.initial};
  if (!row.is_list()) return fmt::format("\"{}\"", row.initial);
  std::string out = "[";
  std::string_view rest = row.initial;
  while (!rest.empty()) {
    auto comma = rest.find(", ");
    fmt::format_to(std::back_inserter(out), "{}\"{}\"", out.size() > 1 ? ", " : "", rest.substr(0, comma));
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 2);
  }
  return out + "]";
}

}  // namespace

std::vector<SettingDescription> describe_settings() {
  std::vector<SettingDescription> all;
  for (SettingRow const& row : setting_rows())
    all.push_back({row.key, environment_name(row.key), row.initial, row.meaning});
  return all;
}

std::string example_toml() {
  std::string out = "# The settings of Posy, each with its default. Take away the # to change one.\n";
  for (SettingRow const& row : setting_rows())
    fmt::format_to(std::back_inserter(out), "\n# {}\n#{} = {}\n", row.meaning, row.key, toml_value(row));
  return out;
}

std::string settings_markdown() {
  std::string out = "| setting | environment | default | meaning |\n|---|---|---|---|\n";
  for (SettingRow const& row : setting_rows()) {
    std::string initial = row.initial.empty() ? "" : fmt::format("`{}`", row.initial);
    fmt::format_to(std::back_inserter(out), "| `{}` | `{}` | {} | {} |\n", row.key, environment_name(row.key),
                   initial, row.meaning);
  }
  return out;
}

}  // namespace posy
