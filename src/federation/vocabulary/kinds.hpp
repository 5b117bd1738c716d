// What a document is. A `type` may be a list; the first one that we know decides.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace posy::federation {

enum class ActorType { person, service, application, group, organization };

enum class ObjectType { note, article, question, page, image, video, audio, event, unknown };

enum class ActivityType {
  accept,
  add,
  announce,
  announce_request,
  block,
  create,
  delete_,
  dislike,
  emoji_react,
  feature_request,
  flag,
  follow,
  ignore,
  join,
  leave,
  like,
  like_request,
  listen,
  move,
  quote_request,
  read,
  reject,
  remove,
  reply_request,
  tentative_accept,
  tentative_reject,
  undo,
  update,
  view,
  unknown
};

enum class DocumentKind { actor, activity, collection, tombstone, authorization, object };

// As in a `type`: "Person", "EmojiReact". Unknown ones have the name "Object" and "Activity".
std::string_view name_of(ActorType type);
std::string_view name_of(ObjectType type);
std::string_view name_of(ActivityType type);
std::optional<ActorType> parse_enum(std::string_view name, ActorType*);
std::optional<ObjectType> parse_enum(std::string_view name, ObjectType*);
std::optional<ActivityType> parse_enum(std::string_view name, ActivityType*);

// What has a type that we do not know is an activity if it has an `actor` and an `object`, otherwise an
// object. Without any type it is an object.
DocumentKind kind_of(boost::json::object const& document);
bool is_tombstone(boost::json::object const& document);

}  // namespace posy::federation
