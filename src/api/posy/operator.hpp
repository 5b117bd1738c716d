// Who may see what concerns the whole server.
#pragma once

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::api {

// forbidden for all but the owner and administrators.
void require_admin(db::Reader& r, AccountId who);

}  // namespace posy::api
