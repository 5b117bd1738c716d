// Facts about the server that more than one area shows.
#pragma once

#include <string>

#include "api/api.hpp"

namespace posy::api {

std::string api_version();  // "4.5.0 (compatible; Posy 0.1.0)"
// Counted at most every ten minutes.
Task<store::InstanceCounts> instance_counts(Api& api);

}  // namespace posy::api
