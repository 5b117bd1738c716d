// Whatever a stranger sends: the result is valid, harmless, and stays as it is when cleaned again.
#include "text/sanitize.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/assert.hpp"
#include "base/encoding.hpp"
#include "text/html_guard.hpp"
#include "text/plain.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view input(reinterpret_cast<char const*>(data), size);
  std::string html = posy::text::sanitize_html(input);
  POSY_ASSERT(posy::is_valid_utf8(html));
  for (char const* danger :
       {"<script", "<style", "<svg", "<math", "<img", "<iframe", "\"javascript:", "\"data:", "<!"}) {
    POSY_ASSERT(html.find(danger) == std::string::npos);
  }
  if (html.size() < posy::text::html_input_bytes_max) POSY_ASSERT(posy::text::sanitize_html(html) == html);
  POSY_ASSERT(posy::is_valid_utf8(posy::text::html_to_text(input)));

  // With pictures there is nothing more to load than what was put in their places.
  auto show = [](posy::text::HtmlPicture const&) { return std::optional<std::string>("picture:0"); };
  std::string shown = posy::text::sanitize_html(input, show);
  POSY_ASSERT(posy::is_valid_utf8(shown));
  constexpr std::string_view picture = "<img src=\"picture:0\" alt=\"";
  for (auto at = shown.find("<img"); at != shown.npos; at = shown.find("<img", at + 1))
    POSY_ASSERT(shown.compare(at, picture.size(), picture) == 0);
  return 0;
}
