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
    entry.work = [work](std::string_view text) {
      if (work) work(read<P>(text));
    };
    entry.refused = [refused](std::string_view text, Error const& error) {
      if (refused) refused(read<P>(text), error);
    };
    entries_[std::string(P::kind)] = std::move(entry);
  }

  // For what must not be done twice: `write` is of the unit of work that ends the job, so that it comes true once,
  // whichever process dies when. `before` runs before that and `after` when it is on disk, possibly not only once.
  template <class P>
  void set_once(std::function<void(db::Writer&, P const&)> write, std::function<void(P const&)> before,
                std::function<void()> after) {
    set<P>(std::move(before));
    auto& entry = entries_.find(P::kind)->second;
    entry.write = [write](db::Writer& w, std::string_view text) { write(w, read<P>(text)); };
    entry.after = std::move(after);
  }

  void write(db::Writer& w, Job const& job) const {
    if (auto const& entry = entry_of(job); entry.write) entry.write(w, job.payload);
  }
  void after(Job const& job) const {
    if (auto const& entry = entry_of(job); entry.after) entry.after();
  }
  void run(Job const& job) const { entry_of(job).work(job.payload); }
  void refused(Job const& job, Error const& error) const { entry_of(job).refused(job.payload, error); }

 private:
  struct Entry {
    std::function<void(std::string_view)> work;
    std::function<void(std::string_view, Error const&)> refused;
    std::function<void(db::Writer&, std::string_view)> write;
    std::function<void()> after;
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
