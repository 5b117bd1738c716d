// A page somewhere in the web, looked at for its preview.
#pragma once

#include "base/worker_pool.hpp"
#include "federation/context.hpp"
#include "media/blob_store.hpp"
#include "store/link_preview.hpp"

namespace posy::federation {

// What looking at strangers' pages needs besides the network. All must outlive the federation.
struct PreviewTools {
  media::BlobStore& blobs;
  WorkerPool& pool;
  std::filesystem::path work_dir;
};

// `asked` with what its page says; its picture is in the blob store then. Refusals: unavailable when it may work
// later, unprocessable when there will be nothing to see.
Task<Result<store::LinkPreview>> fetch_preview(Context& context, PreviewTools const& tools,
                                               store::LinkPreview asked);

}  // namespace posy::federation
