#include "base/settings.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "base/settings_table.hpp"

namespace posy {
namespace {

// What one source says of one setting: the entries of a list, "name=value" of a table, else one text.
using Given = std::vector<std::string>;

class Loader {
 public:
  Loader() {
    for (SettingRow const& row : setting_rows()) apply(row, split(row, row.initial), "its default");
  }

  void read_file(std::filesystem::path const& file) {
    try {
      read_table(toml::parse_file(file.string()), "", file.filename().string());
    } catch (toml::parse_error const& error) {
      complain("{}, line {}: {}", file.string(), error.source().begin.line, error.description());
    }
  }

  void read_environment(Environment const& environment) {
    for (auto const& [name, text] : environment) {
      if (!name.starts_with("POSY_") || name.starts_with("POSY_TEST_")) continue;
      auto rows = setting_rows();
      auto row = std::ranges::find(rows, name, [](SettingRow const& r) { return environment_name(r.key); });
      if (row != rows.end())
        apply(*row, split(*row, text), name);
      else
        unknown(name, "the environment", [](SettingRow const& r) { return environment_name(r.key); });
    }
  }

  void read_flags(Flags const& flags) {
    for (auto const& [key, text] : flags) {
      if (auto const* row = find_setting(key))
        apply(*row, split(*row, text), "--" + key);
      else
        unknown(key, "the command line", [](SettingRow const& r) { return std::string{r.key}; });
    }
  }

  Result<Settings> finish() {
    if (!complaints_.empty()) return unprocessable(std::move(complaints_));
    complete();
    return std::move(settings_);
  }

 private:
  template <class... Args>
  void complain(fmt::format_string<Args...> format, Args&&... args) {
    if (!complaints_.empty()) complaints_ += '\n';
    fmt::format_to(std::back_inserter(complaints_), format, std::forward<Args>(args)...);
  }

  void read_table(toml::table const& table, std::string const& prefix, std::string const& source);
  std::optional<Given> read_node(toml::node const& node, SettingRow const& row);
  static Given split(SettingRow const& row, std::string_view text);
  void apply(SettingRow const& row, Given given, std::string_view source);
  template <class Name>
  void unknown(std::string const& name, std::string_view source, Name name_of_row);
  void complete();

