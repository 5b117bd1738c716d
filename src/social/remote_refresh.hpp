// What other servers know more about, asked for in the background while somebody looks: supplied by `federation`.
// Cheap, and from any thread; asks nobody again who was asked a short time ago.
#pragma once

#include <optional>

#include "base/id.hpp"

namespace posy::social {

struct Refreshing {
  bool is_running = false;
  int found = 0;  // so far
};

class RemoteRefresh {
 public:
  virtual ~RemoteRefresh() = default;
  // Somebody looks at the thread of this post: what people elsewhere said there is looked for.
  virtual void thread_opened(PostId post) = 0;
  // What has become of that, as long as it is remembered.
  virtual std::optional<Refreshing> thread_refresh(PostId post) const = 0;
  // Somebody looks at this account: profile, pinned posts and counts are brought up to date.
  virtual void profile_opened(AccountId account) = 0;
};

}  // namespace posy::social
