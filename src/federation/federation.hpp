// The door for servers: what comes in, what goes out, and the loop on which all that waits for the network runs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <functional>

#include "base/settings.hpp"
#include "db/database.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "jobs/handlers.hpp"
#include "social/remote_lookup.hpp"
#include "social/remote_refresh.hpp"
#include "social/site.hpp"

namespace posy::http {
class Router;
}

namespace posy::federation {

class Federation final : public social::RemoteLookup {
 public:
  // Throws std::runtime_error when a setting cannot be understood. All must outlive this.
  Federation(Settings const& settings, db::Database& database, social::Site const& site, Clock const& clock);
  ~Federation() override;

  void add_routes(http::Router& router);
  void add_jobs(jobs::Handlers& handlers);
  // Where a page is asked for as a document: see endpoints.hpp.
  std::optional<http::Response> before(http::Request const& request) const;

  void start();
  // Nothing goes out or comes in any more; what is under way is taken up again after the next start.
  void stop();

  void look_up(std::string what, std::function<void()> done) override;
  social::RemoteRefresh& refresh();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace posy::federation
