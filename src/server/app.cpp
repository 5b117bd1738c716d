#include "server/app.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <algorithm>
#include <cstdio>

#include "api/api.hpp"
#include "api/gate/gate.hpp"
#include "api/mastodon/routes.hpp"
#include "api/oauth/setup.hpp"
#include "api/render/renderer.hpp"
#include "api/streaming/hub.hpp"
#include "base/encoding.hpp"
#include "base/open_files.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"
#include "federation/federation.hpp"
#include "html/assets.hpp"
#include "html/templates.hpp"
#include "http/networks.hpp"
#include "http/rate_limit.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "jobs/queue.hpp"
#include "jobs/runner.hpp"
#include "pages/pages.hpp"
#include "push/pusher.hpp"
#include "push/vapid.hpp"
#include "server/clock_watch.hpp"
#include "server/hooks.hpp"
#include "server/jobs.hpp"
#include "serving/answers.hpp"
#include "social/live.hpp"
#include "store/link_preview.hpp"
#include "store/login.hpp"
#include "store/newest_id.hpp"
#include "store/outgoing.hpp"
#include "store/received.hpp"

namespace posy::server {
namespace {

// Pictures and passwords that wait for a thread; above it, callers are told to try later.
constexpr std::size_t pool_queue_max = 200;
// Bounds of what is made of the limit of open files. Each open connection takes ten kilobytes.
constexpr std::size_t connections_min = 128;
constexpr std::size_t connections_most = 6'000;

std::size_t cores() { return std::max(1u, std::thread::hardware_concurrency()); }

http::Endpoint health_endpoint(db::Database& db) {
  http::Endpoint endpoint;
  endpoint.pattern = "/health";
  endpoint.handler = [&db](http::Request&) -> Task<http::Response> {
    auto check = db.check();
    co_await std::move(check);
    co_return http::text("OK");
  };
  return endpoint;
}

http::Endpoint metrics_endpoint(Metrics& metrics, federation::Federation& federation) {
  http::Endpoint endpoint;
  endpoint.pattern = "/metrics";
  endpoint.handler = [&metrics, &federation](http::Request&) -> Task<http::Response> {
    Task<> looking = federation.show_figures();
    co_await std::move(looking);
    auto response = http::text(metrics.render());
    response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    co_return response;
  };
  return endpoint;
}

// What a killed process left there belongs to nobody any more.
std::filesystem::path make_empty_folder(std::filesystem::path folder) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

// At most half of the files for connections that come in, the others for those that go out, for the database and for
// pictures.
std::size_t connections_max() {
  return std::clamp<std::size_t>(raise_open_files() / 2, connections_min, connections_most);
}

http::ServerOptions server_options(Settings const& settings, std::filesystem::path const& work_dir) {
  http::ServerOptions options;
  options.listen = settings.listen;
  options.loops = static_cast<int>(settings.http_threads);
  options.spool_dir = work_dir;
  options.trusted_proxies = http::Networks::parse(settings.http_trusted_proxies).value();
  options.limits.connections_max = connections_max();
  return options;
}

}  // namespace

struct App::Parts {
  explicit Parts(Settings given)
      : settings(std::move(given)),
        site(make_site(settings)),
        database(open_database(settings, clock)),
        blobs(media::open_file_store(media_folder(settings))),
        work_dir(make_empty_folder(media_folder(settings) / "incoming")),
        pool(cores(), pool_queue_max),
        templates{html::templates()},
        render(site),
        hub(*database, render),
        exempt(http::Networks::parse(settings.limits_trusted_networks).value()),
        gate(*database, limiter, clock, exempt),
        setup(*database),
        push_key(push::server_key(*database)),
        copies(media::open_file_store(media_folder(settings) / "remote")),
        federation(settings, *database, site, clock, *copies, work_dir),
        api{*database, site,  clock,     render, gate,    *blobs,  pool,
            limiter,   templates, hub, numbers, setup, work_dir, to_base64url(push_key.point()), &federation, &federation.refresh()},
        pusher(*database, site, clock, push_key, federation::client_options(settings)),
        pages(*database, site, templates, *blobs, answers, &federation.refresh()),
        runner(*database, job_handlers(*database, site, *blobs, federation)) {
    federation.fetch_previews(*blobs, pool, work_dir);
    database->on_commit([this](std::span<db::Event const> events) { tell(events); });
    add_routes();
    server = std::make_unique<http::Server>(server_options(settings, work_dir), router, make_hooks(metrics, pages, federation));
    if (settings.metrics_listen.empty()) return;
    federation.count(metrics);
    metrics_router.add(metrics_endpoint(metrics, federation));
    http::ServerOptions options;
    options.listen = settings.metrics_listen;
    options.loops = 1;
    metrics_server = std::make_unique<http::Server>(options, metrics_router);
  }

