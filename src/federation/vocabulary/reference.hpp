// One document that names another: only by its id, or with a copy in itself.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace posy::federation {

// The copy is believed only if the one who sent it may speak for its id; nothing here checks that.
struct Reference {
  std::string id;                // empty for an embedded object without one
  boost::json::object embedded;  // empty when there was only an id

  explicit operator bool() const { return !id.empty() || !embedded.empty(); }
  bool operator==(Reference const&) const = default;
};

// A string, an object with `id` (or `href`, if it is a link), or the first of a list that is one of these.
// Empty when none is an IRI. "as:Public" becomes `public_collection`.
std::string id_of(boost::json::value const& value);
std::string id_of(boost::json::object const& document);
// All of a list, or the only one; each once, in order.
std::vector<std::string> ids_of(boost::json::value const& value, std::size_t max);

Reference reference_of(boost::json::value const& value);

}  // namespace posy::federation
