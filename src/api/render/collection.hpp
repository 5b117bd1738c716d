// Collection rows to entities, a page at a time, as a viewer may see them.
#pragma once

#include <vector>

#include "api/entities/collection.hpp"
#include "social/site.hpp"
#include "social/visibility.hpp"

namespace posy::api {

entities::CollectionItem make_collection_item(store::CollectionItem const& item);
// In the order given.
std::vector<entities::Collection> make_collections(db::Reader& r, social::Site const& site,
                                                   social::Viewer viewer,
                                                   std::vector<store::Collection> const& collections);

}  // namespace posy::api
