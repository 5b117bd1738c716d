// Filters: words and single posts that a person does not want to see, and where.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

enum class FilterAction { warn, hide, blur };

constexpr EnumName<FilterAction> filter_action_names[] = {
    {FilterAction::warn, "warn"}, {FilterAction::hide, "hide"}, {FilterAction::blur, "blur"}};
inline std::string_view name_of(FilterAction action) {
  return name_in(filter_action_names, action);
}
inline std::optional<FilterAction> parse_enum(std::string_view name, FilterAction*) {
  return find_in(filter_action_names, name);
}

// Where a filter applies; each is a bit of Filter::contexts.
enum class FilterContext { home = 1, notifications = 2, everyone = 4, thread = 8, account = 16 };

constexpr EnumName<FilterContext> filter_context_names[] = {{FilterContext::home, "home"},
                                                            {FilterContext::notifications, "notifications"},
                                                            {FilterContext::everyone, "public"},
                                                            {FilterContext::thread, "thread"},
                                                            {FilterContext::account, "account"}};
inline std::string_view name_of(FilterContext context) {
  return name_in(filter_context_names, context);
}
inline std::optional<FilterContext> parse_enum(std::string_view name, FilterContext*) {
  return find_in(filter_context_names, name);
}

struct Filter {
  FilterId id;
  AccountId account;
  std::string title;
  int contexts = 0;  // bits of FilterContext
  FilterAction action = FilterAction::warn;
  std::optional<Time> expires_at;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (id, account, title, contexts, action, expires_at))

struct FilterKeyword {
  RowId id;
  FilterId filter;
  std::string keyword;
  bool whole_word = true;
};
BOOST_DESCRIBE_STRUCT(FilterKeyword, (), (id, filter, keyword, whole_word))

struct FilterPost {
  RowId id;
  FilterId filter;
  PostId post;
};
BOOST_DESCRIBE_STRUCT(FilterPost, (), (id, filter, post))

std::vector<Filter> filters_of(db::Reader& r, AccountId account);  // oldest first, also the expired
std::optional<Filter> find_filter(db::Reader& r, AccountId account, FilterId id);
std::vector<FilterKeyword> keywords_of(db::Reader& r, std::vector<FilterId> const& filters);
std::vector<FilterPost> filter_posts_of(db::Reader& r, std::vector<FilterId> const& filters);
// Only those of the account's own filters are found.
std::optional<FilterKeyword> find_keyword(db::Reader& r, AccountId account, RowId id);
std::optional<FilterPost> find_filter_post(db::Reader& r, AccountId account, RowId id);

void insert_filter(db::Writer& w, Filter const& filter);
void update_filter(db::Writer& w, Filter const& filter);
void delete_filter(db::Writer& w, FilterId id);
void insert_keyword(db::Writer& w, FilterKeyword const& keyword);
void update_keyword(db::Writer& w, FilterKeyword const& keyword);
void delete_keywords(db::Writer& w, FilterId filter, std::vector<RowId> const& ids);
bool insert_filter_post(db::Writer& w, FilterPost const& post);  // false when it was there
void delete_filter_post(db::Writer& w, RowId id);

}  // namespace posy::store
