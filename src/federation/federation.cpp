#include "federation/federation.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "federation/delivery/delivery.hpp"
#include "federation/endpoints/endpoints.hpp"
#include "federation/endpoints/media_proxy.hpp"
#include "federation/inbox/inbox.hpp"
#include "federation/outbox/outbox.hpp"
#include "federation/remote/actors.hpp"
#include "federation/remote/posts.hpp"
#include "federation/vocabulary/iri.hpp"

namespace posy::federation {
namespace {

http::ClientOptions client_options(Settings const& settings) {
  http::ClientOptions options;
  options.allow_http = settings.federation_scheme == "http";
  options.allowed = http::Networks::parse(settings.federation_allow_addresses).value();
  options.ca_file = settings.federation_ca_file;
  options.resolve = settings.federation_resolve;
  options.user_agent = fmt::format("Posy/{} (+{})", POSY_VERSION, settings.public_url);
  return options;
}

// An address may be of a person or of a post: only its document tells.
Task<> search(Context& context, std::string what) {
  if (!is_iri(what)) {
    Task<Result<AccountId>> asking = find_handle(context, std::move(what));
    co_await std::move(asking);
    co_return;
  }
  Task<Result<AccountId>> asking = find_actor(context, what, Freshness::known, Alias::allowed);
  Result<AccountId> account = co_await std::move(asking);
  if (account) co_return;
  Task<Result<PostId>> post = find_post(context, std::move(what));
  co_await std::move(post);
}

// SQLite has one server only: nobody else is at work on what was taken before.
void release(db::Database& database) {
  auto act = [](db::Writer& w) {
    store::release_deliveries(w, lease);
    store::release_received(w, lease);
  };
  database.write_now(act);
}

}  // namespace

struct Federation::State {
  State(Settings const& settings, db::Database& database, social::Site const& site, Clock const& clock,
        media::BlobStore& copies, std::filesystem::path work_dir)
      : client(loop.get_executor(), client_options(settings)),
        context{database, site, Uris(site), clock, client, {}, {}},
        delivery(make_delivery(context)),
        inbox(make_inbox(context)),
        files(context, copies, {std::move(work_dir), settings.media_cache_mib << 20}) {}

  boost::asio::io_context loop{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{loop.get_executor()};
  http::Client client;
  Context context;
  Seen seen;
  std::shared_ptr<Pump<store::Delivery>> delivery;
  std::shared_ptr<Pump<store::Received>> inbox;
  Files files;
  std::thread thread;
};

Federation::Federation(Settings const& settings, db::Database& database, social::Site const& site, Clock const& clock,
                       media::BlobStore& copies, std::filesystem::path work_dir)
    : state_(std::make_unique<State>(settings, database, site, clock, copies, std::move(work_dir))) {}

Federation::~Federation() { stop(); }

void Federation::add_routes(http::Router& router) {
  add_endpoints(router, state_->context, state_->seen, [inbox = state_->inbox] { inbox->wake(); });
  add_media_proxy(router, state_->files);
}

void Federation::add_jobs(jobs::Handlers& handlers) {
  auto& context = state_->context;
  handlers.set<jobs::MakeKeys>([&context](jobs::MakeKeys const& job) { make_keys(context.db, job.account.value); });
  handlers.set<jobs::Send>([&context, delivery = state_->delivery](jobs::Send const& job) {
    auto send = [&](db::Writer& w) { send_out(w, context.site, job); };
    context.db.write_now(send);
    delivery->wake();
  });
}

std::optional<http::Response> Federation::before(http::Request const& request) const {
  return lead_to_document(request);
}

void Federation::start() {
  make_keys(state_->context.db, store::server_owner);
  if (state_->context.db.engine() == db::Engine::sqlite) release(state_->context.db);
  count_backlog(state_->context);
  state_->delivery->start();
  state_->inbox->start();
  state_->thread = std::thread([this] { state_->loop.run(); });
}

void Federation::stop() {
  if (!state_->thread.joinable()) return;
  state_->delivery->stop();
  state_->inbox->stop();
  state_->client.stop();
  state_->guard.reset();
  state_->thread.join();
}

void Federation::clean_up() { state_->files.clean_up(); }

void Federation::look_up(std::string what, std::function<void()> done) {
  auto run = [this, what = std::move(what), done = std::move(done)]() -> Task<> {
    try {
      Task<> searching = search(state_->context, what);
      co_await std::move(searching);
    } catch (std::exception const& error) {
      log::error("looking up {}: {}", what, error.what());
    }
    done();
  };
  boost::asio::co_spawn(state_->loop, std::move(run), boost::asio::detached);
}

}  // namespace posy::federation
