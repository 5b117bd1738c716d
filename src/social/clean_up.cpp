#include "social/clean_up.hpp"

#include "jobs/queue.hpp"
#include "social/link_preview.hpp"
#include "store/idempotency.hpp"
#include "store/media.hpp"
#include "store/consent.hpp"
#include "store/measure.hpp"
#include "store/outgoing.hpp"
#include "store/received.hpp"

namespace posy::social {
namespace {

constexpr std::string_view interrupted = "The upload was interrupted. Please upload the file again.";

}  // namespace

std::vector<std::string> clean_up(db::Writer& w) {
  store::fail_unfinished_media(w, w.now() - processing_time_max, interrupted);
  std::vector<std::string> blobs;
  for (auto const& media : store::delete_free_media(w, w.now() - unused_media_kept, clean_up_media_max)) {
    blobs.push_back(media.blob);
    blobs.push_back(media.preview_blob);
  }
  for (auto& blob : store::take_loose_blobs(w, w.now() - loose_blobs_kept, clean_up_media_max))
    blobs.push_back(std::move(blob));
  store::delete_keys_before(w, w.now() - idempotency_kept);
  bool const is_more = store::forget_received(w, w.now() - received_kept, clean_up_rows_max);
  store::forget_outgoing(w, w.now() - outgoing_kept);
  store::forget_measures(w, w.now() - measures_kept);
  store::forget_idle_peers(w, w.now() - idle_peers_kept, clean_up_peers_max);
  store::forget_deleted(w, w.now() - deleted_kept);
  w.run("delete from oauth_code where expires_at < $1", w.now());
  w.run("delete from mute where expires_at < $1", w.now());
  jobs::add(w, jobs::CleanUp{}, w.now() + (is_more ? clean_up_pause : Milliseconds(clean_up_interval)));
  auto unnamed = store::unnamed_blobs(w, blobs);
  for (auto& image : clean_up_previews(w)) unnamed.push_back(std::move(image));
  return unnamed;
}

void fail_interrupted_uploads(db::Writer& w) {
  store::fail_unfinished_media(w, w.now(), interrupted);
}

}  // namespace posy::social
