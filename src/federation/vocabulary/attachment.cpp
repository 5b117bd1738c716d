#include "federation/vocabulary/attachment.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <cmath>

#include "base/enum_names.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/reference.hpp"
#include "federation/vocabulary/writing.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

constexpr int preferred_lines_max = 720;  // of a video that comes in many sizes

constexpr EnumName<AttachmentType> attachment_names[] = {{AttachmentType::document, "Document"},
                                                         {AttachmentType::image, "Image"},
                                                         {AttachmentType::video, "Video"},
                                                         {AttachmentType::audio, "Audio"},
                                                         {AttachmentType::link, "Link"}};

Link read_link(json::object const& link) {
  return {.href = read_id(link, "href"),
          .media_type = read_media_type(link),
          .rel = read_token(link, "rel", limits::type_bytes_max),
          .width = read_pixels(link, "width"),
          .height = read_pixels(link, "height")};
}

// A string, a Link, or an Image in the place of an address; not valid without `href`.
Link read_any_link(json::value const& value) {
  if (value.is_string()) return {.href = id_of(value)};
  auto const* object = value.if_object();
  if (!object) return {};
  Link link = read_link(*object);
  if (link.href.empty()) link.href = read_id(*object, "url");
  return link;
}

Link first_link(json::object const& document, std::string_view name) {
  for (auto const& value : values_in(document, name, limits::links_max))
    if (Link link = read_any_link(value); !link.href.empty()) return link;
  return {};
}

std::optional<AttachmentType> attachment_type_of(json::object const& document) {
  for (auto type : types_of(document))
    if (auto known = find_in(attachment_names, type)) return known;
  return {};
}

std::optional<FocalPoint> read_focus(json::object const& document) {
  auto values = values_in(document, "focalPoint", 3);
  if (values.count != 2) return {};
  auto coordinate = [](json::value const& value) -> std::optional<double> {
    json::error_code error;
    double number = value.to_number<double>(error);
    if (error || !std::isfinite(number)) return {};
    return std::clamp(number, -1.0, 1.0);
  };
  auto x = coordinate(values.first[0]), y = coordinate(values.first[1]);
  if (!x || !y) return {};
  return FocalPoint{*x, *y};
}

std::string read_description(json::object const& document) {
  std::string text = read_natural_text(document, "summary", limits::text_bytes_max);
  return text.empty() ? read_natural_text(document, "name", limits::text_bytes_max) : text;
}

// Not valid without an address.
Attachment read_attachment(json::object const& document) {
  Link link = first_link(document, "url");
  if (link.href.empty()) link.href = read_id(document, "href");
  auto type = attachment_type_of(document);
  if (link.href.empty() && type && *type != AttachmentType::link) link.href = read_id(document, "id");
  if (!type && read_media_type(document).empty()) return {};

  Attachment attachment{.type = type.value_or(AttachmentType::document),
                        .url = link.href,
                        .media_type = read_media_type(document),
                        .description = read_description(document),
                        .blurhash = read_token(document, "blurhash", limits::blurhash_bytes_max),
                        .width = read_pixels(document, "width"),
                        .height = read_pixels(document, "height"),
                        .duration = read_duration(document, "duration"),
                        .focus = read_focus(document),
                        .sensitive = read_flag(document, "sensitive")};
  if (attachment.media_type.empty()) attachment.media_type = link.media_type;
  if (attachment.width == 0 || attachment.height == 0) {
    attachment.width = link.width;
    attachment.height = link.height;
  }
  for (auto name : {"icon", "image"}) {
    auto const* preview = find_member(document, name);
    if (preview && attachment.preview_url.empty()) attachment.preview_url = read_image(*preview).url;
  }
  return attachment;
}

// The links of `url`, and behind a playlist the files that it lists (PeerTube).
std::vector<Link> all_links(json::object const& document) {
  std::vector<Link> links;
  for (auto const& value : values_in(document, "url", limits::links_max)) {
    links.push_back(read_any_link(value));
    auto const* playlist = value.if_object();
    if (!playlist) continue;
    for (auto const& tag : values_in(*playlist, "tag", limits::links_max))
      if (auto const* file = tag.if_object(); file && has_type(*file, "Link"))
        links.push_back(read_link(*file));
  }
  return links;
}

