#include "federation/vocabulary/collection.hpp"

#include <boost/json/array.hpp>

#include "federation/vocabulary/context.hpp"
#include "federation/vocabulary/kinds.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/writing.hpp"

namespace posy::federation {

namespace json = boost::json;

Result<Collection> read_collection(json::object const& document) {
  if (kind_of(document) != DocumentKind::collection) return unprocessable("The document is no collection");
  Collection collection{.id = read_id(document, "id"),
                        .attributed_to = read_id(document, "attributedTo"),
                        .total_items = read_count(document, "totalItems"),
                        .last = read_id(document, "last"),
                        .next = read_id(document, "next"),
                        .prev = read_id(document, "prev"),
                        .part_of = read_id(document, "partOf")};
  for (auto type : types_of(document)) {
    if (type == "Collection" || type == "CollectionPage") collection.is_ordered = false;
    if (type == "CollectionPage" || type == "OrderedCollectionPage") collection.is_page = true;
  }
  if (auto const* first = find_member(document, "first")) collection.first = reference_of(*first);
  bool has_ordered = find_member(document, "orderedItems") != nullptr;
  for (auto const& value : values_in(document, has_ordered ? "orderedItems" : "items", limits::items_max)) {
    if (value.is_array()) continue;
    if (Reference item = reference_of(value)) collection.items.push_back(std::move(item));
  }
  return collection;
}

CollectionSummary read_collection_summary(json::value const& value) {
  CollectionSummary summary{.id = id_of(value)};
  for (auto const& one : values_of(value, 1))
    if (auto const* object = one.if_object()) summary.total_items = read_count(*object, "totalItems");
  return summary;
}

json::object write_collection(Collection const& collection) {
  json::object out;
  put(out, "id", collection.id);
  std::string type = collection.is_ordered ? "OrderedCollection" : "Collection";
  put(out, "type", collection.is_page ? type + "Page" : type);
  put(out, "attributedTo", collection.attributed_to);
  if (collection.total_items) put_value(out, "totalItems", *collection.total_items);
  put(out, "partOf", collection.part_of);
  put(out, "first", collection.first);
  put(out, "last", collection.last);
  put(out, "prev", collection.prev);
  put(out, "next", collection.next);
  json::array items;
  items.reserve(collection.items.size());
  for (auto const& item : collection.items) {
    if (item.embedded.empty())
      items.emplace_back(item.id);
    else
      items.emplace_back(item.embedded);
  }
  // A page without items says so; a collection without says nothing when its items are on pages.
  if (collection.is_page || !items.empty() || !collection.first)
    put_value(out, collection.is_ordered ? "orderedItems" : "items", std::move(items));
  return out;
}

json::object write_collection_document(Collection const& collection) {
  return with_context(ContextKind::object, write_collection(collection));
}

}  // namespace posy::federation
