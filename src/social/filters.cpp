#include "social/filters.hpp"

#include <algorithm>

#include "social/live.hpp"
#include "social/visibility.hpp"
#include "text/normalize.hpp"

namespace posy::social {

using store::Filter;
using store::FilterKeyword;
using store::FilterPost;

namespace {

// Longer than anybody means; keeps the sum far from overflowing.
constexpr std::chrono::seconds expires_in_max = std::chrono::years(100);

[[noreturn]] void invalid(std::string const& what) {
  refuse(Refusal::unprocessable, "Validation failed: " + what);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

// Cleaned, not blank and not too long; `name` is what the complaint calls it.
std::string checked_text(std::string_view text, std::string const& name, std::size_t characters_max) {
  auto clean = text::scrub(text);
  auto first = clean.find_first_not_of(" \t\n");
  if (first == clean.npos) invalid(name + " can't be blank");
  clean = clean.substr(first, clean.find_last_not_of(" \t\n") - first + 1);
  if (characters(clean) > characters_max)
    invalid(name + " is too long (maximum is " + std::to_string(characters_max) + " characters)");
  return clean;
}

void apply(Filter& filter, FilterChange const& change, Time now) {
  if (change.title) filter.title = checked_text(*change.title, "Title", filter_title_characters_max);
  if (change.contexts) {
    filter.contexts = 0;
    for (auto context : *change.contexts) filter.contexts |= static_cast<int>(context);
  }
  if (change.action) filter.action = *change.action;
  if (change.expires_in) {
    filter.expires_at.reset();
    if (auto wait = *change.expires_in)
      filter.expires_at = now + std::clamp(*wait, -expires_in_max, expires_in_max);
  }
  if (filter.title.empty()) invalid("Title can't be blank");
  if (filter.contexts == 0) invalid("Context None or invalid context supplied");
}

FilterKeyword make_keyword(db::Writer& w, FilterId filter, KeywordChange const& change) {
  return {.id = w.make_id<RowId>(),
          .filter = filter,
          .keyword = checked_text(change.keyword.value_or(""), "Keyword", keyword_characters_max),
          .whole_word = change.whole_word.value_or(true)};
}

void apply(FilterKeyword& keyword, KeywordChange const& change) {
  if (change.keyword) keyword.keyword = checked_text(*change.keyword, "Keyword", keyword_characters_max);
  if (change.whole_word) keyword.whole_word = *change.whole_word;
}

void apply_keywords(db::Writer& w, Filter const& filter, std::vector<KeywordChange> const& changes) {
  if (changes.empty()) return;
  auto present = store::keywords_of(w, {filter.id});
  std::vector<RowId> removed;
  std::size_t added = 0;
  for (auto const& change : changes) {
    if (!change.id) {
      if (change.remove) continue;
      store::insert_keyword(w, make_keyword(w, filter.id, change));
      ++added;
      continue;
    }
    auto found = std::ranges::find(present, change.id, &FilterKeyword::id);
    if (found == present.end()) refuse(Refusal::not_found, "Record not found");
    if (change.remove) {
      removed.push_back(change.id);
      continue;
    }
    apply(*found, change);
    store::update_keyword(w, *found);
  }
  store::delete_keywords(w, filter.id, removed);
  if (present.size() + added - std::min(removed.size(), present.size()) > filter_keywords_max)
    invalid("a filter has at most " + std::to_string(filter_keywords_max) + " keywords");
}

void changed(db::Writer& w, AccountId who) {
  tell(w, Live::filters_changed, who.value);
}

}  // namespace

Filter load_filter(db::Reader& r, AccountId who, FilterId id) {
  auto filter = store::find_filter(r, who, id);
  if (!filter) refuse(Refusal::not_found, "Record not found");
  return *filter;
}

FilterKeyword load_keyword(db::Reader& r, AccountId who, RowId id) {
  auto keyword = store::find_keyword(r, who, id);
  if (!keyword) refuse(Refusal::not_found, "Record not found");
  return *keyword;
}

FilterPost load_filter_post(db::Reader& r, AccountId who, RowId id) {
  auto post = store::find_filter_post(r, who, id);
  if (!post) refuse(Refusal::not_found, "Record not found");
  return *post;
}

Filter add_filter(db::Writer& w, AccountId who, FilterChange const& change,
                  std::vector<KeywordChange> const& keywords) {
  Filter filter{.id = w.make_id<FilterId>(), .account = who};
  apply(filter, change, w.now());
  if (store::filters_of(w, who).size() >= filters_max)
    invalid("you can have at most " + std::to_string(filters_max) + " filters");
  store::insert_filter(w, filter);
  apply_keywords(w, filter, keywords);
  changed(w, who);
  return filter;
}

Filter change_filter(db::Writer& w, AccountId who, FilterId id, FilterChange const& change,
                     std::vector<KeywordChange> const& keywords) {
  auto filter = load_filter(w, who, id);
  apply(filter, change, w.now());
  store::update_filter(w, filter);
  apply_keywords(w, filter, keywords);
  changed(w, who);
  return filter;
}

void remove_filter(db::Writer& w, AccountId who, FilterId id) {
  store::delete_filter(w, load_filter(w, who, id).id);
  changed(w, who);
}

FilterKeyword add_keyword(db::Writer& w, AccountId who, FilterId filter, KeywordChange const& change) {
  auto id = load_filter(w, who, filter).id;
  if (store::keywords_of(w, {id}).size() >= filter_keywords_max)
    invalid("a filter has at most " + std::to_string(filter_keywords_max) + " keywords");
  auto keyword = make_keyword(w, id, change);
  store::insert_keyword(w, keyword);
  changed(w, who);
  return keyword;
}

FilterKeyword change_keyword(db::Writer& w, AccountId who, KeywordChange const& change) {
  auto keyword = load_keyword(w, who, change.id);
  apply(keyword, change);
  store::update_keyword(w, keyword);
  changed(w, who);
  return keyword;
}

void remove_keyword(db::Writer& w, AccountId who, RowId id) {
  auto keyword = load_keyword(w, who, id);
  store::delete_keywords(w, keyword.filter, {keyword.id});
  changed(w, who);
}

FilterPost add_filter_post(db::Writer& w, AccountId who, FilterId filter, PostId post) {
  auto id = load_filter(w, who, filter).id;
  find_visible_post(w, Viewer{who}, post).value();
  if (store::filter_posts_of(w, {id}).size() >= filter_posts_max)
    invalid("a filter has at most " + std::to_string(filter_posts_max) + " posts");
  FilterPost row{.id = w.make_id<RowId>(), .filter = id, .post = post};
  if (!store::insert_filter_post(w, row)) invalid("Status has already been taken");
  changed(w, who);
  return row;
}

void remove_filter_post(db::Writer& w, AccountId who, RowId id) {
  store::delete_filter_post(w, load_filter_post(w, who, id).id);
  changed(w, who);
}

}  // namespace posy::social
