#include "db/database.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <mutex>

#include "db/postgres/database.hpp"
#include "db/sqlite/database.hpp"

namespace posy::db {
namespace {

namespace asio = boost::asio;

// Resumes a coroutine on its own executor, and keeps that executor's loop running meanwhile.
template <class Handler>
class CoroutineAnswer final : public Answer {
 public:
  explicit CoroutineAnswer(Handler handler)
      : handler_(std::move(handler)), work_(asio::get_associated_executor(handler_)) {}

  void give(std::exception_ptr error) override {
    auto executor = work_.get_executor();
    asio::post(executor, [handler = std::move(handler_), error = std::move(error),
                          work = std::move(work_)]() mutable { std::move(handler)(std::move(error)); });
  }

 private:
  Handler handler_;
  asio::executor_work_guard<asio::associated_executor_t<Handler>> work_;
};

// Lives on the stack of a caller that blocks.
class Wait {
 public:
  void end(std::exception_ptr error) {
    std::lock_guard lock(mutex_);
    error_ = std::move(error);
    ended_ = true;
    changed_.notify_one();  // under the lock: afterwards this may be gone
  }
  void until_end() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_; });
    if (error_) std::rethrow_exception(std::move(error_));
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::exception_ptr error_;
  bool ended_ = false;
};

class BlockingAnswer final : public Answer {
 public:
  explicit BlockingAnswer(Wait& wait) : wait_(wait) {}
  void give(std::exception_ptr error) override { wait_.end(std::move(error)); }

 private:
  Wait& wait_;
};

void probe(Writer& w) {
  w.one<std::optional<int>>("select max(number) from schema_migration");
  w.run("delete from schema_migration where number < 0");
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

Task<> Database::pass(Unit& unit, Lane lane) {
  auto start = [this, &unit, lane](auto handler) {
    auto answer = std::make_unique<CoroutineAnswer<decltype(handler)>>(std::move(handler));
    submit(Ticket{&unit, std::move(answer)}, lane);
  };
  Task<> answered = asio::async_initiate<asio::use_awaitable_t<> const, void(std::exception_ptr)>(
      start, asio::use_awaitable);
  co_await std::move(answered);
}

void Database::pass_now(Unit& unit, Lane lane) {
  Wait wait;
  submit(Ticket{&unit, std::make_unique<BlockingAnswer>(wait)}, lane);
  wait.until_end();
}

void Database::publish(std::span<Event> events) noexcept {
  if (!observer_ || events.empty()) return;
  // Readers that begin from here on see the commit; only then are caches told to drop what it made untrue.
  auto epoch = epoch_.fetch_add(1, std::memory_order_acq_rel) + 1;
  for (auto& event : events) event.epoch = epoch;
  observer_(events);
}

Task<> Database::check() {
  check_space();
  Task<> done = write(probe);
  co_await std::move(done);
}

void Database::check_now() {
  check_space();
  write_now(probe);
}

std::unique_ptr<Database> open(Options const& options, Clock const& clock) {
  std::string_view rest = options.url;
  if (take_prefix(rest, "sqlite:") && !rest.empty())
    return std::make_unique<sqlite::Database>(std::filesystem::path(rest), options, clock);
  if (rest.starts_with("postgres://") || rest.starts_with("postgresql://"))
    return std::make_unique<postgres::Database>(options, clock);
  // Without the address itself: it may hold a password.
  throw Failure(FailureKind::mistake, "The database address must start with sqlite: or postgres://");
}

}  // namespace posy::db
