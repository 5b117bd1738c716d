// Filters, new and old form, and what they did to a status. (docs.joinmastodon.org/entities: Filter,
// FilterKeyword, FilterStatus, FilterResult, V1_Filter)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "json/omittable.hpp"

namespace posy::api::entities {

struct FilterKeyword {
  std::string id;
  std::string keyword;
  bool whole_word = false;
};
BOOST_DESCRIBE_STRUCT(FilterKeyword, (), (id, keyword, whole_word))

struct FilterStatus {
  std::string id;
  std::string status_id;
};
BOOST_DESCRIBE_STRUCT(FilterStatus, (), (id, status_id))

struct Filter {
  std::string id;
  std::string title;
  std::vector<std::string> context;
  std::optional<Time> expires_at;
  std::string filter_action;
  json::Omittable<std::vector<FilterKeyword>> keywords;  // absent inside a FilterResult
  json::Omittable<std::vector<FilterStatus>> statuses;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (id, title, context, expires_at, filter_action, keywords, statuses))

struct FilterResult {
  Filter filter;
  std::optional<std::vector<std::string>> keyword_matches;
  std::optional<std::vector<std::string>> status_matches;
};
BOOST_DESCRIBE_STRUCT(FilterResult, (), (filter, keyword_matches, status_matches))

struct V1Filter {
  std::string id;
  std::string phrase;
  std::vector<std::string> context;
  bool whole_word = false;
  std::optional<Time> expires_at;
  bool irreversible = false;
};
BOOST_DESCRIBE_STRUCT(V1Filter, (), (id, phrase, context, whole_word, expires_at, irreversible))

}  // namespace posy::api::entities
