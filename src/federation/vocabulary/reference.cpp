#include "federation/vocabulary/reference.hpp"

#include <boost/json/string.hpp>
#include <unordered_set>

#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/reading.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

// How many elements of a list are looked at where one is meant.
constexpr std::size_t candidates_max = 64;

std::string id_of_text(json::string const& text) {
  std::string_view id(text.data(), text.size());
  if (id == "as:Public" || id == "Public") return std::string(public_collection);
  return is_iri(id) ? std::string(id) : std::string();
}

// Of one value; a list has none.
std::string id_of_one(json::value const& value) {
  if (auto const* text = value.if_string()) return id_of_text(*text);
  if (auto const* object = value.if_object()) return id_of(*object);
  return {};
}

}  // namespace

std::string id_of(json::object const& document) {
  for (auto name : {"id", "href"}) {
    auto const* member = find_member(document, name);
    if (!member || !member->is_string()) continue;
    if (auto id = id_of_text(member->get_string()); !id.empty()) return id;
  }
  return {};
}

std::string id_of(json::value const& value) {
  for (auto const& one : values_of(value, candidates_max))
    if (auto id = id_of_one(one); !id.empty()) return id;
  return {};
}

std::vector<std::string> ids_of(json::value const& value, std::size_t max) {
  std::vector<std::string> ids;
  std::unordered_set<std::string> seen;
  for (auto const& one : values_of(value, max)) {
    auto id = id_of_one(one);
    if (!id.empty() && seen.insert(id).second) ids.push_back(std::move(id));
  }
  return ids;
}

Reference reference_of(json::value const& value) {
  for (auto const& one : values_of(value, candidates_max)) {
    Reference reference{id_of_one(one), {}};
    // A link is only a way to write an id.
    if (auto const* object = one.if_object(); object && !has_type(*object, "Link"))
      reference.embedded = *object;
    if (reference) return reference;
  }
  return {};
}

}  // namespace posy::federation
