// Pictures, videos and sound of a post.
#include <fmt/format.h>

#include "pages/post_parts.hpp"

namespace posy::pages {
namespace {

using html::Values;
using store::Media;
using store::MediaKind;

// What is looked at stays in the picture when it is cut: a class for each third, since the content security
// policy allows no styles of a picture's own.
std::string focus_classes(Media const& media) {
  constexpr double third = 1.0 / 3;
  std::string out;
  if (media.focus_x < -third) out += " focus-left";
  if (media.focus_x > third) out += " focus-right";
  if (media.focus_y > third) out += " focus-top";
  if (media.focus_y < -third) out += " focus-bottom";
  return out;
}

// Shown as a line, not as a picture. Another server's recording is only linked: a long one stays where it is, and a
// visitor's browser is not sent to places that she did not choose.
bool is_listed(Media const& media) {
  if (!media.remote_url.empty()) return media.kind != MediaKind::image;
  return media.kind == MediaKind::audio || media.kind == MediaKind::unknown;
}

void fill_size(Values& item, int width, int height) {
  if (width > 0 && height > 0) item.section("SIZE").set("WIDTH", width).set("HEIGHT", height);
}

void fill_picture(Values item, social::Site const& site, Media const& media, bool loads_at_once) {
  auto full = local_path(site, site.media_url(media));
  bool has_preview = !media.preview_blob.empty() && media.preview_width > 0;
  auto small = has_preview ? local_path(site, site.media_url(media.preview_blob)) : full;
  item.set("FULL_URL", full).set("SMALL_URL", small).set("FOCUS", focus_classes(media));
  if (has_preview && media.width > media.preview_width)
    item.set_if_any("SOURCES", fmt::format("{} {}w, {} {}w", small, media.preview_width, full, media.width));
  item.set("ALT", media.description.empty() ? "Picture without a description" : media.description);
  if (!media.description.empty()) item.section("DESCRIBED").set("ALT", media.description);
  item.set_if_any("COLOUR", colour_of(media.blurhash));
  item.show_if(!loads_at_once, "IF_LATER");
  fill_size(item, media.width, media.height);
}

void fill_video(Values item, social::Site const& site, Media const& media) {
  item.set("FULL_URL", local_path(site, site.media_url(media.blob)));
  item.set("ALT", media.description.empty() ? "Video without a description" : media.description);
  if (!media.description.empty()) item.section("DESCRIBED").set("ALT", media.description);
  if (!media.preview_blob.empty())
    item.set_if_any("POSTER_URL", local_path(site, site.media_url(media.preview_blob)));
  item.show_if(media.kind == MediaKind::gifv, "IF_LOOPS");
  fill_size(item, media.width, media.height);
}

}  // namespace

void fill_media(Values& values, social::Site const& site, std::vector<Media> const& media, Look look) {
  std::optional<Values> grid;
  for (auto const& one : media) {
    if (is_listed(one)) continue;
    if (!grid) grid = values.section("GRID");
    auto item = grid->section("ITEM");
    if (one.kind == MediaKind::image)
      fill_picture(item.section("PICTURE"), site, one, look == Look::focus || look == Look::card);
    else
      fill_video(item.section("VIDEO"), site, one);
  }
  for (auto const& one : media) {
    if (!is_listed(one)) continue;
    bool is_here = one.remote_url.empty();
    auto item = values.section(is_here && one.kind == MediaKind::audio ? "AUDIO" : "FILE");
    item.set("FULL_URL", is_here ? local_path(site, site.media_url(one.blob)) : one.remote_url);
    item.set("ALT", !one.description.empty() ? one.description : is_here ? "Recording" : "Attachment");
    item.set_if_any("DESCRIPTION", one.description);
  }
}

// BlurHash keeps the average colour in its characters 2 to 5, in base 83.
std::string colour_of(std::string_view blurhash) {
  constexpr std::string_view digits =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
  if (blurhash.size() < 6) return {};
  unsigned colour = 0;
  for (char c : blurhash.substr(2, 4)) {
    auto digit = digits.find(c);
    if (digit == digits.npos) return {};
    colour = colour * 83 + static_cast<unsigned>(digit);
  }
  return fmt::format("#{:06x}", colour & 0xffffff);
}

}  // namespace posy::pages