bool is_better_size(Link const& a, Link const& b) {
  bool a_fits = a.height <= preferred_lines_max, b_fits = b.height <= preferred_lines_max;
  if (a_fits != b_fits) return a_fits;
  return a_fits ? a.height > b.height : a.height < b.height;
}

}  // namespace

std::string_view name_of(AttachmentType type) {
  return name_in(attachment_names, type);
}

Image read_image(json::value const& value) {
  for (auto const& one : values_of(value, limits::links_max)) {
    auto const* object = one.if_object();
    if (!object) {
      if (auto id = id_of(one); !id.empty() && one.is_string()) return {.url = id};
      continue;
    }
    Link link = first_link(*object, "url");
    if (link.href.empty()) link = read_link(*object);
    if (link.href.empty()) continue;
    std::string media_type = read_media_type(*object);
    return {.url = link.href,
            .media_type = media_type.empty() ? link.media_type : media_type,
            .description = read_description(*object)};
  }
  return {};
}

std::vector<Link> read_links(json::value const& value) {
  std::vector<Link> links;
  for (auto const& one : values_of(value, limits::links_max))
    if (Link link = read_any_link(one); !link.href.empty()) links.push_back(std::move(link));
  auto people = std::ranges::find(links, "text/html", &Link::media_type);
  if (people == links.end()) people = std::ranges::find(links, "", &Link::media_type);
  if (people != links.end()) std::rotate(links.begin(), people, people + 1);
  return links;
}

std::vector<Attachment> read_attachments(json::object const& document) {
  std::vector<Attachment> attachments;
  for (auto const& value : values_in(document, "attachment", limits::attachments_max)) {
    Attachment attachment;
    if (auto const* object = value.if_object())
      attachment = read_attachment(*object);
    else if (value.is_string())
      attachment.url = id_of(value);
    if (!attachment.url.empty()) attachments.push_back(std::move(attachment));
  }
  return attachments;
}

std::optional<Attachment> read_own_media(json::object const& document) {
  auto type = attachment_type_of(document);
  if (!type || *type == AttachmentType::link || *type == AttachmentType::document) return {};
  std::string_view family = *type == AttachmentType::video   ? "video/"
                            : *type == AttachmentType::audio ? "audio/"
                                                             : "image/";
  Link best;
  for (auto const& link : all_links(document)) {
    if (link.href.empty() || !link.media_type.starts_with(family)) continue;
    if (best.href.empty() || is_better_size(link, best)) best = link;
  }
  if (best.href.empty() && read_media_type(document).starts_with(family)) {
    best = first_link(document, "url");
    best.media_type = read_media_type(document);
  }
  if (best.href.empty()) return {};
  Attachment own = read_attachment(document);
  own.url = best.href;
  own.media_type = best.media_type;
  if (best.width != 0 && best.height != 0) {
    own.width = best.width;
    own.height = best.height;
  }
  own.description = read_natural_text(document, "name", limits::name_bytes_max);
  return own;
}

json::object write_image(Image const& image) {
  json::object out;
  if (!image) return out;
  put(out, "type", "Image");
  put(out, "mediaType", image.media_type);
  put(out, "url", image.url);
  // Mastodon reads the description from `summary`, others from `name`.
  put(out, "summary", image.description);
  put(out, "name", image.description);
  return out;
}

json::object write_attachment(Attachment const& attachment) {
  json::object out;
  put(out, "type", name_of(attachment.type));
  put(out, "mediaType", attachment.media_type);
  put(out, attachment.type == AttachmentType::link ? "href" : "url", attachment.url);
  put(out, "name", attachment.description);
  put(out, "blurhash", attachment.blurhash);
  if (attachment.focus) put_value(out, "focalPoint", json::array{attachment.focus->x, attachment.focus->y});
  if (attachment.width > 0) put_value(out, "width", attachment.width);
  if (attachment.height > 0) put_value(out, "height", attachment.height);
  if (attachment.duration > 0) put(out, "duration", format_duration(attachment.duration));
  if (attachment.sensitive) put_value(out, "sensitive", true);
  put(out, "icon", write_image({.url = attachment.preview_url}));
  return out;
}

}  // namespace posy::federation
