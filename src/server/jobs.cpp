#include "server/jobs.hpp"

#include "base/log.hpp"
#include "db/database.hpp"
#include "federation/federation.hpp"
#include "jobs/kinds.hpp"
#include "jobs/queue.hpp"
#include "social/clean_up.hpp"
#include "social/close.hpp"
#include "social/join_thread.hpp"
#include "social/move.hpp"
#include "social/poll.hpp"
#include "social/remove.hpp"
#include "social/scheduled.hpp"

namespace posy::server {

namespace {

// A job that does some of its work in each unit, and comes again while there is more: others get their turn.
template <class Job, class Tag>
void set_in_parts(jobs::Handlers& handlers, db::Database& database, Id<Tag> Job::*of,
                  bool (*some)(db::Writer&, Id<Tag>)) {
  handlers.set<Job>([&database, of, some](Job const& job) {
    auto work = [&](db::Writer& w) {
      if (some(w, job.*of)) jobs::add(w, job, w.now());
    };
    database.write_now(work);
  });
}

}  // namespace

jobs::Handlers job_handlers(db::Database& database, social::Site const& site, media::BlobStore& blobs,
                            federation::Federation& federation) {
  jobs::Handlers handlers;
  federation.add_jobs(handlers);
  handlers.set<jobs::PublishScheduled>(
      [&database, &site](jobs::PublishScheduled const& job) {
        auto publish = [&](db::Writer& w) { social::publish_scheduled(w, site, job.scheduled); };
        database.write_now(publish);
      },
      [&database](jobs::PublishScheduled const& job, Error const& error) {
        log::warn("scheduled post {}: {}", job.scheduled.value, error.message);
        auto keep = [&](db::Writer& w) { social::keep_failure(w, job.scheduled, error.message); };
        database.write_now(keep);
      });
  handlers.set<jobs::EndPoll>([&database](jobs::EndPoll const& job) {
    auto end = [&](db::Writer& w) { social::end_poll(w, job.poll); };
    database.write_now(end);
  });
  set_in_parts(handlers, database, &jobs::CarryOver::account, social::carry_some_over);
  set_in_parts(handlers, database, &jobs::RemovePosts::account, social::remove_some_posts);
  set_in_parts(handlers, database, &jobs::CloseAccount::account, social::close_some);
  set_in_parts(handlers, database, &jobs::PlaceWaiting::post, social::place_some_waiting);
  set_in_parts(handlers, database, &jobs::MoveThread::post, social::move_some_of_thread);
  handlers.set<jobs::CleanUp>([&database, &blobs, &federation](jobs::CleanUp const&) {
    auto clean = [](db::Writer& w) { return social::clean_up(w); };
    for (auto const& key : database.write_now(clean)) blobs.remove(key);
    federation.clean_up();
  });
  return handlers;
}

void prepare_jobs(db::Database& database) {
  bool const is_only_one = database.engine() == db::Engine::sqlite;
  auto prepare = [is_only_one](db::Writer& w) {
    if (is_only_one) jobs::release(w);
    social::fail_interrupted_uploads(w);
    jobs::add(w, jobs::CleanUp{}, w.now());
  };
  database.write_now(prepare);
}

}  // namespace posy::server
