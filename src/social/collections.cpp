#include "social/collections.hpp"

#include <algorithm>

#include "social/tags.hpp"
#include "store/account.hpp"
#include "store/relation.hpp"
#include "text/language.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"

namespace posy::social {

using store::Collection;
using store::CollectionId;
using store::CollectionItem;
using store::CollectionItemId;
using store::Consent;

namespace {

constexpr std::size_t name_characters_max = 40;
constexpr std::size_t description_characters_max = 100;
// What people see as one character may be many bytes, but not any number.
constexpr std::size_t character_bytes_max = 32;

bool is_longer(std::string const& text, std::size_t characters) {
  return text.size() > characters * character_bytes_max || text::truncate(text, characters) != text;
}

std::string too_long(std::size_t characters) {
  return "is too long (maximum is " + std::to_string(characters) + " characters)";
}

void apply(db::Writer& w, CollectionChange const& change, Collection& collection) {
  if (change.name) collection.name = text::scrub(*change.name);
  if (change.description) collection.description = text::scrub(*change.description);
  if (change.language) collection.language = *change.language;
  if (change.tag) collection.tag = change.tag->empty() ? TagId{} : find_or_add_tag(w, *change.tag).id;
  if (change.sensitive) collection.sensitive = *change.sensitive;
  if (change.discoverable) collection.discoverable = *change.discoverable;
}

bool is_hidden(db::Reader& r, Viewer viewer, store::Account const& owner) {
  if (owner.suspended_at) return true;
  if (!viewer.account || viewer.account == owner.id) return false;
  return store::is_blocked_between(r, owner.id, viewer.account);
}

void require_agreeing(db::Reader& r, AccountId owner, std::vector<AccountId> const& members) {
  auto agreeing = r.one<std::int64_t>(R"sql(
      select count(*) from account a
      where a.id in ids($1) and a.domain = '' and a.discoverable = 1 and a.suspended_at is null
        and not exists (select 1 from block where account = a.id and target = $2)
        and not exists (select 1 from block where account = $2 and target = a.id)
  )sql",
                                      members, owner);
  if (agreeing != static_cast<std::int64_t>(members.size()))
    refuse(Refusal::unprocessable, "Validation failed: Account cannot be featured in collections");
}

CollectionItem add_item(db::Writer& w, CollectionId collection, AccountId member) {
  CollectionItem item{w.make_id<CollectionItemId>(), collection, member, Consent::accepted, w.now()};
  if (!store::insert_collection_item(w, item))
    refuse(Refusal::unprocessable, "Validation failed: Account has already been taken");
  return item;
}

[[noreturn]] void refuse_more_items() {
  refuse(Refusal::unprocessable, "Validation failed: Collection cannot hold more than " +
                                     std::to_string(collection_items_max) + " accounts");
}

}  // namespace

std::vector<Complaint> check_collection(CollectionChange const& change) {
  std::vector<Complaint> out;
  if (change.name) {
    auto name = text::scrub(*change.name);
    if (name.find_first_not_of(" \t\n") == name.npos) out.push_back({"name", "ERR_BLANK", "can't be blank"});
    if (is_longer(name, name_characters_max))
      out.push_back({"name", "ERR_TOO_LONG", too_long(name_characters_max)});
  }
  if (change.description && is_longer(text::scrub(*change.description), description_characters_max))
    out.push_back({"description", "ERR_TOO_LONG", too_long(description_characters_max)});
  if (change.language && !change.language->empty() && !text::is_known_language(*change.language))
    out.push_back({"language", "ERR_INCLUSION", "is not included in the list"});
  if (change.tag && !change.tag->empty() && !is_hashtag(*change.tag))
    out.push_back({"tag_name", "ERR_INVALID", "is invalid"});
  return out;
}

std::vector<Complaint> check_new_collection(CollectionChange const& change) {
  auto out = check_collection(change);
  if (!change.name) out.insert(out.begin(), {"name", "ERR_BLANK", "can't be blank"});
  return out;
}

