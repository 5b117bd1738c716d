// The kinds of jobs: what each carries (ids, not copies of rows) and how patiently it is tried.
#pragma once

#include <boost/describe.hpp>
#include <chrono>
#include <string_view>

#include "base/id.hpp"

namespace posy::jobs {

struct PublishScheduled {
  static constexpr std::string_view kind = "publish_scheduled";
  RowId scheduled;
};
BOOST_DESCRIBE_STRUCT(PublishScheduled, (), (scheduled))

struct EndPoll {
  static constexpr std::string_view kind = "end_poll";
  PollId poll;
};
BOOST_DESCRIBE_STRUCT(EndPoll, (), (poll))

struct CleanUp {
  static constexpr std::string_view kind = "clean_up";
};
BOOST_DESCRIBE_STRUCT(CleanUp, (), ())

// After a failure the job is tried again, each time after twice the time, at most `attempts` times in all.
struct Policy {
  std::string_view kind;
  int attempts;
  std::chrono::seconds first_delay;
  std::chrono::seconds longest_delay;
};

using namespace std::chrono_literals;
constexpr Policy policies[] = {
    {PublishScheduled::kind, 20, 10s, 1h},
    {EndPoll::kind, 12, 30s, 1h},
    {CleanUp::kind, 1'000'000, 1min, 1h},
};

constexpr Policy const* find_policy(std::string_view kind) {
  for (auto const& policy : policies)
    if (policy.kind == kind) return &policy;
  return nullptr;
}

}  // namespace posy::jobs
