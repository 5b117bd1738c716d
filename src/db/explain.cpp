#include "db/explain.hpp"

#include <algorithm>

namespace posy::db {
namespace {

std::string_view trim_left(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" |`-"), line.size()));
  return line;
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find(' '));
}

// SQLite names what it makes on the way ("CO-ROUTINE recent", "MATERIALIZE recent") before it scans that.
bool is_made_on_the_way(std::vector<std::string> const& plan, std::string_view name) {
  return std::any_of(plan.begin(), plan.end(), [&](std::string_view line) {
    line = trim_left(line);
    for (std::string_view start : {"CO-ROUTINE ", "MATERIALIZE "})
      if (line.starts_with(start) && first_word(line.substr(start.size())) == name) return true;
    return false;
  });
}

std::vector<std::string> sqlite_scans(std::vector<std::string> const& plan) {
  std::vector<std::string> tables;
  for (std::string_view line : plan) {
    line = trim_left(line);
    if (!line.starts_with("SCAN ")) continue;
    line.remove_prefix(5);
    std::string_view name = first_word(line);
    // Constants, results of subqueries, bound lists, and virtual tables that were given something to search.
    bool is_virtual_search = line.find(" VIRTUAL TABLE INDEX ") != line.npos && !line.ends_with(" 0:");
    if (name == "CONSTANT" || name.starts_with('(') || name == "json_each" || is_virtual_search) continue;
    if (!is_made_on_the_way(plan, name)) tables.emplace_back(name);
  }
  return tables;
}

std::vector<std::string> postgres_scans(std::vector<std::string> const& plan) {
  constexpr std::string_view mark = "Seq Scan on ";
  std::vector<std::string> tables;
  for (std::string_view line : plan)
    if (auto at = line.find(mark); at != line.npos)
      tables.emplace_back(first_word(line.substr(at + mark.size())));
  return tables;
}

}  // namespace

std::vector<std::string> full_scans(Engine engine, std::vector<std::string> const& plan) {
  return engine == Engine::sqlite ? sqlite_scans(plan) : postgres_scans(plan);
}

}  // namespace posy::db
