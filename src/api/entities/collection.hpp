// Collections of accounts. (docs.joinmastodon.org/entities/Collection, CollectionItem,
// CollectionWithAccounts)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "api/entities/status.hpp"
#include "store/collection.hpp"

namespace posy::api::entities {

struct CollectionItem {
  std::string id;
  std::string account_id;
  store::Consent state{};
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(CollectionItem, (), (id, account_id, state, created_at))

struct Collection {
  std::string id;
  std::string account_id;
  std::string uri;
  std::optional<std::string> url;  // null: it has no page
  std::string name;
  std::string description;
  std::optional<std::string> language;
  bool local = true;
  bool sensitive = false;
  bool discoverable = false;
  std::optional<StatusTag> tag;
  Time created_at;
  Time updated_at;
  std::int64_t item_count = 0;
  std::vector<CollectionItem> items;
};
BOOST_DESCRIBE_STRUCT(Collection, (),
                      (id, account_id, uri, url, name, description, language, local, sensitive, discoverable,
                       tag, created_at, updated_at, item_count, items))

struct WrappedCollection {
  Collection collection;
};
BOOST_DESCRIBE_STRUCT(WrappedCollection, (), (collection))

struct WrappedCollectionItem {
  CollectionItem collection_item;
};
BOOST_DESCRIBE_STRUCT(WrappedCollectionItem, (), (collection_item))

struct CollectionWithAccounts {
  json::Raw accounts;  // the owner and those she recommends
  Collection collection;
};
BOOST_DESCRIBE_STRUCT(CollectionWithAccounts, (), (accounts, collection))

struct Collections {
  std::vector<Collection> collections;
};
BOOST_DESCRIBE_STRUCT(Collections, (), (collections))

}  // namespace posy::api::entities
