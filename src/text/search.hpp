// What a person typed into the search field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace posy::text {

constexpr std::size_t search_words_max = 16;
constexpr std::size_t search_bytes_max = 1000;

// Lower-cased words without the punctuation around them; what stands in quotes ("...", “...”) is one
// item with single spaces. Whoever builds a query from this still quotes each item for its engine.
std::vector<std::string> search_words(std::string_view query);

}  // namespace posy::text
