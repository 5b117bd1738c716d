// Looks at threads and profiles elsewhere while somebody here looks at them: in the background, a few at a time, and
// none again before its time.
#pragma once

#include <mutex>
#include <unordered_map>

#include "federation/recently.hpp"
#include "federation/remote/profiles.hpp"
#include "federation/remote/threads.hpp"
#include "social/remote_refresh.hpp"

namespace posy::federation {

class Refresher final : public social::RemoteRefresh {
 public:
  explicit Refresher(Context& context) : context_(context) {}

  void thread_opened(PostId post) override;
  std::optional<social::Refreshing> thread_refresh(PostId post) const override;
  void profile_opened(AccountId account) override;

 private:
  struct Run {
    Time started;
    bool is_running = true;
    std::shared_ptr<std::atomic<int>> found = std::make_shared<std::atomic<int>>(0);
  };

  std::shared_ptr<std::atomic<int>> begin(PostId post);  // null: not now
  void end(PostId post);
  Task<> look_at_thread(PostId post, std::shared_ptr<std::atomic<int>> found);
  Task<> look_at_profile(AccountId account);

  Context& context_;
  mutable std::mutex mutex_;
  std::unordered_map<std::int64_t, Run> runs_;  // by the post that was opened
  Time cleaned_{};  // when runs that are over were forgotten
  int threads_under_way_ = 0;
  std::atomic<int> profiles_under_way_{0};
  Recently threads_{std::chrono::minutes(5)};  // by the first post
  Recently profiles_{std::chrono::hours(1)};
};

}  // namespace posy::federation
