// Writes running text with its mentions, tags and links made into links, and keeps book of them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "text/compose.hpp"
#include "text/html_writer.hpp"

namespace posy::text {

// Keeps references to all three; one for each composed text.
class Linker {
 public:
  Linker(HtmlWriter& writer, Lookups const& lookups, Composed& composed)
      : writer_(writer), lookups_(lookups), composed_(composed) {}

  void text(std::string_view text);
  // Text that holds no links of its own (the text of a link), but perhaps emoji.
  void unlinked_text(std::string_view text);
  // A web link that somebody wrote, for the list.
  void note_url(std::string_view url);

 private:
  void write_mention(std::string_view written);
  void write_hashtag(std::string_view written);
  std::optional<ResolvedMention> const& find_mention(std::string_view written);

  HtmlWriter& writer_;
  Lookups const& lookups_;
  Composed& composed_;
  std::unordered_map<std::string, std::optional<ResolvedMention>> mentions_;  // by acct
  std::unordered_map<std::string, std::string> tag_urls_;                     // by normalized name
  std::unordered_set<std::int64_t> accounts_;
  std::unordered_set<std::string> urls_;
  std::unordered_set<std::string> shortcodes_;
};

}  // namespace posy::text
