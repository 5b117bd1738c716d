// Any bytes as a document from another server, through every reader: what is read keeps its promises, and can
// be written and read again.
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.hpp"
#include "base/encoding.hpp"
#include "federation/vocabulary/activity.hpp"
#include "federation/vocabulary/actor.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/nodeinfo.hpp"
#include "federation/vocabulary/object.hpp"
#include "federation/vocabulary/webfinger.hpp"
#include "json/parse.hpp"

namespace {

namespace json = boost::json;
using namespace posy::federation;

void check_id(std::string const& id) {
  POSY_ASSERT(id.empty() || is_iri(id));
}

void check_ids(std::vector<std::string> const& ids, std::size_t max) {
  POSY_ASSERT(ids.size() <= max);
  for (auto const& id : ids) POSY_ASSERT(is_iri(id));
}

void check_text(std::string const& text, std::size_t bytes_max) {
  POSY_ASSERT(text.size() <= bytes_max && posy::is_valid_utf8(text) && text.find('\0') == text.npos);
}

void check(Object const& object) {
  POSY_ASSERT(is_iri(object.id));
  check_ids(object.attributed_to, limits::authors_max);
  check_ids(object.to, limits::addressees_max);
  check_ids(object.cc, limits::addressees_max);
  for (auto const* id : {&object.url, &object.in_reply_to, &object.quote.id, &object.quote.authorization,
                         &object.context, &object.replies.id, &object.likes.id})
    check_id(*id);
  check_text(object.name, limits::name_bytes_max);
  check_text(object.summary, limits::text_bytes_max);
  check_text(object.content, limits::content_bytes_max);
  POSY_ASSERT(object.attachments.size() <= limits::attachments_max + 1);  // and the video itself
  for (auto const& attachment : object.attachments) POSY_ASSERT(is_iri(attachment.url));
  for (auto const& mention : object.tags.mentions) POSY_ASSERT(is_iri(mention.href));
  for (auto const& emoji : object.tags.emojis) POSY_ASSERT(is_iri(emoji.url) && !emoji.shortcode.empty());
}

void check(Actor const& actor) {
  POSY_ASSERT(is_iri(actor.id));
  for (auto const* id : {&actor.inbox, &actor.shared_inbox, &actor.outbox, &actor.followers, &actor.moved_to,
                         &actor.url, &actor.icon.url})
    check_id(*id);
  check_ids(actor.also_known_as, limits::aliases_max);
  check_text(actor.name, limits::name_bytes_max);
  check_text(actor.summary, limits::text_bytes_max);
  POSY_ASSERT(actor.fields.size() <= limits::fields_max && actor.keys.size() <= limits::keys_max);
}

void check(Activity const& activity) {
  POSY_ASSERT(is_iri(activity.actor));
  for (auto const* id : {&activity.id, &activity.object.id, &activity.target.id, &activity.result.id})
    check_id(*id);
  check_ids(activity.objects, limits::objects_max);
  check_ids(activity.to, limits::addressees_max);
}

json::object sent(json::object const& document) {
  auto text = json::serialize(document);
  return posy::json::parse(text, {.bytes_max = 64 << 20, .depth_max = 100}).value().as_object();
}

void read_one(json::object const& document) {
  if (auto object = read_object(document)) {
    check(*object);
    POSY_ASSERT(read_object(sent(write_object_document(*object))).value().id == object->id);
  }
  if (auto actor = read_actor(document)) {
    check(*actor);
    POSY_ASSERT(read_actor(sent(write_actor_document(*actor))).value().id == actor->id);
  }
  if (auto activity = read_activity(document)) {
    check(*activity);
    // One of an unknown type is told by its object, which may have been none.
    auto document_again = sent(write_activity_document(*activity));
    if (activity->type != ActivityType::unknown)
      POSY_ASSERT(read_activity(document_again).value().actor == activity->actor);
  }
  if (auto collection = read_collection(document)) POSY_ASSERT(collection->items.size() <= limits::items_max);
  if (auto found = read_webfinger(document)) POSY_ASSERT(is_iri(found->actor));
  check_id(read_nodeinfo_address(document));
  (void)read_authorization(document);
  (void)read_tombstone(document);
  (void)read_nodeinfo(document);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto document = posy::json::parse({reinterpret_cast<char const*>(data), size});
  if (!document || !document->is_object()) return 0;
  read_one(document->get_object());
  if (auto activity = read_activity(document->get_object())) read_one(activity->object.embedded);
  return 0;
}
