#include "media/library.hpp"

#include <vips/vips.h>

#include <stdexcept>

#include "base/log.hpp"

namespace posy::media {
namespace {

// The decoders that a stranger's file may reach, by class; all others stay blocked whatever is asked for.
constexpr char const* trusted_loaders[] = {"VipsForeignLoadJpeg", "VipsForeignLoadPng",
                                           "VipsForeignLoadNsgif", "VipsForeignLoadWebp",
                                           "VipsForeignLoadHeif"};

void note_warning(char const*, GLogLevelFlags, char const* message, void*) {
  log::debug("libvips: {}", message);
}

}  // namespace

Library::Library() {
  if (vips_init("posy") != 0) throw std::runtime_error("libvips does not start");
  g_log_set_handler("VIPS", static_cast<GLogLevelFlags>(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO), note_warning,
                    nullptr);
  // One thread for a picture: the pool of workers decides how many pictures there are at once.
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
