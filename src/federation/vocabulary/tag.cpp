#include "federation/vocabulary/tag.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "federation/vocabulary/attachment.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/reference.hpp"
#include "federation/vocabulary/writing.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

// Without the colons around it; empty when it is no shortcode.
std::string shortcode_of(std::string name) {
  if (name.starts_with(':')) name.erase(0, 1);
  if (name.ends_with(':')) name.pop_back();
  bool is_plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '+';
  });
  return is_plain ? name : std::string();
}

void read_hashtag(Tags& tags, json::object const& tag) {
  Hashtag hashtag{read_token(tag, "name", limits::name_bytes_max), read_id(tag, "href")};
  hashtag.name.erase(0, std::min(hashtag.name.find_first_not_of('#'), hashtag.name.size()));
  if (!hashtag.name.empty()) tags.hashtags.push_back(std::move(hashtag));
}

void read_emoji(Tags& tags, json::object const& tag) {
  Emoji emoji{.id = read_id(tag, "id"),
              .shortcode = shortcode_of(read_token(tag, "name", limits::shortcode_bytes_max)),
              .updated = read_time(tag, "updated")};
  if (auto const* icon = find_member(tag, "icon")) {
    Image image = read_image(*icon);
    emoji.url = std::move(image.url);
    emoji.media_type = std::move(image.media_type);
  }
  if (!emoji.shortcode.empty() && !emoji.url.empty()) tags.emojis.push_back(std::move(emoji));
}

json::object with_type(std::string_view type) {
  json::object tag;
  put(tag, "type", type);
  return tag;
}

}  // namespace

Tags read_tags(json::object const& document) {
  Tags tags;
  for (auto const& value : values_in(document, "tag", limits::tags_max)) {
    auto const* tag = value.if_object();
    if (!tag) continue;
    if (has_type(*tag, "Mention")) {
      Mention mention{read_id(*tag, "href"), read_token(*tag, "name", limits::name_bytes_max)};
      if (!mention.href.empty()) tags.mentions.push_back(std::move(mention));
    } else if (has_type(*tag, "Hashtag")) {
      read_hashtag(tags, *tag);
    } else if (has_type(*tag, "Emoji") || has_type(*tag, "toot:Emoji")) {
      read_emoji(tags, *tag);
    }
  }
  return tags;
}

json::array write_tags(Tags const& tags) {
  json::array out;
  for (auto const& mention : tags.mentions) {
    json::object tag = with_type("Mention");
    put(tag, "href", mention.href);
    put(tag, "name", mention.name);
    out.push_back(std::move(tag));
  }
  for (auto const& hashtag : tags.hashtags) {
    json::object tag = with_type("Hashtag");
    put(tag, "href", hashtag.href);
    put(tag, "name", "#" + hashtag.name);
    out.push_back(std::move(tag));
  }
  for (auto const& emoji : tags.emojis) {
    json::object tag;
    put(tag, "id", emoji.id);
    put(tag, "type", "Emoji");
    put(tag, "name", ":" + emoji.shortcode + ":");
    put(tag, "updated", emoji.updated);
    put(tag, "icon", write_image({.url = emoji.url, .media_type = emoji.media_type}));
    out.push_back(std::move(tag));
  }
  return out;
}

}  // namespace posy::federation
