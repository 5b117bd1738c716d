// Collections and their pages, ordered or not: enough to walk them.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "federation/vocabulary/reference.hpp"

namespace posy::federation {

struct Collection {
  std::string id;
  bool is_ordered = true;
  bool is_page = false;
  std::string attributed_to;
  std::optional<std::int64_t> total_items;
  Reference first;  // often with the first page embedded: read_collection(first.embedded)
  std::string last;
  std::string next;
  std::string prev;
  std::string part_of;
  std::vector<Reference> items;  // ids, or documents in full

  bool operator==(Collection const&) const = default;
};

// What a post says of its likes and shares.
struct CollectionSummary {
  std::string id;
  std::optional<std::int64_t> total_items;

  explicit operator bool() const { return !id.empty() || total_items; }
  bool operator==(CollectionSummary const&) const = default;
};

Result<Collection> read_collection(boost::json::object const& document);
CollectionSummary read_collection_summary(boost::json::value const& value);

boost::json::object write_collection(Collection const& collection);           // to be embedded
boost::json::object write_collection_document(Collection const& collection);  // with @context

}  // namespace posy::federation
