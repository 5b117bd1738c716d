#include "federation/remote/refresher.hpp"

#include "base/log.hpp"

#include "store/post.hpp"

namespace posy::federation {
namespace {

constexpr std::chrono::minutes interval{5};  // between two looks at one thread
constexpr int threads_at_once_max = 4;
constexpr int profiles_at_once_max = 8;
constexpr std::size_t runs_max = 10'000;
constexpr std::chrono::seconds cleaning_interval{1};

}  // namespace

std::shared_ptr<std::atomic<int>> Refresher::begin(PostId post) {
  auto now = context_.steady.now();
  std::lock_guard lock(mutex_);
  auto found = runs_.find(post.value);
  if (found != runs_.end() && (found->second.is_running || found->second.started > now - interval)) return nullptr;
  if (threads_under_way_ >= threads_at_once_max) return nullptr;
  if (found == runs_.end() && runs_.size() >= runs_max) {
    if (now < cleaned_ + cleaning_interval) return nullptr;
    cleaned_ = now;
    auto is_over = [&](auto const& one) { return !one.second.is_running && one.second.started <= now - interval; };
    std::erase_if(runs_, is_over);
    if (runs_.size() >= runs_max) return nullptr;
  }
  ++threads_under_way_;
  return runs_.insert_or_assign(post.value, Run{.started = now}).first->second.found;
}

void Refresher::end(PostId post) {
  std::lock_guard lock(mutex_);
  --threads_under_way_;
  if (auto found = runs_.find(post.value); found != runs_.end()) found->second.is_running = false;
}

void Refresher::thread_opened(PostId post) {
  auto found = begin(post);
  if (!found) return;
  boost::asio::co_spawn(context_.client.executor(), look_at_thread(post, std::move(found)), boost::asio::detached);
}

std::optional<social::Refreshing> Refresher::thread_refresh(PostId post) const {
  std::lock_guard lock(mutex_);
  auto found = runs_.find(post.value);
  if (found == runs_.end()) return {};
  return social::Refreshing{found->second.is_running, *found->second.found};
}

void Refresher::profile_opened(AccountId account) {
  if (profiles_under_way_ >= profiles_at_once_max || !profiles_.claim(account.value, context_.steady.now())) return;
  ++profiles_under_way_;
  boost::asio::co_spawn(context_.client.executor(), look_at_profile(account), boost::asio::detached);
}

Task<> Refresher::look_at_thread(PostId post, std::shared_ptr<std::atomic<int>> found) {
  try {
    auto first_of = [&](db::Reader& r) {
      auto opened = store::find_post(r, post);
      return opened ? opened->thread : PostId{};
    };
    PostId thread = co_await context_.db.read(first_of);
    if (thread && threads_.claim(thread.value, context_.steady.now())) {
      Task<> gathering = gather_thread(context_, post, std::move(found));
      co_await std::move(gathering);
    }
  } catch (std::exception const& error) {
    log::error("looking for the thread of post {}: {}", post.str(), error.what());
  }
  end(post);
}

Task<> Refresher::look_at_profile(AccountId account) {
  try {
    Task<> refreshing = refresh_profile(context_, account);
    co_await std::move(refreshing);
  } catch (std::exception const& error) {
    log::error("looking at account {}: {}", account.str(), error.what());
  }
  --profiles_under_way_;
}

}  // namespace posy::federation
