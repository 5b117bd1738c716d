// The table of settings: everything that is known of a setting stands in its row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/settings.hpp"

namespace posy {

// Where the value goes decides how it is read.
using SettingMember =
    std::variant<std::string Settings::*, std::int64_t Settings::*, bool Settings::*, Registrations Settings::*,
                 std::vector<std::string> Settings::*, std::map<std::string, std::string> Settings::*>;

struct SettingRow {
  std::string_view key;
  std::string_view initial;  // as text; empty where it follows from another setting or means "none"
  std::string_view meaning;  // for people, a sentence or two
  SettingMember member;
  // Of a list or table each entry is checked alone. The answer is what it must be: "must be ...".
  std::optional<std::string> (*check)(std::string_view value);

  bool is_list() const { return std::holds_alternative<std::vector<std::string> Settings::*>(member); }
  bool is_table() const {
    return std::holds_alternative<std::map<std::string, std::string> Settings::*>(member);
  }
  bool is_switch() const { return std::holds_alternative<bool Settings::*>(member); }
  bool is_number() const { return std::holds_alternative<std::int64_t Settings::*>(member); }
};

std::span<SettingRow const> setting_rows();
SettingRow const* find_setting(std::string_view key);
std::string environment_name(std::string_view key);

}  // namespace posy
