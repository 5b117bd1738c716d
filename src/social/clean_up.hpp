// What nobody needs any more: uploads that no post took, used-up keys and codes, mutes that ended.
#pragma once

#include <string>
#include <vector>

#include "db/access.hpp"

namespace posy::social {

constexpr std::chrono::hours unused_media_kept{24};
constexpr std::chrono::hours processing_time_max{1};
constexpr std::chrono::hours idempotency_kept{24};
constexpr std::chrono::days received_kept{14};  // ids of activities that were done: one that comes again is known
constexpr std::chrono::days measures_kept{91};
constexpr std::chrono::days outgoing_kept{14};  // what became of what was sent
constexpr std::chrono::days idle_peers_kept{28};  // what is known of servers that nothing is sent to
constexpr std::chrono::days deleted_kept{7};    // ids of posts elsewhere that were deleted
constexpr std::chrono::hours clean_up_interval{1};
constexpr std::chrono::seconds clean_up_pause{1};  // while there is more
constexpr std::chrono::hours loose_blobs_kept{1};  // for pages that still show a picture that was replaced
constexpr int clean_up_media_max = 500;  // a time
constexpr int clean_up_peers_max = 2000;  // likewise
constexpr int clean_up_rows_max = 5000;   // likewise: nobody waits for a flood of last week to be forgotten

// Returns the keys of the files that nothing names any more, to be removed from the blob store after the
// commit; and adds the job for the next time.
std::vector<std::string> clean_up(db::Writer& w);

// At the start of a server that is the only one: what was being processed when it stopped never will be.
void fail_interrupted_uploads(db::Writer& w);

}  // namespace posy::social
