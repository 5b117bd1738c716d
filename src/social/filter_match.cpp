#include "social/filter_match.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <cstring>

#include "base/assert.hpp"
#include "text/characters.hpp"

namespace posy::social {
namespace {

// Text longer than this is matched at its start only.
constexpr std::size_t text_bytes_max = 256 * 1024;

// One spelling for texts that differ in case and in the form of their characters only: NFKC with case
// folding.
std::string fold(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  auto const* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(error))
    normalizer->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
                              nullptr, error);
  // Without ICU's data there is no folding, and nothing else of ours would work either.
  POSY_ASSERT(U_SUCCESS(error));
  return out;
}

FilterSet::Keyword prepare(store::FilterKeyword const& keyword) {
  FilterSet::Keyword out{.text = keyword.keyword, .folded = fold(keyword.keyword)};
  // "#tag" as a whole word: the mark in front is no part of a word and needs no border.
  out.bound_left = keyword.whole_word && text::is_word(text::character_at(out.folded, 0));
  out.bound_right =
      keyword.whole_word && text::is_word(text::character_before(out.folded, out.folded.size()));
  return out;
}

bool fits(std::string_view text, std::size_t start, std::size_t end, FilterSet::Keyword const& keyword) {
  return !(keyword.bound_left && text::is_word(text::character_before(text, start))) &&
         !(keyword.bound_right && text::is_word(text::character_at(text, end)));
}

// Most texts do not hold the word, and memmem says so fast. Where they do, every place is looked at with
// Knuth, Morris and Pratt's method, which never goes back in the text however the word repeats itself.
bool found_in(std::string_view text, FilterSet::Keyword const& keyword) {
  std::string_view word = keyword.folded;
  if (word.empty()) return false;
  auto const* first = static_cast<char const*>(memmem(text.data(), text.size(), word.data(), word.size()));
  if (!first) return false;

  std::vector<std::size_t> border(word.size(), 0);  // of each prefix: its longest end that is also its start
  for (std::size_t i = 1, k = 0; i < word.size(); ++i) {
    while (k > 0 && word[i] != word[k]) k = border[k - 1];
    if (word[i] == word[k]) ++k;
    border[i] = k;
  }
  std::size_t matched = 0;
  for (auto at = static_cast<std::size_t>(first - text.data()); at < text.size(); ++at) {
    while (matched > 0 && text[at] != word[matched]) matched = border[matched - 1];
    if (text[at] == word[matched]) ++matched;
    if (matched < word.size()) continue;
    if (fits(text, at + 1 - word.size(), at + 1, keyword)) return true;
    matched = border[matched - 1];
  }
  return false;
}

}  // namespace

FilterSet load_filters(db::Reader& r, AccountId account) {
  FilterSet set;
  std::vector<FilterId> ids;
  for (auto& filter : store::filters_of(r, account)) {
    if (filter.expires_at && *filter.expires_at <= r.now()) continue;
    ids.push_back(filter.id);
    set.entries.push_back({.filter = std::move(filter)});
  }
  auto entry_of = [&](FilterId id) {
    auto found =
        std::ranges::lower_bound(set.entries, id, {}, [](auto const& entry) { return entry.filter.id; });
    return found != set.entries.end() && found->filter.id == id ? &*found : nullptr;
  };
  for (auto const& keyword : store::keywords_of(r, ids))
    if (auto* entry = entry_of(keyword.filter)) entry->keywords.push_back(prepare(keyword));
  for (auto const& row : store::filter_posts_of(r, ids))
    if (auto* entry = entry_of(row.filter)) entry->posts.insert(row.post);
  return set;
}

std::vector<FilterMatch> match(FilterSet const& filters, int contexts, std::string_view text, PostId post,
                               Time now) {
  std::vector<FilterMatch> matches;
  std::string folded;
  bool is_folded = false;
  for (auto const& entry : filters.entries) {
    if ((entry.filter.contexts & contexts) == 0) continue;
    if (entry.filter.expires_at && *entry.filter.expires_at <= now) continue;
    if (!is_folded && !entry.keywords.empty()) {
      folded = fold(text.substr(0, text_bytes_max));
      is_folded = true;
    }
    FilterMatch found{.filter = &entry.filter, .post = entry.posts.contains(post)};
    for (auto const& keyword : entry.keywords)
      if (found_in(folded, keyword)) found.keywords.push_back(keyword.text);
    if (found.post || !found.keywords.empty()) matches.push_back(std::move(found));
  }
  return matches;
}

}  // namespace posy::social
