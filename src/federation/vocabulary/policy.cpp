#include "federation/vocabulary/policy.hpp"

#include "base/enum_names.hpp"
#include "federation/vocabulary/context.hpp"
#include "federation/vocabulary/kinds.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/reference.hpp"
#include "federation/vocabulary/writing.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

constexpr EnumName<AuthorizationType> authorization_names[] = {
    {AuthorizationType::quote, "QuoteAuthorization"},
    {AuthorizationType::like, "LikeAuthorization"},
    {AuthorizationType::reply, "ReplyAuthorization"},
    {AuthorizationType::announce, "AnnounceAuthorization"},
    {AuthorizationType::feature, "FeatureAuthorization"},
};

struct PolicyMember {
  std::string_view name;
  std::optional<Permission> InteractionPolicy::* member;
};
constexpr PolicyMember policy_members[] = {
    {"canLike", &InteractionPolicy::can_like},         {"canReply", &InteractionPolicy::can_reply},
    {"canAnnounce", &InteractionPolicy::can_announce}, {"canQuote", &InteractionPolicy::can_quote},
    {"canFeature", &InteractionPolicy::can_feature},
};

std::optional<Permission> read_permission(json::object const& policy, std::string_view name) {
  auto const* object = find_object(policy, name);
  if (!object) return {};
  bool is_new = find_member(*object, "automaticApproval") || find_member(*object, "manualApproval");
  bool is_old = find_member(*object, "always") || find_member(*object, "approvalRequired");
  if (!is_new && !is_old) return {};
  return Permission{
      read_ids(*object, is_new ? "automaticApproval" : "always", limits::permissions_max),
      read_ids(*object, is_new ? "manualApproval" : "approvalRequired", limits::permissions_max)};
}

}  // namespace

InteractionPolicy read_interaction_policy(json::object const& document) {
  InteractionPolicy policy;
  auto const* object = find_object(document, "interactionPolicy");
  if (!object) return policy;
  for (auto const& [name, member] : policy_members) policy.*member = read_permission(*object, name);
  return policy;
}

json::object write_interaction_policy(InteractionPolicy const& policy) {
  json::object out;
  for (auto const& [name, member] : policy_members) {
    auto const& permission = policy.*member;
    if (!permission) continue;
    json::object entry;
    put_list(entry, "automaticApproval", permission->automatic);
    put_list(entry, "manualApproval", permission->manual);
    put(out, name, std::move(entry));
  }
  return out;
}

std::string_view name_of(AuthorizationType type) {
  return name_in(authorization_names, type);
}

std::optional<AuthorizationType> parse_enum(std::string_view name, AuthorizationType*) {
  return find_in(authorization_names, name);
}

Result<Authorization> read_authorization(json::object const& document) {
  if (kind_of(document) != DocumentKind::authorization)
    return unprocessable("The document is no authorization");
  for (auto name : types_of(document)) {
    auto type = find_in(authorization_names, name);
    if (!type) continue;
    Authorization authorization{.type = *type,
                                .id = read_id(document, "id"),
                                .attributed_to = read_id(document, "attributedTo"),
                                .interacting_object = read_id(document, "interactingObject"),
                                .interaction_target = read_id(document, "interactionTarget")};
    if (authorization.id.empty()) return unprocessable("The authorization has no id");
    return authorization;
  }
  return unprocessable("The document is no authorization");
}

json::object write_authorization(Authorization const& authorization) {
  json::object out;
  put(out, "id", authorization.id);
  put(out, "type", name_of(authorization.type));
  put(out, "attributedTo", authorization.attributed_to);
  put(out, "interactingObject", authorization.interacting_object);
  put(out, "interactionTarget", authorization.interaction_target);
  return with_context(ContextKind::authorization, std::move(out));
}

}  // namespace posy::federation
