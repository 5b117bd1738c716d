// Actors: people, groups and programs that have an inbox.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "federation/vocabulary/attachment.hpp"
#include "federation/vocabulary/kinds.hpp"
#include "federation/vocabulary/policy.hpp"
#include "federation/vocabulary/tag.hpp"

namespace posy::federation {

enum class KeyKind { rsa_pem, ed25519_multibase };

struct ActorKey {
  std::string id;
  std::string owner;
  KeyKind kind = KeyKind::rsa_pem;
  std::string material;  // PEM (SubjectPublicKeyInfo), or "z6Mk..." (FEP-521a)
  std::optional<Time> expires;
  bool operator==(ActorKey const&) const = default;
};

struct ProfileField {
  std::string name;
  std::string value;  // HTML
  bool operator==(ProfileField const&) const = default;
};

struct Actor {
  std::string id;
  ActorType type = ActorType::person;
  std::string preferred_username;
  std::string name;
  std::string summary;  // HTML, not clean
  std::string url;      // the profile page
  std::string inbox;
  std::string outbox;
  std::string followers;
  std::string following;
  std::string featured;
  std::string featured_tags;
  std::string shared_inbox;
  std::vector<ActorKey> keys;
  Image icon;
  Image image;
  bool locked = false;  // manuallyApprovesFollowers
  bool discoverable = false;
  bool indexable = false;
  bool memorial = false;
  bool suspended = false;
  bool show_featured = true;  // which tabs the profile has (Mastodon)
  bool show_media = true;
  bool show_media_replies = true;
  std::vector<std::string> also_known_as;
  std::string moved_to;
  std::vector<ProfileField> fields;
  Tags tags;
  std::vector<std::string> attribution_domains;  // lower case, punycode
  std::string webfinger;                         // FEP-2c59: "alice@a.example"
  std::vector<std::string> implements;           // FEP-844e, of the actor or its generator
  InteractionPolicy policy;
  std::optional<Time> published;
  std::optional<Time> updated;

  bool operator==(Actor const&) const = default;
};

// Refused without an id or with a type that is no actor's. Everything else may be missing: an inbox, keys
// and a name are for the caller to insist on. So is that a key belongs to this actor: `owner` may lie.
Result<Actor> read_actor(boost::json::object const& document);

boost::json::object write_actor(Actor const& actor);           // to be embedded
boost::json::object write_actor_document(Actor const& actor);  // with @context

}  // namespace posy::federation
