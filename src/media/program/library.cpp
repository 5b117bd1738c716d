#include "media/program/library.hpp"

#include <fmt/format.h>
#include <gmodule.h>
#include <vips/vips.h>

#include <cstdlib>
#include <stdexcept>

namespace posy::media {
namespace {

// The decoders that a stranger's file may reach, by class; all others stay blocked whatever is asked for.
constexpr char const* trusted_loaders[] = {"VipsForeignLoadJpeg", "VipsForeignLoadPng",
                                           "VipsForeignLoadNsgif", "VipsForeignLoadWebp",
                                           "VipsForeignLoadHeif"};

// It stays loaded: libvips does not unload modules either. Where libvips has HEIF built in, there is none.
void load_heif() {
  auto file =
      fmt::format(POSY_VIPS_LIBRARIES "/vips-modules-{}.{}/vips-heif.so", vips_version(0), vips_version(1));
  g_module_open(file.c_str(), G_MODULE_BIND_LAZY);
  if (vips_type_find("VipsOperation", "heifload") == 0) {
    throw std::runtime_error("libvips has no decoder for HEIF");
  }
}

}  // namespace

Library::Library(std::string_view mime) {
  // From a home that does not exist libvips loads no modules: those for PDF, slides and ImageMagick would
  // take longer than most pictures, and bring in decoders that nobody may use.
  setenv("VIPSHOME", "/nonexistent", 1);
  if (vips_init("posy-media") != 0) throw std::runtime_error("libvips does not start");
  if (mime == "image/avif" || mime == "image/heic") load_heif();

  // One thread for a picture: the server decides how many pictures there are at once.
  vips_concurrency_set(1);
  // Every picture comes once; a cache would only hold memory.
  vips_cache_set_max(0);
  vips_cache_set_max_mem(0);
  vips_cache_set_max_files(0);

  vips_operation_block_set("VipsForeignLoad", TRUE);
  for (auto loader : trusted_loaders) vips_operation_block_set(loader, FALSE);
  vips_block_untrusted_set(TRUE);
}

Library::~Library() {
  vips_shutdown();
}

}  // namespace posy::media
