// A boost stands for the post that it boosts: acts on one mean the other.
#pragma once

#include "social/visibility.hpp"

namespace posy::social {

// The post, or what it boosts, when the viewer may see it; not_found otherwise.
store::Post find_original(db::Reader& r, Viewer viewer, PostId id);
// The same without asking who may see it, for taking something back.
store::Post find_original_anyhow(db::Reader& r, PostId id);

}  // namespace posy::social
