// Activities: somebody did something with an object. `acts.hpp` makes the ones that we send.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "federation/vocabulary/kinds.hpp"
#include "federation/vocabulary/reference.hpp"
#include "federation/vocabulary/tag.hpp"

namespace posy::federation {

struct Activity {
  std::string id;  // may be missing in what is embedded
  ActivityType type = ActivityType::unknown;
  std::string type_name;  // of an unknown type, as it came
  std::string actor;
  Reference object;                  // the first one
  std::vector<std::string> objects;  // the ids of all, for Flag
  Reference target;
  Reference origin;
  Reference result;      // of an Accept: the stamp
  Reference instrument;  // of a QuoteRequest: the quote
  std::vector<std::string> to;
  std::vector<std::string> cc;
  std::vector<std::string> audience;
  std::string content;  // comment of a Flag; emoji of a reaction, ":shortcode:" with its picture in `tags`
  Tags tags;
  std::optional<Time> published;
  bool has_proof = false;         // `proof` (FEP-8b32)
  bool has_ld_signature = false;  // `signature` (Linked Data Signatures)

  bool operator==(Activity const&) const = default;
};

// Refused without an actor, or if it is no activity. Everything else may be missing.
Result<Activity> read_activity(boost::json::object const& document);

boost::json::object write_activity(Activity const& activity);  // to be embedded
// With the @context that fits what is embedded.
boost::json::object write_activity_document(Activity const& activity);

}  // namespace posy::federation
