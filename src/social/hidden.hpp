// Whom a reader does not want to see in her timelines: those she muted or blocked, those who blocked her, and
// the people of domains that she blocked.
#pragma once

#include <unordered_set>
#include <vector>

#include "social/visibility.hpp"

namespace posy::social {

// Those of `authors` whose posts are left out of the viewer's timelines. Nothing for a visitor.
std::unordered_set<AccountId> hidden_authors(db::Reader& r, Viewer viewer, std::vector<AccountId> const& authors);

}  // namespace posy::social
