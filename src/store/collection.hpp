// Collections: people whom somebody recommends to others, each of whom has a say in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

using CollectionId = Id<struct CollectionTag>;
using CollectionItemId = Id<struct CollectionItemTag>;

// What the one who is recommended says to it. Only the accepted are shown to everybody; those who refused or
// took their consent back are remembered, so that nobody asks or lists them again.
enum class Consent { pending, accepted, rejected, revoked };
constexpr EnumName<Consent> consent_names[] = {{Consent::pending, "pending"},
                                               {Consent::accepted, "accepted"},
                                               {Consent::rejected, "rejected"},
                                               {Consent::revoked, "revoked"}};
inline std::string_view name_of(Consent consent) {
  return name_in(consent_names, consent);
}

struct Collection {
  CollectionId id;
  AccountId account;  // its owner
  std::string name;
  std::string description;
  std::string language;  // empty: not said
  TagId tag;             // none: no tag
  bool sensitive = false;
  bool discoverable = true;  // stands on its owner's profile
  Time created_at;
  Time updated_at;
};
BOOST_DESCRIBE_STRUCT(Collection, (),
                      (id, account, name, description, language, tag, sensitive, discoverable, created_at,
                       updated_at))

struct CollectionItem {
  CollectionItemId id;
  CollectionId collection;
  AccountId account;
  Consent state = Consent::pending;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(CollectionItem, (), (id, collection, account, state, created_at))

std::optional<Collection> find_collection(db::Reader& r, CollectionId id);
std::int64_t count_collections(db::Reader& r, AccountId owner);
// Newest first. `all` is for the owner; others are shown the discoverable ones.
std::vector<Collection> collections_of(db::Reader& r, AccountId owner, bool all, int limit, int offset);
// Where somebody is recommended or about to be, newest first; none of suspended people, none across a block.
std::vector<Collection> collections_with(db::Reader& r, AccountId member, int limit, int offset);
void insert_collection(db::Writer& w, Collection const& collection);
void update_collection(db::Writer& w, Collection const& collection);
void delete_collection(db::Writer& w, CollectionId id);

std::optional<CollectionItem> find_collection_item(db::Reader& r, CollectionId collection,
                                                   CollectionItemId id);
// In use: pending and accepted ones.
std::int64_t count_collection_items(db::Reader& r, CollectionId collection);
// What `viewer` is shown, by collection and oldest first: the accepted, to the owner the pending too; nobody
// who is suspended, who has blocked the owner or was blocked by her, or whom the viewer has blocked.
std::vector<CollectionItem> collection_items(db::Reader& r, AccountId viewer,
                                             std::vector<CollectionId> const& collections);
// False when the account has an item there already, in whatever state.
bool insert_collection_item(db::Writer& w, CollectionItem const& item);
void set_consent(db::Writer& w, CollectionItemId id, Consent consent);
void delete_collection_item(db::Writer& w, CollectionItemId id);

}  // namespace posy::store
