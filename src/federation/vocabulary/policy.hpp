// Who may do what with a post or an actor: interaction policies (GoToSocial, FEP-044f, FEP-7aa9), and the
// stamps that say "this one may".
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace posy::federation {

// Ids of actors and collections: `public_collection`, the followers or following of the author, the author.
struct Permission {
  std::vector<std::string> automatic;  // `automaticApproval`; read also from `always`
  std::vector<std::string> manual;     // `manualApproval`; read also from `approvalRequired`
  bool operator==(Permission const&) const = default;
};

// A missing one says nothing. To say "only the author", the author is written as the only one who is approved
// automatically: in JSON-LD an empty list is the same as none.
struct InteractionPolicy {
  std::optional<Permission> can_like;
  std::optional<Permission> can_reply;
  std::optional<Permission> can_announce;
  std::optional<Permission> can_quote;
  std::optional<Permission> can_feature;  // of actors

  explicit operator bool() const { return can_like || can_reply || can_announce || can_quote || can_feature; }
  bool operator==(InteractionPolicy const&) const = default;
};

InteractionPolicy read_interaction_policy(boost::json::object const& document);  // its `interactionPolicy`
boost::json::object write_interaction_policy(InteractionPolicy const& policy);

enum class AuthorizationType { quote, like, reply, announce, feature };
std::string_view name_of(AuthorizationType type);  // "QuoteAuthorization"
std::optional<AuthorizationType> parse_enum(std::string_view name, AuthorizationType*);

// Valid while it can be fetched from the author of the target, and only if both ids are the expected ones.
struct Authorization {
  AuthorizationType type = AuthorizationType::quote;
  std::string id;
  std::string attributed_to;       // author of the target
  std::string interacting_object;  // the quote, reply, like or boost
  std::string interaction_target;  // what is quoted
  bool operator==(Authorization const&) const = default;
};

Result<Authorization> read_authorization(boost::json::object const& document);
boost::json::object write_authorization(Authorization const& authorization);  // with @context

}  // namespace posy::federation