  void add_routes() {
    router.add(health_endpoint(*database));
    for (auto routes : api::all_routes()) gate.add(router, api, routes);
    pages.add(router);
    federation.add_routes(router, answers);
  }

  // On a thread of the database, after each commit.
  void tell(std::span<db::Event const> events) {
    for (auto const& event : events) {
      render.on_event(event);
      if (event.kind == static_cast<int>(social::Live::token_revoked)) gate.forget(TokenId{event.a});
    }
    answers.on_events(events);
    hub.on_events(events);
    federation.on_events(events);
    pusher.on_events(events);
    runner.wake();
  }

  void clock_was_set_back(Milliseconds by) {
    auto bring_forward = [by](db::Writer& w) {
      jobs::bring_forward(w, by);
      store::bring_peers_forward(w, by);
      store::bring_received_forward(w, by);
      store::bring_previews_forward(w, by);
    };
    database->write_now(bring_forward);
    federation.wake();
    runner.wake();
  }

  Settings settings;
  SystemClock clock;
  Metrics metrics;
  social::Site site;
  std::unique_ptr<db::Database> database;
  std::unique_ptr<media::BlobStore> blobs;
  std::filesystem::path work_dir;
  WorkerPool pool;
  http::RateLimiter limiter;
  html::Templates templates;
  api::Renderer render;
  api::Numbers numbers;
  api::streaming::Hub hub;
  http::Networks exempt;
  api::Gate gate;
  api::OwnerSetup setup;
  crypto::P256PrivateKey push_key;
  std::unique_ptr<media::BlobStore> copies;  // of other servers' files
  federation::Federation federation;
  api::Api api;
  push::Pusher pusher;
  serving::Answers answers{metrics};
  pages::Pages pages;
  jobs::Runner runner;
  http::Router router;
  http::Router metrics_router;
  std::unique_ptr<http::Server> server;
  std::unique_ptr<http::Server> metrics_server;
};

App::App(Settings settings) : parts_(std::make_unique<Parts>(std::move(settings))) {}

// In the order of who feeds whom: no new requests, then no new work, then no more writes.
App::~App() {
  parts_->server->stop();
  if (parts_->metrics_server) parts_->metrics_server->stop();
  parts_->runner.stop();
  parts_->federation.stop();
  parts_->pusher.stop();
  parts_->hub.stop();
  parts_->pool.stop();
  parts_->database->stop();
}

void App::run() {
  auto& parts = *parts_;
  // Before the threads of the server start, so that none of them takes the signal.
  boost::asio::io_context waiting(1);
  boost::asio::signal_set signals(waiting, SIGINT, SIGTERM);
  signals.async_wait([&waiting](boost::system::error_code, int signal) {
    log::info("signal {}: ending", signal);
    waiting.stop();
  });

  auto newest = [](db::Reader& r) { return store::newest_id(r); };
  std::int64_t const newest_id = parts.database->read_now(newest);
  parts.database->skip_ids(newest_id);  // what comes stands behind what is there, whatever the clock says
  auto set_back = [&parts](Milliseconds by) { parts.clock_was_set_back(by); };
  ClockWatch clock_watch(waiting, parts.clock, set_back);

  prepare_jobs(*parts.database);
  parts.federation.start();
  parts.pusher.start();
  parts.runner.start();
  if (parts.metrics_server) parts.metrics_server->start();
  parts.server->start();
  std::printf("Posy %s serves %s (listening on %s)\n", POSY_VERSION, parts.site.base_url.c_str(),
              parts.settings.listen.c_str());
  auto has_owner = [](db::Reader& r) { return store::has_owner(r); };
  if (!parts.database->read_now(has_owner))
    std::printf("\nNobody owns this server yet. Open this link to create your account; it works once:\n  %s\n\n",
                parts.setup.link(parts.site).c_str());
  std::fflush(stdout);
  clock_watch.start(time_of_id(newest_id));
  waiting.run();
}

}  // namespace posy::server
