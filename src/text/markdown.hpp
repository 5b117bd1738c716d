// Markdown (GitHub's dialect: tables, strikethrough) into a writer.
#pragma once

#include <string_view>

#include "text/html_writer.hpp"
#include "text/linker.hpp"

namespace posy::text {

// A single newline breaks the line, as people expect of a post. Raw HTML shows as text. Pictures become
// links. Mentions, tags and bare addresses are found in text, but not in code and not in links.
void write_markdown(std::string_view source, HtmlWriter& writer, Linker& linker);

}  // namespace posy::text
