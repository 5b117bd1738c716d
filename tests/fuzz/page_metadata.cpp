// Any bytes as a page of a stranger, in any charset: what is read of it is clean and bounded. The first line is its
// Content-Type.
#include <cstddef>
#include <cstdint>

#include "base/assert.hpp"
#include "base/encoding.hpp"
#include "text/html_links.hpp"
#include "text/links.hpp"
#include "text/page_head.hpp"
#include "text/page_metadata.hpp"
#include "text/sanitize.hpp"

using namespace posy::text;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view input(reinterpret_cast<char const*>(data), size);
  auto line = std::min(input.find('\n'), input.size());
  std::string html = page_to_utf8(input.substr(std::min(line + 1, size)), input.substr(0, line));
  POSY_ASSERT(flatten_page_head(html).size() <= 2 * page_head_bytes_max + 100);
  PageMetadata page = read_page_metadata(html);
  for (auto const* text : {&page.title, &page.description, &page.author_name, &page.provider_name, &page.image,
                           &page.image_description, &page.canonical, &page.language, &page.creator}) {
    POSY_ASSERT(posy::is_valid_utf8(*text));
    POSY_ASSERT(text->find('\n') == text->npos && text->find('\0') == text->npos);
  }
  for (auto const* text : {&page.title, &page.description, &page.image, &page.canonical})
    POSY_ASSERT(text->size() <= 64 << 10);
  auto links = links_in_html(sanitize_html(html), 20);
  POSY_ASSERT(links.size() <= 20);
  for (auto const& link : links) POSY_ASSERT(is_web_link(link));
  return 0;
}
