#include "db/sqlite/log_sync.hpp"

#include <gmock/gmock.h>

#include <latch>

namespace posy::db::sqlite {
namespace {

using testing::ElementsAre;

// Told of in the order in which it happens.
class Diary {
 public:
  void add(std::string line) {
    std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
  }
  std::vector<std::string> lines() const {
    std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

class DiaryAnswer final : public Answer {
 public:
  DiaryAnswer(Diary& diary, std::string name) : diary_(diary), name_(std::move(name)) {}
  void give(std::exception_ptr error) override { diary_.add(name_ + (error ? " failed" : " is told")); }

 private:
  Diary& diary_;
  std::string name_;
};

Committed one(Diary& diary, std::string const& name, std::exception_ptr error = nullptr) {
  Committed out;
  out.events.push_back({.text = name});
  out.tickets.push_back({nullptr, std::make_unique<DiaryAnswer>(diary, name)});
  out.errors.push_back(std::move(error));
  return out;
}

TEST(LogSync, TellsOfNothingBeforeItIsOnDisk) {
  Diary diary;
  std::latch started(1), disk(1);
  auto sync = [&] {
    diary.add("sync");
    if (diary.lines().size() > 1) return;
    started.count_down();
    disk.wait();
  };
  auto publish = [&](std::span<Event> events) {
    for (auto const& event : events) diary.add("event of " + event.text);
  };
  LogSync log(sync, publish);
  log.add(one(diary, "first"));
  started.wait();
  log.add(one(diary, "second"));
  log.add(one(diary, "third", std::make_exception_ptr(std::runtime_error("by itself"))));
  EXPECT_THAT(diary.lines(), ElementsAre("sync"));
  disk.count_down();
  log.stop();
  EXPECT_THAT(diary.lines(), ElementsAre("sync", "event of first", "first is told", "sync", "event of second",
                                         "second is told", "event of third", "third failed"));
}

TEST(LogSyncDeathTest, EndsTheProcessWhenTheDiskDoesNotTakeIt) {
  auto run = [] {
    Diary diary;
    LogSync log([] { throw std::runtime_error("no disk"); }, [](std::span<Event>) {});
    log.add(one(diary, "lost"));
    log.stop();
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(run(), "no disk; the server ends");
}

}  // namespace
}  // namespace posy::db::sqlite
