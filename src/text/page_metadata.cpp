#include "text/page_metadata.hpp"

#include <algorithm>
#include <array>

#include "text/characters.hpp"
#include "text/html_walk.hpp"
#include "text/language.hpp"
#include "text/links.hpp"
#include "text/normalize.hpp"
#include "text/page_head.hpp"
#include "text/plain.hpp"

namespace posy::text {
namespace {

constexpr std::size_t value_bytes_max = 8 << 10;  // of one tag; longer ones are cut off
constexpr std::size_t creator_bytes_max = 300;

std::string lower(std::string_view text) {
  std::string out(text.substr(0, 100));
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

// In one line: blanks of any kind become one, and none stand at the ends.
std::string one_line(std::string_view text, std::size_t characters_max) {
  std::string clean = scrub(text.substr(0, value_bytes_max));
  std::string out;
  bool blank = false;
  for (std::size_t at = 0; at < clean.size();) {
    std::size_t start = at;
    char32_t c = next_character(clean, at);
    if (u_isUWhiteSpace(static_cast<UChar32>(c))) {
      blank = true;
      continue;
    }
    if (blank && !out.empty()) out += ' ';
    blank = false;
    out.append(clean, start, at - start);
  }
  return truncate(out, characters_max);
}

std::string address(std::string_view text) {
  while (!text.empty() && is_html_space(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_html_space(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  if (text.size() > url_bytes_max || text.find_first_of(" \t\r\n\f") != text.npos) return {};
  return clean(text).value_or("");
}

bool has_word(std::string_view words, std::string_view wanted) {
  for (std::size_t at = 0; at < words.size();) {
    std::size_t end = std::min(words.find_first_of(" \t\n\r\f", at), words.size());
    if (words.substr(at, end - at) == wanted) return true;
    at = end + 1;
  }
  return false;
}

// "de_AT" and "de-AT"; what is not known without its region is not known.
std::string language_code(std::string_view text) {
  std::string code(text.substr(0, 20));
  std::ranges::replace(code, '_', '-');
  if (is_known_language(code)) return code;
  code.resize(std::min(code.find('-'), code.size()));
  for (char& c : code)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return is_known_language(code) ? code : std::string();
}

// Where each thing may be said; the first that says it counts.
enum class Field { title, description, author, provider, image, image_description, language, creator, published };
constexpr std::size_t fields = 9;
constexpr std::size_t ranks = 6;
struct Source {
  std::string_view name;  // of `property` or `name`
  Field field;
  std::size_t rank;
};
constexpr Source sources[] = {
    {"og:title", Field::title, 0},
    {"twitter:title", Field::title, 1},
    {"posy:title", Field::title, 2},
    {"og:description", Field::description, 0},
    {"twitter:description", Field::description, 1},
    {"description", Field::description, 2},
    {"author", Field::author, 0},
    {"article:author", Field::author, 1},
    {"og:article:author", Field::author, 2},
    {"og:author", Field::author, 3},
    {"og:site_name", Field::provider, 0},
    {"application-name", Field::provider, 1},
    {"og:image:secure_url", Field::image, 0},
    {"og:image", Field::image, 1},
    {"og:image:url", Field::image, 2},
    {"twitter:image", Field::image, 3},
    {"twitter:image:src", Field::image, 4},
    {"og:image:alt", Field::image_description, 0},
    {"twitter:image:alt", Field::image_description, 1},
    {"og:locale", Field::language, 1},
    {"fediverse:creator", Field::creator, 0},
    {"article:published_time", Field::published, 0},
    {"og:article:published_time", Field::published, 1},
    {"date", Field::published, 2},
};

class HeadReader : public HtmlVisitor {
 public:
  void enter(GumboElement const& element) override {
    if (element.tag == GUMBO_TAG_LINK) return link(element);
    if (element.tag != GUMBO_TAG_META) return;
    auto content = find_attribute(element, "content").value_or("");
    for (auto const* attribute : {"property", "name"}) {
      auto name = lower(find_attribute(element, attribute).value_or(""));
      if (name == "posy:html") put(Field::language, 0, find_attribute(element, "lang").value_or(""));
      for (auto const& source : sources)
        if (source.name == name) put(source.field, source.rank, content);
    }
  }
  void leave(GumboElement const&) override {}
  void text(std::string_view) override {}

  PageMetadata finish() const {
    PageMetadata out;
    out.title = one_line(best(Field::title), page_title_characters_max);
    out.description = one_line(best(Field::description), page_description_characters_max);
    out.author_name = author();
    out.provider_name = one_line(best(Field::provider), page_name_characters_max);
    out.image = address(best(Field::image));
    out.image_description = one_line(best(Field::image_description), page_image_description_characters_max);
    out.canonical = canonical_;
    for (auto const& said : said_[static_cast<std::size_t>(Field::language)])
      if (out.language.empty()) out.language = language_code(said);
    out.creator = creator();
    out.published_at = parse_rfc3339(one_line(best(Field::published), 40));
    return out;
  }

 private:
  void put(Field field, std::size_t rank, std::string_view text) {
    auto& said = said_[static_cast<std::size_t>(field)][rank];
    if (said.empty()) said = text.substr(0, value_bytes_max);
  }
  std::string_view best(Field field) const {
    for (auto const& said : said_[static_cast<std::size_t>(field)])
      if (said.find_first_not_of(" \t\r\n\f") != said.npos) return said;
    return {};
  }
  void link(GumboElement const& element) {
    auto relation = lower(find_attribute(element, "rel").value_or(""));
    auto href = find_attribute(element, "href").value_or("");
    if (canonical_.empty() && has_word(relation, "canonical")) canonical_ = address(href);
    if (has_word(relation, "image_src")) put(Field::image, 5, href);
  }
  // Some write the address of a profile there.
  std::string author() const {
    for (auto const& said : said_[static_cast<std::size_t>(Field::author)]) {
      auto name = one_line(said, page_name_characters_max);
      if (!name.empty() && !is_web_link(name)) return name;
    }
    return {};
  }
  std::string creator() const {
    auto handle = one_line(best(Field::creator), creator_bytes_max);
    if (handle.starts_with('@')) handle.erase(0, 1);
    auto at = handle.find('@');
    bool is_handle = at != handle.npos && at > 0 && handle.find_first_of(" /?#@", at + 1) == handle.npos &&
                     handle.size() <= creator_bytes_max;
    auto domain = is_handle ? to_ascii_domain(std::string_view(handle).substr(at + 1)) : std::nullopt;
    bool is_name = is_handle && std::ranges::all_of(handle.substr(0, at), [](char c) {
      return is_ascii_alphanumeric(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '-';
    });
    return is_name && domain ? handle.substr(0, at) + "@" + *domain : std::string();
  }

  std::array<std::array<std::string, ranks>, fields> said_;
  std::string canonical_;
};

}  // namespace

PageMetadata read_page_metadata(std::string_view html) {
  HeadReader reader;
  // A parser that finds it too much has seen nothing: then the page says nothing.
  if (!walk_html(flatten_page_head(html.substr(0, page_bytes_max)), reader)) return {};
  return reader.finish();
}

}  // namespace posy::text
