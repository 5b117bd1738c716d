#include "social/domain_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace posy::social {

using store::DomainRule;
using store::Severity;

namespace {

struct Record {
  std::size_t line = 0;
  std::vector<std::string> fields;
  std::string broken;  // why it cannot be read
};

// RFC 4180, and what spreadsheets make of it: LF alone, a byte order mark, quotes in the middle of a field. What is
// broken ends with its line, so that one quote without a partner does not swallow the rest.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
  }

  bool next(Record& record) {
    record = {.line = line_};
    if (at_ >= text_.size()) return false;
    auto start = at_;
    while (true) {
      std::string field;
      if (!read_field(field, record.broken)) return skip_line(start);
      if (record.fields.size() == list_fields_max) {
        record.broken = "it has too many columns";
        return skip_line(start);
      }
      record.fields.push_back(std::move(field));
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      end_line();
      return true;
    }
  }

 private:
  // Stops at a comma, an end of line or the end. False: it is broken.
  bool read_field(std::string& field, std::string& broken) {
    bool quoted = at_ < text_.size() && text_[at_] == '"';
    if (quoted) ++at_;
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (quoted && c == '"') {
        bool is_doubled = at_ + 1 < text_.size() && text_[at_ + 1] == '"';
        if (!is_doubled) {
          ++at_;
          quoted = false;
          bool at_end = at_ == text_.size() || text_[at_] == ',' || text_[at_] == '\n' || text_[at_] == '\r';
          if (!at_end) broken = "there is text behind a closing quotation mark";
          return at_end;
        }
        ++at_;
      } else if (!quoted && (c == ',' || c == '\n' || c == '\r')) {
        return true;
      }
      if (field.size() == list_field_bytes_max) {
        broken = "a field is too long";
        return false;
      }
      if (c == '\n') ++line_;
      field += c;
    }
    if (quoted) broken = "a quotation mark is not closed";
    return !quoted;
  }

  void end_line() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
  }

  // On with the line after the one where the record began.
  bool skip_line(std::size_t start) {
    auto passed = std::count(text_.begin() + static_cast<std::ptrdiff_t>(start),
                             text_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, text_.size())), '\n');
    line_ -= static_cast<std::size_t>(passed);
    auto end = text_.find('\n', start);
    at_ = end == text_.npos ? text_.size() : end + 1;
    ++line_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

