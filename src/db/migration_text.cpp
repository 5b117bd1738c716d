#include <optional>

#include "db/failure.hpp"
#include "db/migrate.hpp"

namespace posy::db {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  auto first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The line without the comment at its end; `in_quotes` says whether it starts inside a quoted text.
std::string_view without_comment(std::string_view line, bool& in_quotes) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\'') in_quotes = !in_quotes;
    if (!in_quotes && line.substr(i, 2) == "--") return line.substr(0, i);
  }
  return line;
}

void replace_word(std::string& text, std::string_view word, std::string_view by) {
  auto is_word = [](char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); };
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at)) {
    std::size_t end = at + word.size();
    if (end < text.size() && is_word(text[end])) {
      at = end;
      continue;
    }
    text.replace(at, word.size(), by);
    at += by.size();
  }
}

std::string in_words_of(Engine engine, std::string statement) {
  bool sqlite = engine == Engine::sqlite;
  replace_word(statement, "$id", sqlite ? "integer primary key" : "bigint primary key");
  replace_word(statement, "$without_rowid", sqlite ? "without rowid" : "");
  return statement;
}

}  // namespace

std::vector<std::string> statements_of(std::string_view sql, Engine engine) {
  std::vector<std::string> statements;
  std::string statement;
  std::optional<Engine> only;
  bool in_block = false, in_quotes = false;
  auto finish = [&] {
    std::string_view text = trimmed(statement);
    if (!text.empty()) statements.push_back(in_words_of(engine, std::string(text)));
    statement.clear();
  };
  while (!sql.empty()) {
    std::size_t end = sql.find('\n');
    std::string_view line = sql.substr(0, end);
    sql.remove_prefix(end == sql.npos ? sql.size() : end + 1);

    std::string_view mark = in_quotes ? std::string_view{} : trimmed(line);
    if (mark.starts_with("--@")) {
      if (mark == "--@sqlite")
        only = Engine::sqlite;
      else if (mark == "--@postgres")
        only = Engine::postgres;
      else if (mark == "--@both")
        only.reset();
      else if (mark == "--@begin")
        in_block = true;
      else if (mark == "--@end") {
        in_block = false;
        if (!only || *only == engine) finish();
      } else
        throw Failure(FailureKind::mistake, "unknown line in a migration: " + std::string(mark));
      continue;
    }
    if (only && *only != engine) continue;
    std::string_view code = without_comment(line, in_quotes);
    if (trimmed(code).empty() && !in_quotes) continue;
    statement.append(code) += '\n';
    if (!in_block && !in_quotes && trimmed(code).ends_with(';')) finish();
  }
  finish();
  return statements;
}

}  // namespace posy::db
