#include "federation/vocabulary/activity.hpp"

#include <boost/json/array.hpp>

#include "federation/vocabulary/context.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/writing.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

void read_type(Activity& activity, json::object const& document) {
  auto types = types_of(document);
  for (auto name : types) {
    activity.type = parse_enum(name, static_cast<ActivityType*>(nullptr)).value_or(ActivityType::unknown);
    if (activity.type != ActivityType::unknown) return;
  }
  if (!types.empty()) activity.type_name = types.front();
}

bool is_reaction(ActivityType type) {
  return type == ActivityType::like || type == ActivityType::emoji_react;
}

std::string read_content(json::object const& document, ActivityType type) {
  if (is_reaction(type)) {
    auto content = read_token(document, "content", limits::reaction_bytes_max);
    return content.empty() ? read_token(document, "_misskey_reaction", limits::reaction_bytes_max) : content;
  }
  auto content = read_natural_text(document, "content", limits::text_bytes_max);
  // Lemmy gives the reason of a report here.
  if (content.empty() && type == ActivityType::flag)
    content = read_text(document, "summary", limits::text_bytes_max);
  return content;
}

Reference read_reference_in(json::object const& document, std::string_view name) {
  auto const* value = find_member(document, name);
  return value ? reference_of(*value) : Reference{};
}

// Whether the terms of the core vocabulary are enough for an activity about an id.
bool is_core(ActivityType type) {
  switch (type) {
    case ActivityType::emoji_react:
    case ActivityType::quote_request:
    case ActivityType::like_request:
    case ActivityType::reply_request:
    case ActivityType::announce_request:
    case ActivityType::feature_request:
    case ActivityType::unknown:
      return false;
    default:
      return true;
  }
}

ContextKind context_for_embedded(json::object const& embedded) {
  switch (kind_of(embedded)) {
    case DocumentKind::actor:
      return ContextKind::actor;
    case DocumentKind::tombstone:
      return ContextKind::plain;
    case DocumentKind::authorization:
      return ContextKind::authorization;
    default:
      break;
  }
  // Of activities in activities: only what is as plain as a Follow of an id.
  for (auto name : types_of(embedded)) {
    auto type = parse_enum(name, static_cast<ActivityType*>(nullptr));
    auto const* object = find_member(embedded, "object");
    bool is_plain = type && is_core(*type) && object && object->is_string() && !find_member(embedded, "tag");
    if (is_plain) return ContextKind::plain;
  }
  return ContextKind::object;
}

ContextKind context_for(Activity const& activity) {
  bool is_plain = is_core(activity.type) && activity.tags == Tags{};
  ContextKind kind = is_plain ? ContextKind::plain : ContextKind::object;
  for (auto const* part : {&activity.object, &activity.instrument, &activity.result, &activity.target}) {
    if (part->embedded.empty()) continue;
    auto needed = context_for_embedded(part->embedded);
    if (needed != ContextKind::plain) kind = needed;
  }
  return kind;
}

}  // namespace

Result<Activity> read_activity(json::object const& document) {
  if (kind_of(document) != DocumentKind::activity) return unprocessable("The document is no activity");
  Activity activity;
  activity.actor = read_id(document, "actor");
  if (activity.actor.empty()) return unprocessable("The activity has no actor");
  activity.id = read_id(document, "id");
  read_type(activity, document);
  activity.object = read_reference_in(document, "object");
  activity.objects = read_ids(document, "object", limits::objects_max);
  activity.target = read_reference_in(document, "target");
  activity.origin = read_reference_in(document, "origin");
  activity.result = read_reference_in(document, "result");
  activity.instrument = read_reference_in(document, "instrument");
  activity.to = read_ids(document, "to", limits::addressees_max);
  activity.cc = read_ids(document, "cc", limits::addressees_max);
  activity.audience = read_ids(document, "audience", limits::addressees_max);
  activity.content = read_content(document, activity.type);
  activity.tags = read_tags(document);
  activity.published = read_time(document, "published");
  activity.has_proof = find_object(document, "proof") != nullptr;
  activity.has_ld_signature = find_object(document, "signature") != nullptr;
  return activity;
}

json::object write_activity(Activity const& activity) {
  json::object out;
  put(out, "id", activity.id);
  put(out, "type",
      activity.type_name.empty() ? name_of(activity.type) : std::string_view(activity.type_name));
  put(out, "actor", activity.actor);
  put(out, "published", activity.published);
  put(out, "to", to_array(activity.to));
  put(out, "cc", to_array(activity.cc));
  put(out, "audience", to_array(activity.audience));
  if (activity.objects.size() > 1)
    put(out, "object", to_array(activity.objects));
  else
    put(out, "object", activity.object);
  put(out, "target", activity.target);
  put(out, "origin", activity.origin);
  put(out, "instrument", activity.instrument);
  put(out, "result", activity.result);
  put(out, "content", activity.content);
  put(out, "tag", write_tags(activity.tags));
  return out;
}

json::object write_activity_document(Activity const& activity) {
  return with_context(context_for(activity), write_activity(activity));
}

}  // namespace posy::federation
