// The door for servers: what comes in, what goes out, and the loop on which all that waits for the network runs.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <functional>
#include <span>

#include "base/settings.hpp"
#include "db/database.hpp"
#include "http/client.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "jobs/handlers.hpp"
#include "social/remote_lookup.hpp"
#include "social/remote_refresh.hpp"
#include "social/site.hpp"

namespace posy::http {
class Router;
}
namespace posy {
class Metrics;
class WorkerPool;
}
namespace posy::media {
class BlobStore;
}
namespace posy::serving {
class Answers;
}

namespace posy::federation {

// How this server asks others, whoever they are: by what scheme, to what addresses, under what name.
http::ClientOptions client_options(Settings const& settings);

class Federation final : public social::RemoteLookup {
 public:
  // Throws std::runtime_error when a setting cannot be understood. All must outlive this.
  // `copies` is for files of other servers and nothing else; `work_dir` for what is being fetched.
  Federation(Settings const& settings, db::Database& database, social::Site const& site, Clock const& clock,
             media::BlobStore& copies, std::filesystem::path work_dir);
  ~Federation() override;

  // What everybody gets is kept in `answers`, which must outlive the routes.
  void add_routes(http::Router& router, serving::Answers& answers);
  void add_jobs(jobs::Handlers& handlers);
  // Where a page is asked for as a document: see endpoints.hpp.
  std::optional<http::Response> before(http::Request const& request) const;

  // Before start(), and only then are pages fetched that posts link to. `work_dir` is for files in the making. All
  // must outlive this.
  void fetch_previews(media::BlobStore& blobs, WorkerPool& pool, std::filesystem::path work_dir);

  // Before start(): counts from then on.
  void count(Metrics& metrics);
  // Brings the figures about what waits up to date.
  Task<> show_figures();

  void start();
  // Nothing goes out or comes in any more; what is under way is taken up again after the next start.
  void stop();

  // From any thread: what waits may be due.
  void wake();

  // On a thread of the database, after each commit.
  void on_events(std::span<db::Event const> events);
  // Deletes copies of files that nobody needs any more.
  void clean_up();

  void look_up(std::string what, std::function<void()> done) override;
  social::RemoteRefresh& refresh();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace posy::federation
