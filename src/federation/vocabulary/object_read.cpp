#include <algorithm>

#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/object.hpp"
#include "federation/vocabulary/poll.hpp"
#include "federation/vocabulary/quote.hpp"
#include "federation/vocabulary/reading.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

void read_type(Object& object, json::object const& document) {
  auto types = types_of(document);
  object.type = ObjectType::unknown;
  for (auto name : types) {
    object.type = parse_enum(name, static_cast<ObjectType*>(nullptr)).value_or(ObjectType::unknown);
    if (object.type != ObjectType::unknown) return;
  }
  if (!types.empty()) object.type_name = types.front();
}

// People before the group or channel that they publish in (PeerTube, Lemmy).
std::vector<std::string> read_authors(json::object const& document) {
  std::vector<std::string> people, groups;
  for (auto const& value : values_in(document, "attributedTo", limits::authors_max)) {
    if (value.is_array()) continue;
    std::string id = id_of(value);
    if (id.empty()) continue;
    auto const* author = value.if_object();
    auto& list = author && has_type(*author, "Group") ? groups : people;
    if (std::ranges::find(list, id) == list.end()) list.push_back(std::move(id));
  }
  people.insert(people.end(), groups.begin(), groups.end());
  return people;
}

// The language whose text is the content; if there is only the map, its first entry.
void read_content(Object& object, json::object const& document) {
  object.content = read_text(document, "content", limits::content_bytes_max);
  std::size_t looked_at = 0;
  if (auto const* map = find_object(document, "contentMap")) {
    for (auto const& [language, value] : *map) {
      if (++looked_at > limits::languages_max) break;
      std::string text = read_text(value, limits::content_bytes_max);
      if (object.content.empty()) object.content = text;
      if (text != object.content && map->size() > 1) continue;
      object.language = clean_language({language.data(), language.size()});
      break;
    }
  }
  auto const* described = find_object(document, "language");  // Lemmy, PeerTube
  if (object.language.empty() && described)
    object.language = clean_language(read_token(*described, "identifier", limits::language_bytes_max));
  if (object.language.empty())  // Mobilizon
    object.language = clean_language(read_token(document, "inLanguage", limits::language_bytes_max));
  object.media_type = read_media_type(document);
  bool is_html = object.media_type == "text/html" || !object.media_type.starts_with("text/");
  if (is_html) object.media_type.clear();
}

void read_source(Object& object, json::object const& document) {
  auto const* value = find_member(document, "source");
  if (!value) return;
  Source source;
  if (auto const* described = value->if_object()) {
    source.content = read_text(*described, "content", limits::content_bytes_max);
    source.media_type = read_media_type(*described);
  } else {
    source.content = read_text(*value, limits::content_bytes_max);
  }
  if (!source.content.empty()) object.source = std::move(source);
}

std::string read_location(json::object const& document) {
  auto const* place = find_object(document, "location");
  if (!place) return read_text(document, "location", limits::name_bytes_max);
  std::string name = read_natural_text(*place, "name", limits::name_bytes_max);
  return name.empty() ? read_text(*place, "address", limits::name_bytes_max) : name;
}

void read_pictures(Object& object, json::object const& document) {
  object.attachments = read_attachments(document);
  if (auto own = read_own_media(document))
    object.attachments.insert(object.attachments.begin(), *std::move(own));
  for (auto name : {"image", "icon"}) {
    auto const* value = find_member(document, name);
    if (value && !object.image) object.image = read_image(*value);
  }
}

void read_address(Object& object, json::object const& document) {
  auto const* url = find_member(document, "url");
  if (!url) return;
  object.links = read_links(*url);
  if (object.links.empty()) return;
  Link const& first = object.links.front();
  if (first.media_type.empty() || first.media_type == "text/html") object.url = first.href;
}

CollectionSummary read_summary_in(json::object const& document, std::string_view name) {
  auto const* value = find_member(document, name);
  return value ? read_collection_summary(*value) : CollectionSummary{};
}

Reference read_reference_in(json::object const& document, std::string_view name) {
  auto const* value = find_member(document, name);
  return value ? reference_of(*value) : Reference{};
}

}  // namespace

bool Object::is_vote() const {
  bool may_be = type == ObjectType::note || type_name == "Answer";
  return may_be && !name.empty() && content.empty() && !in_reply_to.empty();
}

Result<Object> read_object(json::object const& document) {
  if (kind_of(document) != DocumentKind::object) return unprocessable("The document is no post");
  Object object;
  object.id = read_id(document, "id");
  if (object.id.empty()) return unprocessable("The post has no id");
  read_type(object, document);
  object.attributed_to = read_authors(document);
  object.to = read_ids(document, "to", limits::addressees_max);
  object.cc = read_ids(document, "cc", limits::addressees_max);
  object.audience = read_ids(document, "audience", limits::addressees_max);
  object.name = read_natural_text(document, "name", limits::name_bytes_max);
  object.summary = read_natural_text(document, "summary", limits::text_bytes_max);
  read_content(object, document);
  object.sensitive = read_flag(document, "sensitive");
  object.in_reply_to = read_id(document, "inReplyTo");
  read_address(object, document);
  object.published = read_time(document, "published");
  object.updated = read_time(document, "updated");
  read_pictures(object, document);
  object.tags = read_tags(document);
  object.quote = read_quote(document);
  object.policy = read_interaction_policy(document);
  object.reply_authorization = read_id(document, "replyAuthorization");
  if (object.reply_authorization.empty()) object.reply_authorization = read_id(document, "approvedBy");
  object.replies = read_reference_in(document, "replies");
  if (!object.replies) object.replies = read_reference_in(document, "comments");  // PeerTube
  object.likes = read_summary_in(document, "likes");
  object.shares = read_summary_in(document, "shares");
  object.context = read_id(document, "context");
  object.conversation = read_token(document, "conversation", limits::id_bytes_max);
  read_source(object, document);
  if (object.type == ObjectType::question) object.poll = read_poll(document);
  object.event = {read_time(document, "startTime"),
                  object.poll ? std::nullopt : read_time(document, "endTime"), read_location(document)};
  object.duration = read_duration(document, "duration");
  // PeerTube has pictures here.
  auto const* preview = find_object(document, "preview");
  if (preview && has_type(*preview, "Note")) object.preview = {id_of(*preview), *preview};
  return object;
}

std::optional<Tombstone> read_tombstone(json::object const& document) {
  if (!is_tombstone(document)) return {};
  Tombstone tombstone{.id = read_id(document, "id"),
                      .former_type = read_token(document, "formerType", limits::type_bytes_max),
                      .deleted = read_time(document, "deleted")};
  if (tombstone.id.empty()) return {};
  return tombstone;
}

}  // namespace posy::federation
