// What to do for each kind of job: filled in by `server/`, which knows the verbs.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "jobs/queue.hpp"

namespace posy::jobs {

class Handlers {
 public:
  // `work` runs on the runner's thread and may block. When it throws Refused the job is over and `refused`
  // is called, to keep what was refused from being lost; anything else that it throws is tried again.
  template <class P>
  void set(std::function<void(P const&)> work, std::function<void(P const&, Error const&)> refused = {}) {
    static_assert(find_policy(P::kind) != nullptr, "a kind of job needs a row in `policies`");
    Entry entry;
    entry.work = [work](std::string_view text) { work(read<P>(text)); };
    entry.refused = [refused](std::string_view text, Error const& error) {
      if (refused) refused(read<P>(text), error);
    };
    entries_[std::string(P::kind)] = std::move(entry);
  }

  void run(Job const& job) const { entry_of(job).work(job.payload); }
  void refused(Job const& job, Error const& error) const { entry_of(job).refused(job.payload, error); }

 private:
  struct Entry {
    std::function<void(std::string_view)> work;
    std::function<void(std::string_view, Error const&)> refused;
  };

  template <class P>
  static P read(std::string_view text) {
    auto payload = from_text<P>(text);
    if (!payload) refuse(Refusal::unprocessable, "A job of another version");
    return *payload;
  }

  Entry const& entry_of(Job const& job) const {
    auto found = entries_.find(job.kind);
    if (found == entries_.end()) refuse(Refusal::unprocessable, "A job of an unknown kind");
    return found->second;
  }

  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace posy::jobs
