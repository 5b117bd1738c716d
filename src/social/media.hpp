// Uploads: from the moment that a file has arrived until a post has it.
//
// The files themselves are none of this folder's business: whoever processes them (the API) says how it went.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "social/site.hpp"
#include "store/media.hpp"

namespace posy::social {

constexpr std::int64_t uploads_at_once_max = 32;  // of one person, being processed

struct Upload {
  AccountId account;
  store::MediaKind kind = store::MediaKind::unknown;
  std::string mime;
  std::optional<std::string> description;
  std::optional<std::string> focus;  // "x,y", each -1 to 1
};

// What came of an upload, its files already in the blob store.
struct FinishedMedia {
  store::MediaKind kind = store::MediaKind::unknown;
  std::string mime;
  std::string blob;
  std::string preview_blob;
  std::string blurhash;
  int width = 0, height = 0;
  int preview_width = 0, preview_height = 0;
  double duration = 0;
  double frame_rate = 0;
  int bitrate = 0;
};

struct Preview {
  std::string blob;
  std::string blurhash;
  int width = 0, height = 0;
};

store::Media start_upload(db::Writer& w, Site const& site, Upload const& upload);
// Both do nothing when the upload was deleted meanwhile.
void finish_upload(db::Writer& w, MediaId id, FinishedMedia const& media);
void fail_upload(db::Writer& w, MediaId id, std::string_view error);

// Her own, whether a post has it or not; not_found otherwise.
store::Media find_own_media(db::Reader& r, AccountId who, MediaId id);
// For what no post has yet; a post's media are changed by editing it.
store::Media find_own_free_media(db::Reader& r, AccountId who, MediaId id);
void set_preview(db::Writer& w, MediaId id, Preview const& preview);
// Says whether anything changed.
bool describe_media(db::Writer& w, Site const& site, AccountId who, MediaId id,
                    std::optional<std::string> const& description, std::optional<std::string> const& focus);
// Returns the keys of the files that nothing names any more, to be removed after the commit.
std::vector<std::string> delete_media(db::Writer& w, AccountId who, MediaId id);

}  // namespace posy::social
