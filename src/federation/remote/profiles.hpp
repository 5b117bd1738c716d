// The profile of somebody elsewhere, brought up to date while somebody looks at it: what she says of herself, her
// pinned posts, and how many follow her by her own server's count.
#pragma once

#include "federation/context.hpp"

namespace posy::federation {

// Asks her server when the last time is a day ago.
Task<> refresh_profile(Context& context, AccountId account);

}  // namespace posy::federation
