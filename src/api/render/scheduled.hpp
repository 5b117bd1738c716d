// Scheduled posts to ScheduledStatus entities.
#pragma once

#include <vector>

#include "api/entities/status_parts.hpp"
#include "social/site.hpp"
#include "store/scheduled.hpp"

namespace posy::api {

std::vector<entities::ScheduledStatus> load_scheduled(db::Reader& r, social::Site const& site,
                                                      std::vector<store::ScheduledPost> const& posts);

}  // namespace posy::api