Collection load_collection(db::Reader& r, Viewer viewer, CollectionId id) {
  auto collection = store::find_collection(r, id);
  auto owner = collection ? store::find_account(r, collection->account) : std::nullopt;
  if (!owner || is_hidden(r, viewer, *owner)) refuse(Refusal::not_found, not_found().message);
  return *collection;
}

Collection load_own_collection(db::Reader& r, AccountId who, CollectionId id) {
  Collection collection = load_collection(r, Viewer{who}, id);
  if (collection.account != who) refuse(Refusal::forbidden, forbidden().message);
  return collection;
}

std::vector<Collection> profile_collections(db::Reader& r, Viewer viewer, AccountId id, int limit,
                                            int offset) {
  auto owner = store::find_account(r, id);
  if (!owner) refuse(Refusal::not_found, not_found().message);
  if (is_hidden(r, viewer, *owner)) return {};
  return store::collections_of(r, id, viewer.account == id, limit, offset);
}

Collection create_collection(db::Writer& w, AccountId who, CollectionChange const& change,
                             std::vector<AccountId> const& members) {
  if (auto wrong = check_new_collection(change); !wrong.empty())
    refuse(Refusal::unprocessable, message_of(wrong));
  if (store::count_collections(w, who) >= collections_max)
    refuse(Refusal::unprocessable, "Validation failed: You have reached the maximum number of collections");
  std::vector<AccountId> distinct = members;
  std::ranges::sort(distinct);
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  if (distinct.size() > collection_items_max) refuse_more_items();
  require_agreeing(w, who, distinct);

  Collection collection{.id = w.make_id<CollectionId>(), .account = who};
  apply(w, change, collection);
  collection.created_at = collection.updated_at = w.now();
  store::insert_collection(w, collection);
  // In the order in which they were named; few, by the bound above.
  for (auto member : members)
    if (auto at = std::ranges::find(distinct, member); at != distinct.end()) {
      distinct.erase(at);
      add_item(w, collection.id, member);
    }
  return collection;
}

Collection change_collection(db::Writer& w, AccountId who, CollectionId id, CollectionChange const& change) {
  Collection collection = load_own_collection(w, who, id);
  if (auto wrong = check_collection(change); !wrong.empty())
    refuse(Refusal::unprocessable, message_of(wrong));
  apply(w, change, collection);
  collection.updated_at = w.now();
  store::update_collection(w, collection);
  return collection;
}

void delete_collection(db::Writer& w, AccountId who, CollectionId id) {
  store::delete_collection(w, load_own_collection(w, who, id).id);
}

CollectionItem add_to_collection(db::Writer& w, AccountId who, CollectionId id, AccountId member) {
  Collection collection = load_own_collection(w, who, id);
  require_agreeing(w, who, {member});
  // The update also locks the row: two additions at once do not pass the limit together.
  collection.updated_at = w.now();
  store::update_collection(w, collection);
  if (store::count_collection_items(w, id) >= collection_items_max) refuse_more_items();
  return add_item(w, id, member);
}

void remove_from_collection(db::Writer& w, AccountId who, CollectionId id, CollectionItemId item) {
  load_own_collection(w, who, id);
  auto found = store::find_collection_item(w, id, item);
  // A refusal is not the owner's to forget.
  bool in_use = found && (found->state == Consent::accepted || found->state == Consent::pending);
  if (!in_use) refuse(Refusal::not_found, not_found().message);
  store::delete_collection_item(w, item);
}

void leave_collection(db::Writer& w, AccountId who, CollectionId id, CollectionItemId item) {
  auto found = store::find_collection_item(w, id, item);
  if (!found) refuse(Refusal::not_found, not_found().message);
  if (found->account != who) refuse(Refusal::forbidden, forbidden().message);
  store::set_consent(w, item, Consent::revoked);
}

}  // namespace posy::social
