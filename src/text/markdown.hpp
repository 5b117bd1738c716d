// Markdown (GitHub's dialect: tables, strikethrough) into a writer.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "text/compose.hpp"
#include "text/html_writer.hpp"
#include "text/linker.hpp"

namespace posy::text {

// A single newline breaks the line, as people expect of a post. Raw HTML shows as text. Pictures become
// links. Mentions, tags and bare addresses are found in text, but not in code and not in links.
void write_markdown(std::string_view source, HtmlWriter& writer, Linker& linker);

// References of what compose() was given and gives; both outlive the writing.
struct EssayPictures {
  std::function<std::optional<Picture>(std::int64_t)> const& find;
  std::vector<std::int64_t>& used;
};

// The same with footnotes at the end, uploads as figures with their captions, and a single newline as a blank.
void write_essay(std::string_view source, HtmlWriter& writer, Linker& linker, EssayPictures pictures);

}  // namespace posy::text
