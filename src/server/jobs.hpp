// What each kind of job does.
#pragma once

#include "jobs/handlers.hpp"
#include "media/blob_store.hpp"
#include "social/site.hpp"

namespace posy::db {
class Database;
}
namespace posy::federation {
class Federation;
}

namespace posy::server {

jobs::Handlers job_handlers(db::Database& database, social::Site const& site, media::BlobStore& blobs,
                            federation::Federation& federation);
// Before the first request: adds the jobs that always are, and ends what a stopped process left half-done.
void prepare_jobs(db::Database& database);

}  // namespace posy::server
