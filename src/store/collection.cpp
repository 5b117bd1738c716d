#include "store/collection.hpp"

namespace posy::store {

std::optional<Collection> find_collection(db::Reader& r, CollectionId id) {
  return r.find<Collection>("select :row from collection where id = $1", id);
}

std::int64_t count_collections(db::Reader& r, AccountId owner) {
  return r.one<std::int64_t>("select count(*) from collection where account = $1", owner);
}

std::vector<Collection> collections_of(db::Reader& r, AccountId owner, bool all, int limit, int offset) {
  return r.all<Collection>(R"sql(
      select :row from collection
      where account = $1 and (discoverable = 1 or $2 = 1)
      order by id desc limit $3 offset $4
  )sql",
                           owner, all, limit, offset);
}

std::vector<Collection> collections_with(db::Reader& r, AccountId member, int limit, int offset) {
  return r.all<Collection>(R"sql(
      select :row(c) from collection_item i
      join collection c on c.id = i.collection
      join account a on a.id = c.account
      where i.account = $1 and i.state in ($2, $3) and a.suspended_at is null
        and not exists (select 1 from block where account = $1 and target = c.account)
        and not exists (select 1 from block where account = c.account and target = $1)
      order by i.collection desc limit $4 offset $5
  )sql",
                           member, Consent::pending, Consent::accepted, limit, offset);
}

void insert_collection(db::Writer& w, Collection const& collection) {
  w.insert("collection", collection);
}

void update_collection(db::Writer& w, Collection const& collection) {
  w.run(R"sql(
      update collection
      set name = $2, description = $3, language = $4, tag = $5, sensitive = $6, discoverable = $7,
          updated_at = $8
      where id = $1
  )sql",
        collection.id, collection.name, collection.description, collection.language, collection.tag,
        collection.sensitive, collection.discoverable, collection.updated_at);
}

void delete_collection(db::Writer& w, CollectionId id) {
  w.run("delete from collection where id = $1", id);
}

std::optional<CollectionItem> find_collection_item(db::Reader& r, CollectionId collection,
                                                   CollectionItemId id) {
  return r.find<CollectionItem>("select :row from collection_item where id = $1 and collection = $2", id,
                                collection);
}

std::int64_t count_collection_items(db::Reader& r, CollectionId collection) {
  return r.one<std::int64_t>(
      "select count(*) from collection_item where collection = $1 and state in ($2, $3)", collection,
      Consent::pending, Consent::accepted);
}

std::vector<CollectionItem> collection_items(db::Reader& r, AccountId viewer,
                                             std::vector<CollectionId> const& collections) {
  if (collections.empty()) return {};
  // The viewer's number, not her id: 0 for a visitor, whom no row names.
  return r.all<CollectionItem>(R"sql(
      select :row(i) from collection_item i
      join collection c on c.id = i.collection
      join account a on a.id = i.account
      where i.collection in ids($1)
        and (i.state = $3 or (i.state = $4 and c.account = $2))
        and a.suspended_at is null
        and not exists (select 1 from block where account = i.account and target = c.account)
        and not exists (select 1 from block where account = c.account and target = i.account)
        and not exists (select 1 from block where account = $2 and target = i.account)
      order by i.collection, i.id
  )sql",
                               collections, viewer.value, Consent::accepted, Consent::pending);
}

bool insert_collection_item(db::Writer& w, CollectionItem const& item) {
  return w.insert_new("collection_item", item);
}

void set_consent(db::Writer& w, CollectionItemId id, Consent consent) {
  w.run("update collection_item set state = $2 where id = $1", id, consent);
}

void delete_collection_item(db::Writer& w, CollectionItemId id) {
  w.run("delete from collection_item where id = $1", id);
}

}  // namespace posy::store
