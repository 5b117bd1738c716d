// How urgent an activity is (store/received.hpp).
#pragma once

#include "federation/uris.hpp"
#include "federation/vocabulary/activity.hpp"
#include "store/received.hpp"

namespace posy::federation {

store::ReceivedLane lane_of(Uris const& uris, Activity const& activity);

}  // namespace posy::federation
