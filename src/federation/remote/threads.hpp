// What people elsewhere said in a thread, looked for downward: through the `replies` of its posts and through the
// collection of the whole thread that they name in `context` (FEP-7888, FEP-f228).
#pragma once

#include <atomic>
#include <memory>

#include "federation/context.hpp"

namespace posy::federation {

// `found` is raised with each post that is new here. Bounded in every way; see the constants.
Task<> gather_thread(Context& context, PostId opened, std::shared_ptr<std::atomic<int>> found);

}  // namespace posy::federation
