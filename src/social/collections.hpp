// Collections: people whom somebody recommends. Everybody may look at one but those between whom and its
// owner stands a block; to them it is not there. Its owner alone changes it: forbidden for others.
//
// Nobody is recommended who does not want to be found: the members are people of this server with a
// discoverable profile, who are accepted at once. What other servers' people want is not known here, and who
// is not known to agree is not taken. Each may leave, and cannot be put back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "social/complaint.hpp"
#include "social/visibility.hpp"
#include "store/collection.hpp"

namespace posy::social {

constexpr int collections_max = 10;       // of one person
constexpr int collection_items_max = 25;  // of one collection

struct CollectionChange {
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::optional<std::string> language;  // empty: not said
  std::optional<std::string> tag;       // with or without '#'; empty: none
  std::optional<bool> sensitive;
  std::optional<bool> discoverable;
};

std::vector<Complaint> check_new_collection(CollectionChange const& change);
std::vector<Complaint> check_collection(CollectionChange const& change);

store::Collection load_collection(db::Reader& r, Viewer viewer, store::CollectionId id);
store::Collection load_own_collection(db::Reader& r, AccountId who, store::CollectionId id);
// Newest first: all to the owner, the discoverable to others, none across a block or of the suspended.
std::vector<store::Collection> profile_collections(db::Reader& r, Viewer viewer, AccountId owner, int limit,
                                                   int offset);

// Refused as a whole when one of `members` cannot be taken.
store::Collection create_collection(db::Writer& w, AccountId who, CollectionChange const& change,
                                    std::vector<AccountId> const& members);
store::Collection change_collection(db::Writer& w, AccountId who, store::CollectionId id,
                                    CollectionChange const& change);
void delete_collection(db::Writer& w, AccountId who, store::CollectionId id);

store::CollectionItem add_to_collection(db::Writer& w, AccountId who, store::CollectionId id,
                                        AccountId member);
void remove_from_collection(db::Writer& w, AccountId who, store::CollectionId id,
                            store::CollectionItemId item);
// The member takes her consent back, whatever stands between her and the owner; forbidden for others.
void leave_collection(db::Writer& w, AccountId who, store::CollectionId id, store::CollectionItemId item);

}  // namespace posy::social
