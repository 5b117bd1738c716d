#include "federation/inbox/keeper.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

#include "base/log.hpp"

namespace posy::federation {
namespace {

namespace asio = boost::asio;

constexpr std::size_t batch_max = 512;
constexpr std::size_t waiting_max = 8192;

void prepare(db::Writer& w, store::Received& row) {
  row.id = w.make_id<RowId>();
  row.received_at = w.now();
  row.run_at = w.now();
}

}  // namespace

Keeper::Keeper(db::Database& database, std::function<void(std::span<store::Sender const>)> noted)
    : database_(database), noted_(std::move(noted)) {}

void Keeper::start() {
  stopped_ = false;
  thread_ = std::thread([this] { work(); });
}

void Keeper::stop() {
  {
    std::scoped_lock lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

Task<bool> Keeper::keep(store::Received received) {
  auto start = [this, &received](auto handler) {
    // A std::function must be copyable, and a handler is not.
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto work = asio::make_work_guard(asio::get_associated_executor(*shared));
    auto answer = [shared, work](std::exception_ptr error, bool is_new) {
      asio::post(work.get_executor(), [shared, work, error, is_new] { std::move(*shared)(error, is_new); });
    };
    bool is_refused = false;
    {
      std::scoped_lock lock(mutex_);
      is_refused = stopped_ || waiting_.size() >= waiting_max;
      if (!is_refused) waiting_.push_back({std::move(received), answer});
    }
    changed_.notify_one();
    db::Failure busy(db::FailureKind::busy, "too many activities wait to be kept");
    if (is_refused) answer(std::make_exception_ptr(std::move(busy)), false);
  };
  Task<bool> kept = asio::async_initiate<asio::use_awaitable_t<> const, void(std::exception_ptr, bool)>(
      start, asio::use_awaitable);
  co_return co_await std::move(kept);
}

void Keeper::work() {
  std::vector<Waiting> batch;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      auto count = std::min(waiting_.size(), batch_max);
      auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
      batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
      waiting_.erase(waiting_.begin(), end);
    }
    keep_all(batch);
    batch.clear();
  }
}

void Keeper::keep_all(std::vector<Waiting>& batch) {
  std::vector<store::Received> rows;
  for (auto& one : batch) rows.push_back(std::move(one.received));
  auto keep = [&](db::Writer& w) {
    for (auto& row : rows) prepare(w, row);
    return store::keep_received(w, rows);
  };
  try {
    store::Kept kept = database_.write_now(keep);
    noted_(kept.senders);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].answer(nullptr, kept.is_new[i]);
  } catch (db::Failure const& failure) {
    log::error("activities could not be kept: {}", failure.what());
    if (failure.is_passing()) {
      for (auto& one : batch) one.answer(std::current_exception(), false);
      return;
    }
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].received = std::move(rows[i]);
    keep_each(batch);
  }
}

// One of them may be what the database does not take; the others are kept.
void Keeper::keep_each(std::vector<Waiting>& batch) {
  for (auto& one : batch) {
    auto keep = [&](db::Writer& w) {
      prepare(w, one.received);
      return store::keep_received(w, {&one.received, 1});
    };
    try {
      store::Kept kept = database_.write_now(keep);
      noted_(kept.senders);
      one.answer(nullptr, kept.is_new[0]);
    } catch (...) {
      one.answer(std::current_exception(), false);
    }
  }
}

}  // namespace posy::federation
