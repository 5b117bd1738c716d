#include <algorithm>

#include "federation/vocabulary/actor.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/reference.hpp"
#include "federation/vocabulary/webfinger.hpp"
#include "text/normalize.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

// "z6Mk" is how the multicodec prefix of an Ed25519 key begins in base58 (FEP-521a).
constexpr std::string_view ed25519_prefix = "z6Mk";
constexpr std::size_t ed25519_multibase_bytes_max = 100;

std::optional<ActorType> actor_type_of(json::object const& document) {
  for (auto name : types_of(document))
    if (auto type = parse_enum(name, static_cast<ActorType*>(nullptr))) return type;
  return {};
}

void add_key(std::vector<ActorKey>& keys, ActorKey key) {
  bool is_known = std::ranges::find(keys, key.id, &ActorKey::id) != keys.end();
  if (!key.id.empty() && !key.material.empty() && !is_known && keys.size() < limits::keys_max)
    keys.push_back(std::move(key));
}

std::vector<ActorKey> read_keys(json::object const& document) {
  std::vector<ActorKey> keys;
  for (auto const& value : values_in(document, "publicKey", limits::keys_max)) {
    auto const* key = value.if_object();
    if (!key) continue;
    add_key(keys, {.id = read_id(*key, "id"),
                   .owner = read_id(*key, "owner"),
                   .kind = KeyKind::rsa_pem,
                   .material = read_token(*key, "publicKeyPem", limits::key_bytes_max),
                   .expires = read_time(*key, "expires")});
  }
  for (auto purpose : {"assertionMethod", "authentication"}) {
    for (auto const& value : values_in(document, purpose, limits::keys_max)) {
      auto const* key = value.if_object();
      if (!key || !has_type(*key, "Multikey")) continue;
      auto material = read_token(*key, "publicKeyMultibase", ed25519_multibase_bytes_max);
      if (!material.starts_with(ed25519_prefix)) continue;
      add_key(keys, {.id = read_id(*key, "id"),
                     .owner = read_id(*key, "controller"),
                     .kind = KeyKind::ed25519_multibase,
                     .material = std::move(material),
                     .expires = read_time(*key, "expires")});
    }
  }
  return keys;
}

std::vector<ProfileField> read_fields(json::object const& document) {
  std::vector<ProfileField> fields;
  for (auto const& value : values_in(document, "attachment", limits::fields_max)) {
    auto const* field = value.if_object();
    if (!field || !(has_type(*field, "PropertyValue") || has_type(*field, "schema:PropertyValue"))) continue;
    fields.push_back({read_natural_text(*field, "name", limits::name_bytes_max),
                      read_text(*field, "value", limits::text_bytes_max)});
  }
  return fields;
}

std::vector<std::string> read_domains(json::object const& document) {
  std::vector<std::string> domains;
  for (auto const& value : values_in(document, "attributionDomains", limits::domains_max)) {
    auto const* text = value.if_string();
    auto domain = text ? text::to_ascii_domain({text->data(), text->size()}) : std::nullopt;
    if (domain && std::ranges::find(domains, *domain) == domains.end()) domains.push_back(*std::move(domain));
  }
  return domains;
}

std::vector<std::string> read_capabilities(json::object const& document) {
  if (find_member(document, "implements")) return read_ids(document, "implements", limits::links_max);
  auto const* generator = find_object(document, "generator");
  return generator ? read_ids(*generator, "implements", limits::links_max) : std::vector<std::string>();
}

std::string read_shared_inbox(json::object const& document) {
  auto const* endpoints = find_object(document, "endpoints");
  std::string inbox = endpoints ? read_id(*endpoints, "sharedInbox") : std::string();
  return inbox.empty() ? read_id(document, "sharedInbox") : inbox;
}

Image read_image_in(json::object const& document, std::string_view name) {
  auto const* value = find_member(document, name);
  return value ? read_image(*value) : Image{};
}

std::string read_profile_page(json::object const& document) {
  auto const* url = find_member(document, "url");
  auto links = url ? read_links(*url) : std::vector<Link>();
  bool is_page =
      !links.empty() && (links.front().media_type.empty() || links.front().media_type == "text/html");
  return is_page ? links.front().href : std::string();
}

}  // namespace

Result<Actor> read_actor(json::object const& document) {
  auto type = actor_type_of(document);
  if (!type || kind_of(document) != DocumentKind::actor) return unprocessable("The document is no actor");
  Actor actor;
  actor.id = read_id(document, "id");
  if (actor.id.empty()) return unprocessable("The actor has no id");
  actor.type = *type;
  actor.preferred_username = read_token(document, "preferredUsername", limits::username_bytes_max);
  actor.name = read_natural_text(document, "name", limits::name_bytes_max);
  actor.summary = read_natural_text(document, "summary", limits::text_bytes_max);
  actor.url = read_profile_page(document);
  actor.inbox = read_id(document, "inbox");
  actor.outbox = read_id(document, "outbox");
  actor.followers = read_id(document, "followers");
  actor.following = read_id(document, "following");
  actor.featured = read_id(document, "featured");
  actor.featured_tags = read_id(document, "featuredTags");
  actor.shared_inbox = read_shared_inbox(document);
  actor.keys = read_keys(document);
  actor.icon = read_image_in(document, "icon");
  actor.image = read_image_in(document, "image");
  actor.locked = read_flag(document, "manuallyApprovesFollowers");
  actor.discoverable = read_flag(document, "discoverable");
  actor.indexable = read_flag(document, "indexable");
  actor.memorial = read_flag(document, "memorial");
  actor.suspended = read_flag(document, "suspended");
  actor.show_featured = read_flag(document, "showFeatured", true);
  actor.show_media = read_flag(document, "showMedia", true);
  actor.show_media_replies = read_flag(document, "showRepliesInMedia", true);
  actor.also_known_as = read_ids(document, "alsoKnownAs", limits::aliases_max);
  actor.moved_to = read_id(document, "movedTo");
  actor.fields = read_fields(document);
  actor.tags = read_tags(document);
  actor.attribution_domains = read_domains(document);
  actor.webfinger = account_of(read_token(document, "webfinger", limits::id_bytes_max));
  actor.implements = read_capabilities(document);
  actor.policy = read_interaction_policy(document);
  actor.published = read_time(document, "published");
  actor.updated = read_time(document, "updated");
  return actor;
}

}  // namespace posy::federation
