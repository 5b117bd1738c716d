#include "jobs/runner.hpp"

#include "base/log.hpp"

namespace posy::jobs {
namespace {

constexpr int batch_jobs = 20;  // few enough to be done long before their lease ends
constexpr std::chrono::seconds pause{1};

}  // namespace

void Runner::start() {
  thread_ = std::thread([this] { work(); });
}

void Runner::wake() {
  {
    std::scoped_lock lock(mutex_);
    awake_ = true;
  }
  changed_.notify_all();
}

void Runner::stop() {
  {
    std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Runner::is_stopping() {
  std::scoped_lock lock(mutex_);
  return stopping_;
}

void Runner::work() {
  while (!is_stopping()) {
    try {
      run_due();
    } catch (db::Failure const& failure) {
      // The database may come back; the jobs are still in it.
      log::warn("jobs: {}", failure.what());
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, pause, [&] { return awake_ || stopping_; });
    awake_ = false;
  }
}

int Runner::run_due() {
  int done = 0;
  give_back();
  // A look costs less than a write that finds nothing.
  while (db_.read_now([](db::Reader& r) { return is_any_due(r); })) {
    auto jobs = db_.write_now([](db::Writer& w) { return take_due(w, batch_jobs); });
    for (auto const& job : jobs) taken_.push_back(job.id);
    for (auto const& job : jobs) {
      if (is_stopping()) return done;  // the rest is due again when the lease ends
      run(job);
      std::erase(taken_, job.id);
      ++done;
    }
  }
  return done;
}

// What the database could not do then says nothing about the jobs.
void Runner::give_back() {
  if (taken_.empty()) return;
  db_.write_now([&](db::Writer& w) { jobs::give_back(w, taken_); });
  taken_.clear();
}

// One of the places that catch (ARCHITECTURE.md, section 9).
void Runner::run(Job const& job) {
  auto fail = [&](std::string_view error) {
    auto retry = db_.write_now([&](db::Writer& w) { return put_back(w, job, error); });
    if (retry == Retry::later)
      log::warn("job {} {} failed, will be tried again: {}", job.kind, job.payload, error);
    else
      log::error("job {} {} failed for good: {}", job.kind, job.payload, error);
  };
  try {
    try {
      handlers_.run(job);
      auto end = [&](db::Writer& w) {
        if (finish(w, job.id)) handlers_.write(w, job);
      };
      db_.write_now(end);
      handlers_.after(job);
    } catch (Refused const& refused) {
      log::warn("job {} {} was refused: {}", job.kind, job.payload, refused.error().message);
      handlers_.refused(job, refused.error());
      db_.write_now([&](db::Writer& w) { finish(w, job.id); });
    }
  } catch (db::Failure const& failure) {
    if (failure.is_passing()) throw;  // to work(), which tries all again
    fail(failure.what());
  } catch (std::exception const& failure) {
    fail(failure.what());
  }
}

}  // namespace posy::jobs