  Settings settings_;
  std::string complaints_;
};

std::string_view trim(std::string_view text) {
  auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Lists and tables outside TOML are separated by commas; no value that they hold contains one.
Given Loader::split(SettingRow const& row, std::string_view text) {
  if (!row.is_list() && !row.is_table()) return {std::string{text}};
  Given entries;
  while (!text.empty()) {
    auto comma = text.find(',');
    auto entry = trim(text.substr(0, comma));
    auto equals = row.is_table() ? entry.find('=') : entry.npos;
    if (equals != entry.npos)
      entries.push_back(fmt::format("{}={}", trim(entry.substr(0, equals)), trim(entry.substr(equals + 1))));
    else if (!entry.empty())
      entries.emplace_back(entry);
    text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
  }
  return entries;
}

// `[media]` with `store = ...` and `media.store = ...` are the same; a table that is a setting is not opened.
void Loader::read_table(toml::table const& table, std::string const& prefix, std::string const& source) {
  for (auto const& [name, node] : table) {
    std::string key = prefix + std::string{name.str()};
    if (auto const* row = find_setting(key)) {
      if (auto given = read_node(node, *row))
        apply(*row, std::move(*given), source);
      else
        complain("{} must be {} (in {})", key,
                 row->is_table()    ? "a table of texts"
                 : row->is_list()   ? "a list of texts"
                 : row->is_number() ? "a whole number"
                 : row->is_switch() ? "true or false"
                                    : "a text in quotation marks",
                 source);
      continue;
    }
    bool const leads_on = std::ranges::any_of(
        setting_rows(), [&](SettingRow const& row) { return row.key.starts_with(key + "."); });
    if (leads_on && node.is_table())
      read_table(*node.as_table(), key + ".", source);
    else
      unknown(key, source, [](SettingRow const& row) { return std::string{row.key}; });
  }
}

std::optional<Given> Loader::read_node(toml::node const& node, SettingRow const& row) {
  Given given;
  if (row.is_table()) {
    auto const* table = node.as_table();
    if (!table) return {};
    for (auto const& [name, entry] : *table) {
      auto const* text = entry.as_string();
      if (!text) return {};
      given.push_back(fmt::format("{}={}", name.str(), text->get()));
    }
    return given;
  }
  if (row.is_list()) {
    auto const* array = node.as_array();
    if (!array) return {};
    for (auto const& entry : *array) {
      auto const* text = entry.as_string();
      if (!text) return {};
      given.push_back(text->get());
    }
    return given;
  }
  if (row.is_number()) {
    auto const* number = node.as_integer();
    if (!number) return {};
    return Given{std::to_string(number->get())};
  }
  if (row.is_switch()) {
    auto const* value = node.as_boolean();
    if (!value) return {};
    return Given{value->get() ? "true" : "false"};
  }
  auto const* text = node.as_string();
  if (!text) return {};
  return Given{text->get()};
}

void Loader::apply(SettingRow const& row, Given given, std::string_view source) {
  for (std::string const& entry : given) {
    if (auto complaint = row.check(entry)) {
      complain("{} {}, not '{}' (in {})", row.key, *complaint, entry, source);
      return;
    }
  }
  struct Store {
    Settings& settings;
    Given& given;
    void operator()(std::string Settings::* member) { settings.*member = std::move(given.front()); }
    void operator()(std::int64_t Settings::* member) {
      std::from_chars(given.front().data(), given.front().data() + given.front().size(), settings.*member);
    }
    void operator()(bool Settings::* member) { settings.*member = given.front() == "true"; }
    void operator()(Registrations Settings::* member) {
      settings.*member = parse_enum(given.front(), static_cast<Registrations*>(nullptr)).value();
    }
    void operator()(std::vector<std::string> Settings::* member) { settings.*member = std::move(given); }
    void operator()(std::map<std::string, std::string> Settings::* member) {
      (settings.*member).clear();
      for (std::string const& entry : given) {
        auto equals = entry.find('=');
        (settings.*member)[entry.substr(0, equals)] = entry.substr(equals + 1);
      }
    }
  };
  std::visit(Store{settings_, given}, row.member);
}

// How many letters must be changed, added or taken away to make `a` into `b` (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t changed = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

template <class Name>
void Loader::unknown(std::string const& name, std::string_view source, Name name_of_row) {
  constexpr std::size_t name_bytes_max = 100;
  std::string nearest;
  std::size_t best = std::max<std::size_t>(2, name.size() / 4) + 1;  // further away is no slip of the hand
  for (SettingRow const& row : setting_rows()) {
    std::string candidate = name_of_row(row);
    std::size_t away = name.size() > name_bytes_max ? best : distance(name, candidate);
    if (away >= best) continue;
    best = away;
    nearest = std::move(candidate);
  }
  if (nearest.empty())
    complain("There is no setting {} (in {})", name, source);
  else
    complain("There is no setting {} (in {}). Did you mean {}?", name, source, nearest);
}

bool is_local_name(std::string_view host) {
  auto name = host.substr(0, host.find(':'));
  return name == "localhost" || name.ends_with(".localhost") || name == "127.0.0.1";
}

// "sqlite:posy.db" becomes "sqlite:./data/posy.db"; other kinds and absolute paths stay.
void place_below(std::string& value, std::string_view prefix, std::string const& folder) {
  if (!value.starts_with(prefix) || value == "sqlite::memory:") return;
  value = std::string{prefix} + (std::filesystem::path{folder} / value.substr(prefix.size())).string();
}

void Loader::complete() {
  auto lower = [](std::string& text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
  };
  Settings& s = settings_;
  lower(s.host);
  lower(s.account_domain);
  if (s.account_domain.empty()) s.account_domain = s.host;
  if (s.public_url.empty()) s.public_url = (is_local_name(s.host) ? "http://" : "https://") + s.host;
  if (s.public_url.ends_with('/')) s.public_url.pop_back();
  place_below(s.database_url, "sqlite:", s.data_dir);
  place_below(s.media_store, "file:", s.data_dir);
}

}  // namespace

Environment process_environment() {
  Environment environment;
  for (char** entry = environ; entry && *entry; ++entry) {
    std::string_view text = *entry;
    auto equals = text.find('=');
    if (equals != text.npos) environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

Result<Settings> load_settings(std::optional<std::filesystem::path> const& file, Flags const& flags,
                               Environment const& environment) {
  Loader loader;
  if (file) loader.read_file(*file);
  loader.read_environment(environment);
  loader.read_flags(flags);
  return loader.finish();
}

}  // namespace posy
