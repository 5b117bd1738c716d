// Who of this server follows somebody elsewhere, brought into line with what her server says (FEP-8fcf).
#pragma once

#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::social {

// `listed`: those people of this server who are followers of `whom` by her own server's account; `had`: those who were
// so by ours when it was asked. Whoever was and is not listed follows her no more; whoever asked to follow has been
// accepted; of whoever is listed and does not follow, her server is told so.
void reconcile_followers(db::Writer& w, AccountId whom, std::vector<AccountId> const& listed,
                         std::vector<AccountId> const& had);

}  // namespace posy::social
