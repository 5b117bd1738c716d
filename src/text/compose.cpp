#include "text/compose.hpp"

#include <algorithm>

#include "text/linker.hpp"
#include "text/markdown.hpp"
#include "text/normalize.hpp"

namespace posy::text {
namespace {

std::string_view trim_newlines(std::string_view text) {
  while (!text.empty() && text.front() == '\n') text.remove_prefix(1);
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  return text;
}

// A paragraph's lines; an empty line ends it.
void write_plain(std::string_view source, HtmlWriter& writer, Linker& linker) {
  source = trim_newlines(source);
  bool is_open = false;
  while (!source.empty()) {
    std::size_t end = source.find('\n');
    std::string_view line = source.substr(0, end);
    source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
    if (line.empty()) {
      if (is_open) writer.leave();
      is_open = false;
      continue;
    }
    if (is_open)
      writer.line_break();
    else
      writer.enter(Element::p);
    is_open = true;
    linker.text(line);
  }
  if (is_open) writer.leave();
}

}  // namespace

std::size_t longest_paragraph(std::string_view source) {
  std::size_t longest = 0, current = 0;
  while (!source.empty()) {
    auto line = source.substr(0, source.find('\n'));
    source.remove_prefix(std::min(line.size() + 1, source.size()));
    bool is_empty = line.find_first_not_of(" \t\r") == line.npos;
    current = is_empty ? 0 : current + line.size() + 1;
    longest = std::max(longest, current);
  }
  return longest;
}

Composed compose(std::string_view source, SourceType type, Lookups const& lookups) {
  std::string text = scrub(source.substr(0, source_bytes_max));
  Composed composed;
  HtmlWriter writer;
  Linker linker(writer, lookups, composed);
  if (type == SourceType::markdown && text.size() <= markdown_source_bytes_max)
    write_markdown(text, writer, linker);
  else if (type == SourceType::essay && longest_paragraph(text) <= essay_paragraph_bytes_max)
    write_essay(text, writer, linker, EssayPictures{lookups.picture, composed.pictures});
  else
    write_plain(text, writer, linker);
  composed.html = writer.finish();
  return composed;
}

}  // namespace posy::text
