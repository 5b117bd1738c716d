#include "federation/remote/spool.hpp"

#include "base/on_pool.hpp"

namespace posy::federation {
namespace {

constexpr std::size_t written_at_once = 64 * 1024;

}  // namespace

Task<bool> Spool::drain() {
  if (waiting_.size() < written_at_once) co_return true;
  Task<bool> writing = write(false);
  co_return co_await std::move(writing);
}

Task<bool> Spool::finish() {
  Task<bool> writing = write(true);
  co_return co_await std::move(writing);
}

Task<bool> Spool::write(bool is_last) {
  auto work = [self = shared_from_this(), bytes = std::exchange(waiting_, {}), is_last] {
    if (!self->out_.is_open()) self->out_.open(self->file_, std::ios::binary);
    self->out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (is_last) self->out_.close();
    return !self->out_.fail();
  };
  Task<std::optional<bool>> writing = result_on_pool(pool_, std::move(work));
  std::optional<bool> was_written = co_await std::move(writing);
  co_return was_written.value_or(false);
}

}  // namespace posy::federation
