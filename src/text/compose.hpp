// From what a person typed to what everybody reads.
//
// Mentions, tags and links are found here, who and where they lead to is asked of the caller. The HTML is
// safe whatever the source was: raw HTML in Markdown shows as text.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace posy::text {

// An essay is Markdown as books have it: footnotes, pictures, and a single newline is a blank.
enum class SourceType { plain, markdown, essay };

struct Mention {
  std::string acct;  // without the leading '@'; the domain, if any, in lower case and punycode
};

struct ResolvedMention {
  std::int64_t account;
  std::string url;
  std::string username;
  std::string acct;
};

// Of an upload that stands in an essay: ![description](media:ID "caption").
struct Picture {
  std::string url;
  std::string description;  // where the text gives none
  int width = 0;
  int height = 0;
};

// Each may be absent: then mentions or tags stay plain text, and pictures are left out. Called once for each distinct
// name, and for each picture.
struct Lookups {
  std::function<std::optional<ResolvedMention>(Mention const&)> mention;  // nullopt: stays plain text
  std::function<std::string(std::string_view tag)> tag_url;               // normalized name to address
  std::function<std::optional<Picture>(std::int64_t media)> picture = {};
};

struct Composed {
  struct Tag {
    std::string name;     // normalized, see fold_tag
    std::string display;  // as written
  };
  std::string html;
  // All distinct and in order of their first appearance.
  std::vector<ResolvedMention> mentions;  // by account
  std::vector<Tag> tags;                  // by normalized name
  std::vector<std::string> shortcodes;    // candidates, without colons
  std::vector<std::string> urls;          // web links, without those of mentions and tags
  std::vector<std::int64_t> pictures;     // ids of uploads, distinct
};

constexpr std::size_t source_bytes_max = 1 << 20;             // cut off behind
constexpr std::size_t markdown_source_bytes_max = 256 << 10;  // longer sources are taken as plain text
constexpr std::size_t mentions_max = 500;                     // distinct names looked up in one text
constexpr std::size_t pictures_max = 200;                     // in one essay

// The parser's time grows with the square of the length of a paragraph with many links: one of a mebibyte takes it
// seconds. Where one is longer than this, an essay is taken as plain text.
constexpr std::size_t essay_paragraph_bytes_max = 64 << 10;
// Of text between empty lines.
std::size_t longest_paragraph(std::string_view source);

Composed compose(std::string_view source, SourceType type, Lookups const& lookups);

}  // namespace posy::text
