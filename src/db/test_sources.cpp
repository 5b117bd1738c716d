#include "db/test_sources.hpp"

#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>

namespace posy::db {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

std::string with_single_blanks(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (!is_blank(c))
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// The string literals of a C++ file.
class Literals {
 public:
  explicit Literals(std::string_view code) : code_(code) {}

  std::vector<std::string> read() {
    while (at_ < code_.size()) step();
    finish();
    return std::move(found_);
  }

 private:
  bool begins(std::string_view text) const { return code_.substr(at_).starts_with(text); }
  void skip_behind(std::string_view end) {
    auto found = code_.find(end, at_);
    at_ = found == code_.npos ? code_.size() : found + end.size();
  }
  void finish() {
    if (open_) found_.push_back(std::move(literal_));
    literal_.clear();
    open_ = false;
  }

  void step() {
    if (begins("//")) return skip_behind("\n");
    if (begins("/*")) return skip_behind("*/");
    if (begins("R\"")) return read_raw();
    if (begins("\"")) return read_plain();
    char c = code_[at_];
    if (!is_blank(c)) finish();
    ++at_;
    // A character; between digits the mark only makes a number readable.
    if (c == '\'' && (at_ < 2 || !std::isalnum(static_cast<unsigned char>(code_[at_ - 2])))) {
      at_ += code_[at_] == '\\' ? 2 : 1;
      skip_behind("'");
    }
  }

  void read_raw() {
    at_ += 2;
    auto open = code_.find('(', at_);
    std::string end = ")" + std::string(code_.substr(at_, open - at_)) + "\"";
    auto close = code_.find(end, open);
    if (close == code_.npos) throw std::runtime_error("a raw string without an end");
    literal_ += code_.substr(open + 1, close - open - 1);
    open_ = true;
    at_ = close + end.size();
  }

  void read_plain() {
    for (++at_; at_ < code_.size() && code_[at_] != '"'; ++at_) {
      if (code_[at_] != '\\') {
        literal_ += code_[at_];
        continue;
      }
      ++at_;
      literal_ += code_[at_] == 'n' ? '\n' : code_[at_];
    }
    ++at_;
    open_ = true;
  }

  std::string_view code_;
  std::size_t at_ = 0;
  std::string literal_;
  bool open_ = false;
  std::vector<std::string> found_;
};

bool is_sql(std::string const& text) {
  static std::regex const begin(
      "^(select .|insert into [a-z_]+ |update [a-z_]+ set |delete from [a-z_]+|with (recursive )?[a-z_]+ (as "
      ")?\\()");
  return std::regex_search(text, begin);
}

bool is_wanted(std::filesystem::path const& file, Engine engine) {
  std::string stem = file.stem().string();
  if (file.extension() != ".cpp" && file.extension() != ".hpp") return false;
  if (stem.starts_with("test_") || stem.ends_with("_test")) return false;
  return !stem.ends_with(engine == Engine::sqlite ? "_postgres" : "_sqlite");
}

std::string contents(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::vector<SourceStatement> statements_in(std::filesystem::path const& folder, Engine engine) {
  static std::regex const insert_call("\\.insert(?:_new)?\\(\"([a-z_]+)\"");
  std::vector<SourceStatement> out;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || !is_wanted(entry.path(), engine)) continue;
    std::string name = std::filesystem::relative(entry.path(), folder).string();
    std::string code = contents(entry.path());
    for (auto const& literal : Literals(code).read()) {
      std::string text = with_single_blanks(literal);
      if (is_sql(text)) out.push_back({name, std::move(text)});
    }
    for (std::sregex_iterator at(code.begin(), code.end(), insert_call), end; at != end; ++at)
      out.push_back({name, "insert into " + (*at)[1].str() + " :values"});
  }
  return out;
}

bool is_made_of(std::string_view prepared, SourceStatement const& source) {
  static std::regex const token(
      ":row(\\(\\w+\\))?|:values|:page\\([\\w.]+\\)|((not )?in (ids|texts)|each_id)\\(\\$\\d+\\)|\\{\\}");
  static std::regex const parameter("\\?(\\d+)");
  std::string text = std::regex_replace(with_single_blanks(prepared), parameter, "$$$1");
  std::string const& sql = source.sql;
  bool const is_piece = sql.find("{}") != sql.npos;

  std::size_t at = 0;
  bool first = true;
  auto take = [&](std::string fixed) {
    auto found = text.find(fixed, at);
    if (found == text.npos || (first && !is_piece && found != 0)) return false;
    first = false;
    at = found + fixed.size();
    return true;
  };
  std::sregex_iterator each(sql.begin(), sql.end(), token), none;
  std::size_t from = 0;
  for (; each != none; ++each) {
    if (!take(sql.substr(from, static_cast<std::size_t>(each->position()) - from))) return false;
    from = static_cast<std::size_t>(each->position() + each->length());
  }
  std::string const last = sql.substr(from);
  bool const ends_open = last.empty() || is_piece || last.back() == '(';
  if (ends_open || first) return take(last) && (ends_open || at == text.size());
  return text.size() >= at + last.size() && text.ends_with(last);
}

}  // namespace posy::db
