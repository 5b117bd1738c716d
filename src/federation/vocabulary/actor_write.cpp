#include <boost/json/array.hpp>

#include "federation/vocabulary/actor.hpp"
#include "federation/vocabulary/context.hpp"
#include "federation/vocabulary/writing.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

json::object write_key(ActorKey const& key) {
  bool is_pem = key.kind == KeyKind::rsa_pem;
  json::object out;
  put(out, "id", key.id);
  if (!is_pem) put(out, "type", "Multikey");
  put(out, is_pem ? "owner" : "controller", key.owner);
  put(out, is_pem ? "publicKeyPem" : "publicKeyMultibase", key.material);
  put(out, "expires", key.expires);
  return out;
}

json::array write_keys(std::vector<ActorKey> const& keys, KeyKind kind) {
  json::array out;
  for (auto const& key : keys)
    if (key.kind == kind) out.push_back(write_key(key));
  return out;
}

json::array write_fields(std::vector<ProfileField> const& fields) {
  json::array out;
  for (auto const& field : fields) {
    json::object entry;
    put(entry, "type", "PropertyValue");
    put_text(entry, "name", field.name);
    put_text(entry, "value", field.value);
    out.push_back(std::move(entry));
  }
  return out;
}

json::array write_capabilities(std::vector<std::string> const& capabilities) {
  json::array out;
  for (auto const& href : capabilities) out.push_back(json::object{{"href", href}});
  return out;
}

}  // namespace

json::object write_actor(Actor const& actor) {
  json::object out;
  put(out, "id", actor.id);
  put(out, "type", name_of(actor.type));
  put(out, "inbox", actor.inbox);
  put(out, "outbox", actor.outbox);
  put(out, "followers", actor.followers);
  put(out, "following", actor.following);
  put(out, "featured", actor.featured);
  put(out, "featuredTags", actor.featured_tags);
  json::object endpoints;
  put(endpoints, "sharedInbox", actor.shared_inbox);
  put(out, "endpoints", std::move(endpoints));
  put(out, "preferredUsername", actor.preferred_username);
  put(out, "webfinger", actor.webfinger);
  put(out, "name", actor.name);
  put(out, "summary", actor.summary);
  put(out, "url", actor.url);
  put(out, "published", actor.published);
  put(out, "updated", actor.updated);
  put_value(out, "manuallyApprovesFollowers", actor.locked);
  put_value(out, "discoverable", actor.discoverable);
  put_value(out, "indexable", actor.indexable);
  if (actor.memorial) put_value(out, "memorial", true);
  if (actor.suspended) put_value(out, "suspended", true);
  put_value(out, "showFeatured", actor.show_featured);
  put_value(out, "showMedia", actor.show_media);
  put_value(out, "showRepliesInMedia", actor.show_media_replies);
  // Many servers read one key as an object and stumble over a list.
  json::array keys = write_keys(actor.keys, KeyKind::rsa_pem);
  if (keys.size() == 1)
    put_value(out, "publicKey", std::move(keys.front()));
  else
    put(out, "publicKey", std::move(keys));
  put(out, "assertionMethod", write_keys(actor.keys, KeyKind::ed25519_multibase));
  put(out, "alsoKnownAs", to_array(actor.also_known_as));
  put(out, "movedTo", actor.moved_to);
  put(out, "attributionDomains", to_array(actor.attribution_domains));
  put(out, "icon", write_image(actor.icon));
  put(out, "image", write_image(actor.image));
  put_value(out, "attachment", write_fields(actor.fields));
  put_value(out, "tag", write_tags(actor.tags));
  put(out, "interactionPolicy", write_interaction_policy(actor.policy));
  json::array capabilities = write_capabilities(actor.implements);
  if (actor.type == ActorType::application) {
    put(out, "implements", std::move(capabilities));
  } else if (!capabilities.empty()) {
    put_value(out, "generator",
              json::object{{"type", "Application"}, {"implements", std::move(capabilities)}});
  }
  return out;
}

json::object write_actor_document(Actor const& actor) {
  return with_context(ContextKind::actor, write_actor(actor));
}

}  // namespace posy::federation
