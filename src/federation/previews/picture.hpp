// The picture of a preview: fetched, decoded and written anew by the confined program that handles uploads.
#pragma once

#include "federation/previews/page.hpp"

namespace posy::federation {

struct PreviewPicture {
  std::string blob;
  std::string blurhash;
  int width = 0;
  int height = 0;
};

// Whatever is wrong with it, the preview does without.
Task<Result<PreviewPicture>> fetch_picture(Context& context, PreviewTools const& tools, std::string url);

}  // namespace posy::federation
