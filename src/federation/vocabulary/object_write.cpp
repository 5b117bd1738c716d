#include <boost/json/array.hpp>

#include "federation/vocabulary/context.hpp"
#include "federation/vocabulary/object.hpp"
#include "federation/vocabulary/writing.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

void put_summary(json::object& document, std::string_view name, CollectionSummary const& summary) {
  if (!summary.total_items) return put(document, name, summary.id);
  json::object collection;
  put(collection, "id", summary.id);
  put(collection, "type", "Collection");
  put_value(collection, "totalItems", *summary.total_items);
  put(document, name, std::move(collection));
}

void put_url(json::object& document, Object const& object) {
  if (object.links.size() < 2) return put(document, "url", object.url);
  json::array links;
  for (auto const& link : object.links) {
    json::object entry;
    put(entry, "type", "Link");
    put(entry, "href", link.href);
    put(entry, "mediaType", link.media_type);
    put(entry, "rel", link.rel);
    if (link.width > 0) put_value(entry, "width", link.width);
    if (link.height > 0) put_value(entry, "height", link.height);
    links.push_back(std::move(entry));
  }
  put(document, "url", std::move(links));
}

void put_content(json::object& document, Object const& object) {
  put(document, "summary", object.summary);
  put_text(document, "content", object.content);
  put(document, "mediaType", object.media_type);
  if (!object.language.empty())
    put_value(document, "contentMap", json::object{{object.language, object.content}});
  if (!object.source) return;
  json::object source;
  put(source, "content", object.source->content);
  put(source, "mediaType", object.source->media_type);
  put(document, "source", std::move(source));
}

void put_event(json::object& document, EventTimes const& event) {
  put(document, "startTime", event.start);
  put(document, "endTime", event.end);
  if (!event.location.empty())
    put_value(document, "location", json::object{{"type", "Place"}, {"name", event.location}});
}

json::array write_attachments(std::vector<Attachment> const& attachments) {
  json::array out;
  for (auto const& attachment : attachments) out.push_back(write_attachment(attachment));
  return out;
}

// Servers tell votes from posts by what is not there.
json::object write_vote(Object const& vote) {
  json::object out;
  put(out, "id", vote.id);
  put(out, "type", "Note");
  put(out, "name", vote.name);
  put(out, "inReplyTo", vote.in_reply_to);
  put_one_or_more(out, "attributedTo", vote.attributed_to);
  put_list(out, "to", vote.to);
  put(out, "published", vote.published);
  return out;
}

}  // namespace

json::object write_object(Object const& object) {
  if (object.is_vote()) return write_vote(object);
  json::object out;
  put(out, "id", object.id);
  put(out, "type", object.type_name.empty() ? name_of(object.type) : std::string_view(object.type_name));
  put_url(out, object);
  put_one_or_more(out, "attributedTo", object.attributed_to);
  put_list(out, "to", object.to);
  put_list(out, "cc", object.cc);
  put_one_or_more(out, "audience", object.audience);
  put(out, "inReplyTo", object.in_reply_to);
  put(out, "published", object.published);
  put(out, "updated", object.updated);
  put(out, "name", object.name);
  put_value(out, "sensitive", object.sensitive);
  put_content(out, object);
  put(out, "image", write_image(object.image));
  put_value(out, "attachment", write_attachments(object.attachments));
  put_value(out, "tag", write_tags(object.tags));
  if (object.duration > 0) put(out, "duration", format_duration(object.duration));
  put_event(out, object.event);
  if (object.poll) write_poll(out, *object.poll);
  write_quote(out, object.quote);
  put(out, "interactionPolicy", write_interaction_policy(object.policy));
  put(out, "replyAuthorization", object.reply_authorization);
  put(out, "context", object.context);
  put(out, "conversation", object.conversation);
  put(out, "replies", object.replies);
  put_summary(out, "likes", object.likes);
  put_summary(out, "shares", object.shares);
  put(out, "preview", object.preview);
  return out;
}

json::object write_object_document(Object const& object) {
  return with_context(ContextKind::object, write_object(object));
}

json::object write_tombstone(Tombstone const& tombstone) {
  json::object out;
  put(out, "id", tombstone.id);
  put(out, "type", "Tombstone");
  put(out, "formerType", tombstone.former_type);
  put(out, "deleted", tombstone.deleted);
  return out;
}

json::object write_tombstone_document(Tombstone const& tombstone) {
  return with_context(ContextKind::plain, write_tombstone(tombstone));
}

}  // namespace posy::federation
