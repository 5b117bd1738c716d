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

enum class SourceType { plain, markdown };

struct Mention {
  std::string acct;  // without the leading '@'; the domain, if any, in lower case and punycode
};

struct ResolvedMention {
  std::int64_t account;
  std::string url;
  std::string username;
  std::string acct;
};

// Either may be absent: then mentions or tags stay plain text. Called once for each distinct name.
struct Lookups {
  std::function<std::optional<ResolvedMention>(Mention const&)> mention;  // nullopt: stays plain text
  std::function<std::string(std::string_view tag)> tag_url;               // normalized name to address
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
};

constexpr std::size_t source_bytes_max = 1 << 20;             // cut off behind
constexpr std::size_t markdown_source_bytes_max = 256 << 10;  // longer sources are taken as plain text
constexpr std::size_t mentions_max = 500;                     // distinct names looked up in one text

Composed compose(std::string_view source, SourceType type, Lookups const& lookups);

}  // namespace posy::text