std::string_view trim(std::string_view text) {
  auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

enum class Column { domain, severity, reject_media, reject_reports, public_comment, private_comment, obfuscate };
constexpr EnumName<Column> column_names[] = {
    {Column::domain, "domain"},
    {Column::severity, "severity"},
    {Column::reject_media, "reject_media"},
    {Column::reject_reports, "reject_reports"},
    {Column::public_comment, "public_comment"},
    {Column::private_comment, "private_comment"},
    {Column::obfuscate, "obfuscate"},
};

// Which column is where; nothing when the record names none, and is a line like any other.
std::vector<std::optional<Column>> read_header(Record const& record) {
  std::vector<std::optional<Column>> out;
  for (auto const& field : record.fields) {
    auto name = trim(field);
    if (name.starts_with('#')) name.remove_prefix(1);
    out.push_back(find_in(column_names, name));
  }
  bool names_domain = std::ranges::find(out, std::optional(Column::domain)) != out.end();
  return names_domain ? out : std::vector<std::optional<Column>>{};
}

bool read_flag(std::string_view text, bool& flag) {
  if (text == "true" || text == "True" || text == "TRUE" || text == "1") flag = true;
  else if (text == "false" || text == "False" || text == "FALSE" || text == "0") flag = false;
  else return false;
  return true;
}

// Why it cannot be; nothing when it is read.
std::optional<std::string> read_value(Column column, std::string_view text, DomainRule& rule) {
  if (text.empty() && column != Column::domain) return {};  // not said
  auto flag = [&](bool& out) -> std::optional<std::string> {
    if (read_flag(text, out)) return {};
    return fmt::format("{} must be true or false", name_in(column_names, column));
  };
  switch (column) {
    case Column::domain: {
      if (text.find('*') != text.npos) return "the name is not told in full";
      auto domain = fold_host(text);
      if (!domain) return "it is no domain name";
      rule.domain = *domain;
      return {};
    }
    case Column::severity: {
      auto severity = text == "limit" ? Severity::silence : store::parse_enum(text, static_cast<Severity*>(nullptr));
      if (!severity) return "the severity must be suspend, silence or noop";
      rule.severity = *severity;
      return {};
    }
    case Column::reject_media: return flag(rule.reject_media);
    case Column::reject_reports: return flag(rule.reject_reports);
    case Column::obfuscate: return flag(rule.obfuscate);
    case Column::public_comment: rule.public_comment = text; return {};
    case Column::private_comment: rule.private_comment = text; return {};
  }
  return {};
}

void leave_out(DomainList& list, std::size_t line, std::string reason) {
  ++list.left_out_count;
  if (list.left_out.size() < list_remarks_max) list.left_out.push_back({line, std::move(reason)});
}

std::string quoted(std::string const& field) {
  if (field.find_first_of(",\"\r\n") == field.npos) return field;
  std::string out = "\"";
  for (char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string_view word(bool flag) { return flag ? "true" : "false"; }

// The rule that counts for the domain now, its own or one above.
DomainRule const* rule_above(std::map<std::string, DomainRule, std::less<>> const& known, std::string_view domain) {
  for (auto name : with_parents(domain))
    if (auto found = known.find(name); found != known.end()) return &found->second;
  return nullptr;
}

}  // namespace

Result<DomainList> read_domain_list(std::string_view text, DomainRule const& otherwise) {
  if (text.size() > list_bytes_max) return Error{Refusal::unprocessable, "The list is larger than 8 MiB"};
  DomainList out;
  CsvReader reader(text);
  std::vector<std::optional<Column>> columns{Column::domain};
  bool is_first = true;
  std::size_t records = 0;
  for (Record record; reader.next(record);) {
    bool may_name_columns = std::exchange(is_first, false);
    if (record.broken.empty() && record.fields.size() == 1 && trim(record.fields[0]).empty()) continue;
    if (++records > list_records_max) {
      leave_out(out, record.line, "the list is too long: nothing is read from here on");
      break;
    }
    if (!record.broken.empty()) {
      leave_out(out, record.line, record.broken);
      continue;
    }
    if (may_name_columns) {
      if (auto named = read_header(record); !named.empty()) {
        columns = std::move(named);
        continue;
      }
    }
    if (trim(record.fields[0]).starts_with('#')) continue;  // a comment
    ListedRule listed{record.line, otherwise};
    std::optional<std::string> reason;
    for (std::size_t i = 0; i < columns.size() && !reason; ++i) {
      if (!columns[i]) continue;
      auto value = i < record.fields.size() ? trim(record.fields[i]) : std::string_view();
      reason = read_value(*columns[i], value, listed.rule);
    }
    if (reason) leave_out(out, record.line, *reason);
    else out.rules.push_back(std::move(listed));
  }
  return out;
}

void take_over(db::Writer& w, Site const& site, std::vector<ListedRule> const& part, Takeover& out) {
  POSY_ASSERT(part.size() <= list_part_max);
  std::vector<std::string> names;
  for (auto const& listed : part)
    for (auto name : with_parents(listed.rule.domain)) names.emplace_back(name);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::map<std::string, DomainRule, std::less<>> known;
  for (auto& rule : store::domain_rules_named(w, names)) known.emplace(rule.domain, std::move(rule));

  auto remark = [&](ListedRule const& listed, std::string text) {
    if (out.remarks.size() < list_remarks_max)
      out.remarks.push_back({listed.line, fmt::format("{}: {}", listed.rule.domain, text)});
  };
  for (auto const& listed : part) {
    auto const& domain = listed.rule.domain;
    if (domain == fold_host(site.host) || domain == fold_host(site.account_domain)) {
      remark(listed, "left out, it is this server's own");
      continue;
    }
    auto const* counts = rule_above(known, domain);
    Rule given = rule_of(listed.rule);
    Rule wanted = counts ? stronger(given, rule_of(*counts)) : given;
    if (counts && wanted != given)
      remark(listed, fmt::format("the rule about {} is stronger and stays", counts->domain));
    if (counts && wanted == rule_of(*counts)) {
      ++out.kept;
      continue;
    }
    bool is_there = counts && counts->domain == domain;
    DomainRule rule = is_there ? *counts : listed.rule;
    rule.severity = wanted.severity;
    rule.reject_media = wanted.reject_media;
    rule.reject_reports = wanted.reject_reports;
    if (rule.public_comment.empty()) rule.public_comment = listed.rule.public_comment;
    rule.obfuscate = rule.obfuscate || listed.rule.obfuscate;
    ++(is_there ? out.strengthened : out.added);
    known.insert_or_assign(domain, put_rule(w, std::move(rule)));
  }
}

std::string write_domain_list(std::vector<DomainRule> const& rules) {
  std::string out = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n";
  for (auto const& rule : rules)
    out += fmt::format("{},{},{},{},{},{}\n", rule.domain, store::name_of(rule.severity), word(rule.reject_media),
                       word(rule.reject_reports), quoted(rule.public_comment), word(rule.obfuscate));
  return out;
}

}  // namespace posy::social
