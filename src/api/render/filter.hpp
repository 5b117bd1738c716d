// Filter rows to entities, and what filters did to a status.
#pragma once

#include <string>
#include <vector>

#include "api/entities/filter.hpp"
#include "social/filter_match.hpp"
#include "store/filter.hpp"

namespace posy::api {

entities::FilterKeyword make_filter_keyword(store::FilterKeyword const& row);
entities::FilterStatus make_filter_status(store::FilterPost const& row);
// With its keywords and posts, in the order of the rows.
std::vector<entities::Filter> load_filter_entities(db::Reader& r, std::vector<store::Filter> const& rows);
entities::V1Filter make_v1_filter(store::Filter const& filter, store::FilterKeyword const& keyword);

// The value of a Status's `filtered`: an array of FilterResult, as JSON.
std::string render_filter_results(std::vector<social::FilterMatch> const& matches, PostId post);

}  // namespace posy::api
