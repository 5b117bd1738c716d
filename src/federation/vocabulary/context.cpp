#include "federation/vocabulary/context.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "federation/vocabulary/writing.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

// `proof` comes with data-integrity; it may be added to whatever we send.
constexpr char const plain_context[] = R"json([
  "https://www.w3.org/ns/activitystreams",
  "https://w3id.org/security/data-integrity/v1"
])json";

constexpr char const object_context[] = R"json([
  "https://www.w3.org/ns/activitystreams",
  "https://w3id.org/security/data-integrity/v1",
  {
    "sensitive": "as:sensitive",
    "Hashtag": "as:Hashtag",
    "quoteUrl": "as:quoteUrl",
    "toot": "http://joinmastodon.org/ns#",
    "Emoji": "toot:Emoji",
    "blurhash": "toot:blurhash",
    "focalPoint": {"@id": "toot:focalPoint", "@container": "@list"},
    "votersCount": "toot:votersCount",
    "conversation": "http://ostatus.org#conversation",
    "quoteUri": "http://fedibird.com/ns#quoteUri",
    "_misskey_quote": "https://misskey-hub.net/ns#_misskey_quote",
    "quote": {"@id": "https://w3id.org/fep/044f#quote", "@type": "@id"},
    "quoteAuthorization": {"@id": "https://w3id.org/fep/044f#quoteAuthorization", "@type": "@id"},
    "QuoteRequest": "https://w3id.org/fep/044f#QuoteRequest",
    "gts": "https://gotosocial.org/ns#",
    "LikeRequest": "gts:LikeRequest",
    "ReplyRequest": "gts:ReplyRequest",
    "AnnounceRequest": "gts:AnnounceRequest",
    "replyAuthorization": {"@id": "gts:replyAuthorization", "@type": "@id"},
    "interactionPolicy": {"@id": "gts:interactionPolicy", "@type": "@id"},
    "canLike": {"@id": "gts:canLike", "@type": "@id"},
    "canReply": {"@id": "gts:canReply", "@type": "@id"},
    "canAnnounce": {"@id": "gts:canAnnounce", "@type": "@id"},
    "canQuote": {"@id": "gts:canQuote", "@type": "@id"},
    "automaticApproval": {"@id": "gts:automaticApproval", "@type": "@id"},
    "manualApproval": {"@id": "gts:manualApproval", "@type": "@id"}
  }
])json";

// "http://schema.org#" is wrong and what everybody reads: Mastodon introduced it so.
constexpr char const actor_context[] = R"json([
  "https://www.w3.org/ns/activitystreams",
  "https://w3id.org/security/v1",
  "https://w3id.org/security/data-integrity/v1",
  "https://www.w3.org/ns/did/v1",
  "https://w3id.org/security/multikey/v1",
  {
    "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
    "alsoKnownAs": {"@id": "as:alsoKnownAs", "@type": "@id"},
    "movedTo": {"@id": "as:movedTo", "@type": "@id"},
    "Hashtag": "as:Hashtag",
    "toot": "http://joinmastodon.org/ns#",
    "Emoji": "toot:Emoji",
    "featured": {"@id": "toot:featured", "@type": "@id"},
    "featuredTags": {"@id": "toot:featuredTags", "@type": "@id"},
    "discoverable": "toot:discoverable",
    "indexable": "toot:indexable",
    "suspended": "toot:suspended",
    "memorial": "toot:memorial",
    "showFeatured": "toot:showFeatured",
    "showMedia": "toot:showMedia",
    "showRepliesInMedia": "toot:showRepliesInMedia",
    "attributionDomains": {"@id": "toot:attributionDomains", "@container": "@set"},
    "schema": "http://schema.org#",
    "PropertyValue": "schema:PropertyValue",
    "value": "schema:value",
    "webfinger": {
      "@id": "https://purl.archive.org/socialweb/webfinger#webfinger",
      "@type": "http://www.w3.org/2001/XMLSchema#string"
    },
    "implements": {"@id": "https://w3id.org/fep/844e/implements", "@type": "@id", "@container": "@list"},
    "gts": "https://gotosocial.org/ns#",
    "interactionPolicy": {"@id": "gts:interactionPolicy", "@type": "@id"},
    "canFeature": {"@id": "https://w3id.org/fep/7aa9#canFeature", "@type": "@id"},
    "automaticApproval": {"@id": "gts:automaticApproval", "@type": "@id"},
    "manualApproval": {"@id": "gts:manualApproval", "@type": "@id"}
  }
])json";

constexpr char const authorization_context[] = R"json([
  "https://www.w3.org/ns/activitystreams",
  "https://w3id.org/security/data-integrity/v1",
  {
    "QuoteAuthorization": "https://w3id.org/fep/044f#QuoteAuthorization",
    "FeatureAuthorization": "https://w3id.org/fep/7aa9#FeatureAuthorization",
    "gts": "https://gotosocial.org/ns#",
    "LikeAuthorization": "gts:LikeAuthorization",
    "ReplyAuthorization": "gts:ReplyAuthorization",
    "AnnounceAuthorization": "gts:AnnounceAuthorization",
    "interactingObject": {"@id": "gts:interactingObject", "@type": "@id"},
    "interactionTarget": {"@id": "gts:interactionTarget", "@type": "@id"}
  }
])json";

json::value const& context_of(ContextKind kind) {
  static json::value const plain = json::parse(plain_context);
  static json::value const object = json::parse(object_context);
  static json::value const actor = json::parse(actor_context);
  static json::value const authorization = json::parse(authorization_context);
  switch (kind) {
    case ContextKind::plain:
      return plain;
    case ContextKind::object:
      return object;
    case ContextKind::actor:
      return actor;
    case ContextKind::authorization:
      return authorization;
  }
  return plain;
}

}  // namespace

json::object with_context(ContextKind kind, json::object document) {
  json::object out;
  out.reserve(document.size() + 1);
  put_value(out, "@context", context_of(kind));
  for (auto& member : document) out.emplace(member.key(), std::move(member.value()));
  return out;
}

}  // namespace posy::federation
