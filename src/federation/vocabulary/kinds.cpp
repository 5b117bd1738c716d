#include "federation/vocabulary/kinds.hpp"

#include <boost/json/object.hpp>

#include "base/enum_names.hpp"
#include "federation/vocabulary/policy.hpp"
#include "federation/vocabulary/reading.hpp"

namespace posy::federation {
namespace {

constexpr EnumName<ActorType> actor_names[] = {{ActorType::person, "Person"},
                                               {ActorType::service, "Service"},
                                               {ActorType::application, "Application"},
                                               {ActorType::group, "Group"},
                                               {ActorType::organization, "Organization"}};

constexpr EnumName<ObjectType> object_names[] = {
    {ObjectType::note, "Note"},   {ObjectType::article, "Article"}, {ObjectType::question, "Question"},
    {ObjectType::page, "Page"},   {ObjectType::image, "Image"},     {ObjectType::video, "Video"},
    {ObjectType::audio, "Audio"}, {ObjectType::event, "Event"},     {ObjectType::unknown, "Object"}};

constexpr EnumName<ActivityType> activity_names[] = {
    {ActivityType::accept, "Accept"},
    {ActivityType::add, "Add"},
    {ActivityType::announce, "Announce"},
    {ActivityType::announce_request, "AnnounceRequest"},
    {ActivityType::block, "Block"},
    {ActivityType::create, "Create"},
    {ActivityType::delete_, "Delete"},
    {ActivityType::dislike, "Dislike"},
    {ActivityType::emoji_react, "EmojiReact"},
    {ActivityType::feature_request, "FeatureRequest"},
    {ActivityType::flag, "Flag"},
    {ActivityType::follow, "Follow"},
    {ActivityType::ignore, "Ignore"},
    {ActivityType::join, "Join"},
    {ActivityType::leave, "Leave"},
    {ActivityType::like, "Like"},
    {ActivityType::like_request, "LikeRequest"},
    {ActivityType::listen, "Listen"},
    {ActivityType::move, "Move"},
    {ActivityType::quote_request, "QuoteRequest"},
    {ActivityType::read, "Read"},
    {ActivityType::reject, "Reject"},
    {ActivityType::remove, "Remove"},
    {ActivityType::reply_request, "ReplyRequest"},
    {ActivityType::tentative_accept, "TentativeAccept"},
    {ActivityType::tentative_reject, "TentativeReject"},
    {ActivityType::undo, "Undo"},
    {ActivityType::update, "Update"},
    {ActivityType::view, "View"},
    {ActivityType::unknown, "Activity"},
};

constexpr std::string_view collection_names[] = {"Collection", "OrderedCollection", "CollectionPage",
                                                 "OrderedCollectionPage"};

template <class E>
bool is_one(std::string_view name) {
  return parse_enum(name, static_cast<E*>(nullptr)).has_value();
}

std::optional<DocumentKind> kind_of_type(std::string_view type) {
  if (is_one<ActorType>(type)) return DocumentKind::actor;
  if (is_one<ActivityType>(type)) return DocumentKind::activity;
  if (is_one<ObjectType>(type)) return DocumentKind::object;
  if (is_one<AuthorizationType>(type)) return DocumentKind::authorization;
  if (type == "Tombstone") return DocumentKind::tombstone;
  for (auto name : collection_names)
    if (type == name) return DocumentKind::collection;
  return {};
}

}  // namespace

std::string_view name_of(ActorType type) {
  return name_in(actor_names, type);
}
std::string_view name_of(ObjectType type) {
  return name_in(object_names, type);
}
std::string_view name_of(ActivityType type) {
  return name_in(activity_names, type);
}
std::optional<ActorType> parse_enum(std::string_view name, ActorType*) {
  return find_in(actor_names, name);
}
std::optional<ObjectType> parse_enum(std::string_view name, ObjectType*) {
  return find_in(object_names, name);
}
std::optional<ActivityType> parse_enum(std::string_view name, ActivityType*) {
  return find_in(activity_names, name);
}

DocumentKind kind_of(boost::json::object const& document) {
  for (auto type : types_of(document))
    if (auto kind = kind_of_type(type)) return *kind;
  bool acts = find_member(document, "actor") && find_member(document, "object");
  return acts ? DocumentKind::activity : DocumentKind::object;
}

bool is_tombstone(boost::json::object const& document) {
  return kind_of(document) == DocumentKind::tombstone;
}

}  // namespace posy::federation
