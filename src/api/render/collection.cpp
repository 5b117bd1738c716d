#include "api/render/collection.hpp"

#include <unordered_map>

#include "base/encoding.hpp"
#include "store/tag_follow.hpp"

namespace posy::api {

entities::CollectionItem make_collection_item(store::CollectionItem const& item) {
  return {item.id.str(), item.account.str(), item.state, item.created_at};
}

std::vector<entities::Collection> make_collections(db::Reader& r, social::Site const& site,
                                                   social::Viewer viewer,
                                                   std::vector<store::Collection> const& collections) {
  std::vector<store::CollectionId> ids;
  std::vector<AccountId> owner_ids;
  std::vector<TagId> tag_ids;
  for (auto const& collection : collections) {
    ids.push_back(collection.id);
    owner_ids.push_back(collection.account);
    if (collection.tag) tag_ids.push_back(collection.tag);
  }
  std::unordered_map<store::CollectionId, std::vector<entities::CollectionItem>> items;
  for (auto const& item : store::collection_items(r, viewer.account, ids))
    items[item.collection].push_back(make_collection_item(item));
  std::unordered_map<AccountId, store::Account> owners;
  for (auto& owner : store::accounts_by_id(r, owner_ids)) owners.emplace(owner.id, std::move(owner));
  std::unordered_map<TagId, store::Tag> tags;
  for (auto& tag : store::tags_by_id(r, tag_ids)) tags.emplace(tag.id, std::move(tag));

  std::vector<entities::Collection> out;
  for (auto const& row : collections) {
    entities::Collection entity{
        .id = row.id.str(),
        .account_id = row.account.str(),
        .uri = site.account_uri(owners.at(row.account)) + "/collections/" + row.id.str(),
        .name = row.name,
        .description = escape_html(row.description),
        .sensitive = row.sensitive,
        .discoverable = row.discoverable,
        .created_at = row.created_at,
        .updated_at = row.updated_at,
        .items = std::move(items[row.id]),
    };
    if (!row.language.empty()) entity.language = row.language;
    if (auto tag = tags.find(row.tag); tag != tags.end())
      entity.tag = {tag->second.name, site.tag_url(tag->second.name)};
    entity.item_count = static_cast<std::int64_t>(entity.items.size());
    out.push_back(std::move(entity));
  }
  return out;
}

}  // namespace posy::api
