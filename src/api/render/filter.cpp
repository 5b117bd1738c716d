#include "api/render/filter.hpp"

#include <unordered_map>

#include "json/write.hpp"

namespace posy::api {
namespace {

std::vector<std::string> context_names(int contexts) {
  std::vector<std::string> names;
  for (auto const& [context, name] : store::filter_context_names)
    if ((contexts & static_cast<int>(context)) != 0) names.emplace_back(name);
  return names;
}

entities::Filter make_filter(store::Filter const& row) {
  return {.id = row.id.str(),
          .title = row.title,
          .context = context_names(row.contexts),
          .expires_at = row.expires_at,
          .filter_action = std::string(store::name_of(row.action))};
}

}  // namespace

entities::FilterKeyword make_filter_keyword(store::FilterKeyword const& row) {
  return {.id = row.id.str(), .keyword = row.keyword, .whole_word = row.whole_word};
}

entities::FilterStatus make_filter_status(store::FilterPost const& row) {
  return {.id = row.id.str(), .status_id = row.post.str()};
}

std::vector<entities::Filter> load_filter_entities(db::Reader& r, std::vector<store::Filter> const& rows) {
  std::vector<FilterId> ids;
  for (auto const& row : rows) ids.push_back(row.id);
  std::unordered_map<FilterId, std::vector<entities::FilterKeyword>> keywords;
  for (auto const& row : store::keywords_of(r, ids)) keywords[row.filter].push_back(make_filter_keyword(row));
  std::unordered_map<FilterId, std::vector<entities::FilterStatus>> statuses;
  for (auto const& row : store::filter_posts_of(r, ids))
    statuses[row.filter].push_back(make_filter_status(row));

  std::vector<entities::Filter> out;
  for (auto const& row : rows) {
    auto& entity = out.emplace_back(make_filter(row));
    entity.keywords = std::move(keywords[row.id]);
    entity.statuses = std::move(statuses[row.id]);
  }
  return out;
}

entities::V1Filter make_v1_filter(store::Filter const& filter, store::FilterKeyword const& keyword) {
  return {.id = keyword.id.str(),
          .phrase = keyword.keyword,
          .context = context_names(filter.contexts),
          .whole_word = keyword.whole_word,
          .expires_at = filter.expires_at,
          .irreversible = filter.action == store::FilterAction::hide};
}

std::string render_filter_results(std::vector<social::FilterMatch> const& matches, PostId post) {
  std::vector<entities::FilterResult> results;
  for (auto const& match : matches) {
    auto& result = results.emplace_back(entities::FilterResult{.filter = make_filter(*match.filter)});
    if (!match.keywords.empty()) result.keyword_matches = match.keywords;
    if (match.post) result.status_matches = std::vector<std::string>{post.str()};
  }
  return json::to_json(results);
}

}  // namespace posy::api
