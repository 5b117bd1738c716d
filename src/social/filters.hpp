// Filters: what somebody does not want to see. These are the verbs; filter_match.hpp applies them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "store/filter.hpp"

namespace posy::social {

constexpr std::size_t filters_max = 500;           // of one person
constexpr std::size_t filter_keywords_max = 1000;  // of one filter
constexpr std::size_t filter_posts_max = 1000;     // of one filter
constexpr std::size_t keyword_characters_max = 512;
constexpr std::size_t filter_title_characters_max = 256;

// What may be said of a filter; what is not given stays as it is.
struct FilterChange {
  std::optional<std::string> title;
  std::optional<std::vector<store::FilterContext>> contexts;
  std::optional<store::FilterAction> action;
  std::optional<std::optional<std::chrono::seconds>> expires_in;  // given as nothing: never
};

// One entry of "keywords_attributes": no id adds, an id changes, `remove` takes it out.
struct KeywordChange {
  RowId id;
  std::optional<std::string> keyword;
  std::optional<bool> whole_word;
  bool remove = false;
};

// Missing and oversized values are unprocessable; filters of others are not_found.
store::Filter add_filter(db::Writer& w, AccountId who, FilterChange const& change,
                         std::vector<KeywordChange> const& keywords);
store::Filter change_filter(db::Writer& w, AccountId who, FilterId id, FilterChange const& change,
                            std::vector<KeywordChange> const& keywords);
void remove_filter(db::Writer& w, AccountId who, FilterId id);

store::FilterKeyword add_keyword(db::Writer& w, AccountId who, FilterId filter, KeywordChange const& keyword);
store::FilterKeyword change_keyword(db::Writer& w, AccountId who, KeywordChange const& keyword);
void remove_keyword(db::Writer& w, AccountId who, RowId id);

store::FilterPost add_filter_post(db::Writer& w, AccountId who, FilterId filter, PostId post);
void remove_filter_post(db::Writer& w, AccountId who, RowId id);

// For the reading half of the routes: not_found unless it is hers.
store::Filter load_filter(db::Reader& r, AccountId who, FilterId id);
store::FilterKeyword load_keyword(db::Reader& r, AccountId who, RowId id);
store::FilterPost load_filter_post(db::Reader& r, AccountId who, RowId id);

}  // namespace posy::social
