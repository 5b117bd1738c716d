#include "db/sqlite/group_writer.hpp"

#include <sqlite3.h>

#include "base/log.hpp"

namespace posy::db::sqlite {
namespace {

constexpr std::size_t group_units_max = 256;
constexpr auto group_work_max = std::chrono::milliseconds(50);
// Copying the log into the file waits for the disk, so it is done when nobody waits, or when it must be.
constexpr int checkpoint_pages = 1'000;
constexpr int checkpoint_pages_urgent = 8'000;

}  // namespace

GroupWriter::GroupWriter(std::unique_ptr<Connection> connection, Clock const& clock, IdMaker& ids,
                         LogSync::Sync sync, LogSync::Publish publish)
    : connection_(std::move(connection)),
      clock_(clock),
      ids_(ids),
      log_(std::move(sync), std::move(publish)) {
  auto remember_size = [](void* size, sqlite3*, char const*, int pages) {
    *static_cast<int*>(size) = pages;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(connection_->handle(), remember_size, &wal_pages_);
  thread_ = std::thread([this] { work(); });
}

void GroupWriter::stop() {
  queue_.stop();
  if (thread_.joinable()) thread_.join();
  log_.stop();
}

void GroupWriter::work() {
  std::vector<Ticket> group;
  while (queue_.take_group(group, group_units_max)) {
    std::span<Ticket> rest(group);
    while (!rest.empty()) rest = rest.subspan(run_group(rest));
    checkpoint_if_due();
  }
}

// Says how many it ran: all, unless they take long.
std::size_t GroupWriter::run_group(std::span<Ticket> tickets) {
  group_ = {};
  std::vector<std::exception_ptr> errors;
  std::exception_ptr lost;  // the reason why the whole transaction is gone
  try {
    connection_->begin();
    auto const deadline = std::chrono::steady_clock::now() + group_work_max;
    do {
      errors.push_back(run_unit(*tickets[errors.size()].unit));
      // After a full disk or a read error SQLite may give up the transaction by itself.
      if (!connection_->in_transaction()) lost = errors.back();
    } while (!lost && errors.size() < tickets.size() && std::chrono::steady_clock::now() < deadline);
  } catch (...) {
    lost = std::current_exception();
  }
  if (!lost) lost = run_last_works();
  if (!lost) lost = commit();
  if (lost && connection_->in_transaction()) connection_->rollback();

  if (errors.empty()) errors.resize(tickets.size());  // the transaction did not even begin
  auto run = tickets.first(errors.size());
  if (lost) {
    for (std::size_t i = 0; i < run.size(); ++i) run[i].answer->give(errors[i] ? std::move(errors[i]) : lost);
  } else {
    std::vector<Ticket> committed(std::make_move_iterator(run.begin()), std::make_move_iterator(run.end()));
    log_.add({std::move(group_.events), std::move(committed), std::move(errors)});
  }
  return run.size();
}

std::exception_ptr GroupWriter::run_unit(Unit& unit) {
  std::size_t const events_before = group_.events.size(), works_before = group_.last_works.size();
  connection_->savepoint();
  try {
    Writer w(*connection_, clock_.now(), ids_, group_);
    unit.run(w);
    connection_->release_savepoint();
    return nullptr;
  } catch (...) {
    group_.events.resize(events_before);
    group_.last_works.resize(works_before);
    if (connection_->in_transaction()) connection_->rollback_to_savepoint();
    return std::current_exception();
  }
}

std::exception_ptr GroupWriter::run_last_works() {
  try {
    Writer w(*connection_, clock_.now(), ids_, group_);
    for (std::size_t i = 0; i < group_.last_works.size(); ++i) std::exchange(group_.last_works[i], {})(w);
    return nullptr;
  } catch (...) {
    return std::current_exception();
  }
}

std::exception_ptr GroupWriter::commit() {
  try {
    connection_->commit();
    return nullptr;
  } catch (...) {
    return std::current_exception();
  }
}

// A passive checkpoint waits for nobody. Readers of old snapshots may keep it from finishing; then the log
// grows, and the next attempt comes when it has grown by as much again.
void GroupWriter::checkpoint_if_due() {
  if (wal_pages_ < wal_pages_checkpointed_at_) wal_pages_checkpointed_at_ = 0;  // the log started over
  int grown = wal_pages_ - wal_pages_checkpointed_at_;
  if (grown < checkpoint_pages || (grown < checkpoint_pages_urgent && !queue_.is_empty())) return;
  int result =
      sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (result != SQLITE_OK && result != SQLITE_BUSY)
    log::error("database checkpoint: {}", sqlite3_errmsg(connection_->handle()));
  wal_pages_checkpointed_at_ = wal_pages_;
}

}  // namespace posy::db::sqlite
