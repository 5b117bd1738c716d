// Whatever a person types: composing gives HTML that the sanitiser would not change. The first byte
// chooses plain text, Markdown or an essay, which has more than the sanitiser keeps of strangers.
#include "text/compose.hpp"

#include <cstddef>
#include <cstdint>

#include "base/assert.hpp"
#include "base/encoding.hpp"
#include "text/html_guard.hpp"
#include "text/plain.hpp"
#include "text/sanitize.hpp"

using namespace posy::text;

namespace {

Lookups const linking{
    .mention = [](Mention const& mention) -> std::optional<ResolvedMention> {
      if (mention.acct.size() % 2 == 0) return std::nullopt;
      return ResolvedMention{1, "https://example.org/@" + mention.acct, "name", mention.acct};
    },
    .tag_url = [](std::string_view tag) { return "https://example.org/tags/" + posy::percent_encode(tag); },
};

}  // namespace

namespace {

void compose_essay(std::string_view source) {
  Lookups lookups = linking;
  lookups.picture = [](std::int64_t id) -> std::optional<Picture> {
    if (id % 2 == 0) return std::nullopt;
    return Picture{"https://example.org/media/a.jpg", "\"<a>\"", 4, 3};
  };
  auto made = compose(source, SourceType::essay, lookups);
  POSY_ASSERT(posy::is_valid_utf8(made.html));
  POSY_ASSERT(made.pictures.size() <= pictures_max);
  std::string cleaned = sanitize_html(made.html);
  if (made.html.size() < html_input_bytes_max / 2) POSY_ASSERT(sanitize_html(cleaned) == cleaned);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  if (data[0] % 4 == 3) {
    compose_essay({reinterpret_cast<char const*>(data) + 1, size - 1});
    return 0;
  }
  SourceType type = data[0] % 2 == 0 ? SourceType::plain : SourceType::markdown;
  std::string_view source(reinterpret_cast<char const*>(data) + 1, size - 1);

  std::string bare = compose(source, type, {}).html;
  POSY_ASSERT(posy::is_valid_utf8(bare));
  if (bare.size() < html_input_bytes_max) POSY_ASSERT(sanitize_html(bare) == bare);

  // Links to people and tags also open a new page once cleaned; nothing else may differ.
  std::string linked = compose(source, type, linking).html;
  std::string cleaned = sanitize_html(linked);
  if (linked.size() < html_input_bytes_max / 2) {
    POSY_ASSERT(sanitize_html(cleaned) == cleaned);
    POSY_ASSERT(html_to_text(cleaned) == html_to_text(linked));
  }
  count_characters(source);
  return 0;
}
