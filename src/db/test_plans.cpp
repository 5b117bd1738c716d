#include "db/test_plans.hpp"

#include <algorithm>
#include <map>
#include <regex>

namespace posy::db {
namespace {

// SQLite 3.40 (sqlite.org/eqp.html):
//   SEARCH p USING [AUTOMATIC] [PARTIAL] [COVERING] INDEX post_author (author=? AND id<?)
//   SEARCH p USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)
//   SEARCH b USING PRIMARY KEY (account=?)
// ANY(column) skips from value to value of a column that is not given.
std::vector<std::string> sqlite_walks(std::vector<std::string> const& plan) {
  static std::regex const search(
      "SEARCH (\\w+) USING (.*?)(?:INDEX (\\w+)|PRIMARY KEY)? ?\\((\\w+)([=<>( ])");
  static std::regex const scan("SCAN (\\w+) USING (?:COVERING )?INDEX (\\w+)");
  std::vector<std::string> out = full_scans(Engine::sqlite, plan);
  for (auto const& line : plan) {
    std::smatch match;
    if (std::regex_search(line, match, scan)) {
      std::ranges::replace(out, match[1].str(), match[2].str());
      continue;
    }
    if (!std::regex_search(line, match, search)) continue;
    bool const by_index = match[3].matched;
    bool const is_automatic = match[2].str().find("AUTOMATIC") != std::string::npos;
    if (match[5] != "=" || is_automatic) out.push_back(by_index ? match[3] : match[1]);
  }
  // A list that is gone through anew for each row of a table: the table is read from the wrong side.
  for (std::size_t i = 1; i < plan.size(); ++i)
    if (plan[i].starts_with("SCAN") && plan[i].find("VIRTUAL TABLE") != std::string::npos &&
        plan[i - 1].starts_with("SEARCH"))
      out.push_back("list inside");
  return out;
}

std::map<std::string, std::string> first_columns(Reader& r) {
  std::map<std::string, std::string> out;
  r.each<std::string, std::string>(
      "select c.relname, pg_get_indexdef(i.indexrelid, 1, true) from pg_index i join pg_class c on c.oid = "
      "i.indexrelid",
      [&](std::string index, std::string column) { out.emplace(std::move(index), std::move(column)); });
  return out;
}

// PostgreSQL:
//   ->  Index Scan Backward using post_author on post p
//         Index Cond: ((author = $4) AND (id > $1))
// A condition on later columns only still reads the whole index; a hashed SubPlan is all that a person ever
// did, gathered to be asked about one page.
std::vector<std::string> postgres_walks(Reader& r, std::vector<std::string> const& plan) {
  static std::regex const scan(
      "(?:Index Scan|Index Only Scan)(?: Backward)? using (\\w+) on|Bitmap Index Scan on (\\w+)");
  std::vector<std::string> out = full_scans(Engine::postgres, plan);
  auto const columns = first_columns(r);
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (plan[i].find("hashed SubPlan") != std::string::npos) out.push_back("hashed SubPlan");
    std::smatch match;
    if (!std::regex_search(plan[i], match, scan)) continue;
    std::string const index = match[1].matched ? match[1] : match[2];
    std::string const condition =
        i + 1 < plan.size() && plan[i + 1].find("Index Cond: ") != std::string::npos ? plan[i + 1] : "";
    std::regex const given("\\(" + columns.at(index) + "(?:\\)?::\\w+)? (?:=|@@)");
    if (!std::regex_search(condition, given)) out.push_back(index);
  }
  return out;
}

}  // namespace

std::vector<std::string> walks(Reader& r, std::vector<std::string> const& plan) {
  return r.engine() == Engine::sqlite ? sqlite_walks(plan) : postgres_walks(r, plan);
}

std::vector<std::string> explain_source(Reader& r, std::string_view sql) {
  std::string const text = std::regex_replace(std::string(sql), std::regex(":row\\((\\w+)\\)"), "$1.*");
  std::string const plain = std::regex_replace(text, std::regex(":row"), "*");
  std::vector<Value> values;
  static std::regex const parameter("(?:(in ids|in texts|each_id)\\()?\\$(\\d+)");
  for (std::sregex_iterator at(plain.begin(), plain.end(), parameter), end; at != end; ++at) {
    auto const number = static_cast<std::size_t>(std::stoi((*at)[2].str()));
    if (values.size() < number) values.resize(number);
    std::string const token = (*at)[1];
    auto& kind = values[number - 1].kind;
    kind = Value::Kind::integer;
    if (token == "in texts") kind = Value::Kind::texts;
    if (token == "in ids" || token == "each_id") kind = Value::Kind::integers;
  }
  return r.connection().explain(plain, mapping::no_shape, values);
}

}  // namespace posy::db
