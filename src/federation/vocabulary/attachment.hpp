// Pictures, recordings and links, as documents show them.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace posy::federation {

struct Image {
  std::string url;
  std::string media_type;
  std::string description;

  explicit operator bool() const { return !url.empty(); }
  bool operator==(Image const&) const = default;
};

// From `url`: places where the thing itself can be seen.
struct Link {
  std::string href;
  std::string media_type;
  std::string rel;
  int width = 0;
  int height = 0;
  bool operator==(Link const&) const = default;
};

enum class AttachmentType { document, image, video, audio, link };
std::string_view name_of(AttachmentType type);  // "Document"

struct FocalPoint {
  double x = 0;  // -1 (left) to 1 (right)
  double y = 0;  // -1 (bottom) to 1 (top)
  bool operator==(FocalPoint const&) const = default;
};

struct Attachment {
  AttachmentType type = AttachmentType::document;  // `document` says nothing: see the media type
  std::string url;
  std::string media_type;  // in lower case, without parameters; may be empty
  std::string description;
  std::string preview_url;
  std::string blurhash;
  int width = 0;  // 0 is unknown
  int height = 0;
  double duration = 0;  // seconds, 0 is unknown
  std::optional<FocalPoint> focus;
  bool sensitive = false;
  bool operator==(Attachment const&) const = default;
};

// `icon`, `image`: a string, an Image, a Link, or the first of a list.
Image read_image(boost::json::value const& value);
// `url`: a string, a Link, or a list of both. The first is the one for people: text/html if it says so.
std::vector<Link> read_links(boost::json::value const& value);
std::vector<Attachment> read_attachments(boost::json::object const& document);
// The recording or picture that a Video, Audio or Image itself is, from its links; PeerTube offers many
// sizes, of which the largest of at most 720 lines is taken.
std::optional<Attachment> read_own_media(boost::json::object const& document);

boost::json::object write_image(Image const& image);
boost::json::object write_attachment(Attachment const& attachment);

}  // namespace posy::federation
