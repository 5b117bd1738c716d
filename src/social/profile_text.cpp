#include "social/profile_text.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "store/other_name.hpp"
#include "text/compose.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"

namespace posy::social {
namespace {

constexpr std::size_t field_characters_max = 255;  // names and values alike
constexpr std::size_t domains_max = 100;

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\n";
  auto start = text.find_first_not_of(blanks);
  if (start == text.npos) return {};
  return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

text::Lookups lookups(db::Reader& r, Site const& site) {
  text::Lookups out;
  out.mention = [&](text::Mention const& mention) -> std::optional<text::ResolvedMention> {
    auto at = mention.acct.find('@');
    std::string domain = at == mention.acct.npos ? "" : mention.acct.substr(at + 1);
    if (domain == site.account_domain) domain.clear();
    auto name = mention.acct.substr(0, at);
    auto account = store::find_account(r, name, domain);
    if (!account && !domain.empty()) account = store::find_account_by_other_handle(r, name, domain);
    if (!account || account->suspended_at) return {};
    return text::ResolvedMention{account->id.value, site.account_url(*account), account->username,
                                 account->acct()};
  };
  out.tag_url = [&](std::string_view tag) { return site.tag_url(tag); };
  return out;
}

// A field is one line: no paragraph around it. Links say that they lead to pages of hers, which other servers
// check (rel="me").
std::string compose_value(std::string_view source, text::Lookups const& lookups) {
  std::string html = text::compose(source, text::SourceType::plain, lookups).html;
  if (html.starts_with("<p>") && html.ends_with("</p>")) html = html.substr(3, html.size() - 7);
  constexpr std::string_view outside = "rel=\"nofollow noopener";
  for (auto at = html.find(outside); at != html.npos; at = html.find(outside, at + outside.size()))
    html.insert(at + 5, "me ");
  return html;
}

}  // namespace

std::string checked_line(std::string_view text, std::string_view what, std::size_t characters_max) {
  std::string line = text::scrub(text);
  std::ranges::replace(line, '\n', ' ');
  line = std::string(trim(line));
  if (text::count_characters(line) > characters_max)
    refuse(Refusal::unprocessable, "Validation failed: " + std::string(what) + " is too long (maximum is " +
                                       std::to_string(characters_max) + " characters)");
  return line;
}

std::string compose_note(db::Reader& r, Site const& site, std::string_view source) {
  return text::compose(source, text::SourceType::plain, lookups(r, site)).html;
}

std::vector<store::ProfileField> compose_fields(db::Reader& r, Site const& site,
                                                std::vector<FieldText> const& texts,
                                                std::vector<store::ProfileField> const& before) {
  std::vector<store::ProfileField> out;
  auto find = lookups(r, site);
  for (auto const& text : texts) {
    store::ProfileField field;
    field.name = checked_line(text.name, "Fields name", field_characters_max);
    field.source = checked_line(text.value, "Fields value", field_characters_max);
    if (field.name.empty() && field.source.empty()) continue;
    if (field.name.empty())
      refuse(Refusal::unprocessable, "Validation failed: Fields contains values with missing labels");
    if (out.size() == site.limits.profile_fields)
      refuse(Refusal::unprocessable, "Validation failed: Fields are too many (maximum is " +
                                         std::to_string(site.limits.profile_fields) + ")");
    field.value = compose_value(field.source, find);
    for (auto const& old : before)
      if (old.value == field.value) field.verified_at = old.verified_at;
    out.push_back(std::move(field));
  }
  return out;
}

std::vector<std::string> checked_domains(std::vector<std::string> const& domains) {
  if (domains.size() > domains_max)
    refuse(Refusal::unprocessable, "Validation failed: Attribution domains are too many (maximum is 100)");
  std::vector<std::string> out;
  for (auto const& given : domains) {
    auto trimmed = trim(given);
    if (trimmed.empty()) continue;
    auto domain = text::to_ascii_domain(trimmed);
    if (!domain)
      refuse(Refusal::unprocessable, "Validation failed: Attribution domains contains an invalid domain");
    if (std::ranges::find(out, *domain) == out.end()) out.push_back(*domain);
  }
  return out;
}

}  // namespace posy::social
