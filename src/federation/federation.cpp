#include "federation/federation.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "base/open_files.hpp"
#include "federation/delivery/engine.hpp"
#include "federation/delivery/figures.hpp"
#include "federation/endpoints/endpoints.hpp"
#include "federation/endpoints/media_proxy.hpp"
#include "federation/inbox/figures.hpp"
#include "federation/inbox/inbox.hpp"
#include "federation/inbox/workshop.hpp"
#include "federation/move_requests.hpp"
#include "federation/outbox/outbox.hpp"
#include "federation/previews/previews.hpp"
#include "federation/remote/lookup.hpp"
#include "federation/remote/refresher.hpp"
#include "federation/rules_watch.hpp"
#include "social/domain_holds.hpp"
#include "social/live.hpp"

namespace posy::federation {

http::ClientOptions client_options(Settings const& settings) {
  http::ClientOptions options;
  options.allow_http = settings.federation_scheme == "http";
  options.allowed = http::Networks::parse(settings.federation_allow_addresses).value();
  options.ca_file = settings.federation_ca_file;
  options.resolve = settings.federation_resolve;
  options.user_agent = fmt::format("Posy/{} (+{})", POSY_VERSION, settings.public_url);
  return options;
}

namespace {

constexpr int inbox_counted_max = 100'000;  // for figures

http::ClientOptions guarded_options(Settings const& settings, social::DomainRules const& rules) {
  auto options = client_options(settings);
  options.may_reach = [&rules](std::string_view host) { return !rules.rule_for(host).is_suspended(); };
  return options;
}

// As many connections to deliver by, and as many that wait for the next post: a fifth of the files each.
std::size_t delivery_sockets() { return std::clamp<std::size_t>(raise_open_files() / 5, 64, 4096); }

// Servers that follow a person here hear of her again and again: connections to them are kept as long as their side
// keeps them, which is a minute with the usual settings of nginx and Apache.
http::ClientOptions delivery_options(Settings const& settings, social::DomainRules const& rules) {
  auto options = guarded_options(settings, rules);
  options.tls_sessions_max = 8192;
  options.header_max = 8 * 1024;  // nobody reads what stands in an answer
  options.idle_per_host_max = 8;
  options.idle_max = delivery_sockets();
  options.idle_time = std::chrono::seconds(60);
  options.connection_age = std::chrono::minutes(10);
  return options;
}

// SQLite has one server only: nobody else is at work on what was taken before.
void release(db::Database& database) {
  auto act = [](db::Writer& w) {
    store::release_peers(w);
    store::release_senders(w);
    store::release_previews(w, lease);
  };
  database.write_now(act);
}

}  // namespace

struct Federation::State {
  State(Settings const& settings, db::Database& database, social::Site const& site, Clock const& clock,
        media::BlobStore& copies, std::filesystem::path work_dir)
      : rules(settings.federation_mode == "allow-list"),
        client(loop.get_executor(), guarded_options(settings, rules)),
        context{.db = database, .site = site, .uris = Uris(site), .clock = clock, .client = client, .rules = rules},
        watch(std::make_shared<RulesWatch>(loop.get_executor(), database, rules)),
        delivery(context, delivery_options(settings, rules), static_cast<int>(delivery_sockets())),
        inbox(std::make_shared<Workshop>(context)),
        refresher(context),
        files(context, copies, {std::move(work_dir), settings.media_cache_mib << 20}) {
    context.authorized_fetch = settings.federation_authorized_fetch;
    context.wake_delivery = [this] { delivery.wake(); };
  }

  boost::asio::io_context loop{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{loop.get_executor()};
  social::DomainRules rules;
  http::Client client;
  Context context;
  std::shared_ptr<RulesWatch> watch;
  Seen seen;
  Engine delivery;
  std::shared_ptr<Workshop> inbox;
  std::unique_ptr<Previews> previews;  // null: none are fetched
  Refresher refresher;
  Files files;
  std::unique_ptr<DeliveryFigures> delivery_figures;  // null: nobody counts
  std::unique_ptr<InboxFigures> inbox_figures;
  std::thread thread;
};

Federation::Federation(Settings const& settings, db::Database& database, social::Site const& site, Clock const& clock,
                       media::BlobStore& copies, std::filesystem::path work_dir)
    : state_(std::make_unique<State>(settings, database, site, clock, copies, std::move(work_dir))) {}

Federation::~Federation() { stop(); }

void Federation::add_routes(http::Router& router, serving::Answers& answers) {
  add_endpoints(router, state_->context, answers, state_->seen, [inbox = state_->inbox] { inbox->wake(); });
  add_media_proxy(router, state_->files);
}

void Federation::add_jobs(jobs::Handlers& handlers) {
  auto& context = state_->context;
  handlers.set<jobs::MakeKeys>([&context](jobs::MakeKeys const& job) { make_keys(context.db, job.account.value); });
  handlers.set<jobs::HoldAccounts>([&context](jobs::HoldAccounts const& job) {
    auto hold = [&](db::Writer& w) {
      context.rules.refresh(w);
      social::hold_some_accounts(w, *context.rules.all(), job.after);
    };
    context.db.write_now(hold);
  });
  handlers.set_once<jobs::Send>([&context](db::Writer& w, jobs::Send const& job) { send_out(w, context, job); },
                                [&context](jobs::Send const& job) { make_keys(context.db, job.account.value); },
                                [&context] { context.wake_delivery(); });
  handlers.set<jobs::FetchPreview>([state = state_.get()](jobs::FetchPreview const&) {
    if (state->previews) state->previews->wake();
  });
  handlers.set<jobs::AskToMove>([&context](jobs::AskToMove const& job) { start_move_request(context, job.request); });
}

void Federation::fetch_previews(media::BlobStore& blobs, WorkerPool& pool, std::filesystem::path work_dir) {
  state_->previews = std::make_unique<Previews>(state_->context, PreviewTools{blobs, pool, std::move(work_dir)});
}

void Federation::count(Metrics& metrics) {
  state_->delivery_figures = std::make_unique<DeliveryFigures>(metrics);
  state_->inbox_figures = std::make_unique<InboxFigures>(metrics);
  state_->context.delivery_figures = state_->delivery_figures.get();
  state_->context.inbox_figures = state_->inbox_figures.get();
}

Task<> Federation::show_figures() {
  if (!state_->delivery_figures) co_return;
  auto look = [](db::Reader& r) { return std::pair{store::queue_depth(r), store::inbox_depth(r, inbox_counted_max)}; };
  auto [outbox, inbox] = co_await state_->context.db.read_long(look);
  state_->delivery_figures->show(outbox);
  state_->delivery_figures->show(state_->delivery.counts());
  state_->inbox_figures->show(inbox, state_->context.clock.now());
}

std::optional<http::Response> Federation::before(http::Request const& request) const {
  return lead_to_document(request);
}

void Federation::start() {
  make_keys(state_->context.db, store::server_owner);
  if (state_->context.db.engine() == db::Engine::sqlite) release(state_->context.db);
  auto begin = [this](db::Writer& w) { social::keep_federation_mode(w, state_->rules.is_allow_list()); };
  state_->context.db.write_now(begin);
  auto read_rules = [this](db::Reader& r) { state_->rules.refresh(r); };
  state_->context.db.read_now(read_rules);
  state_->watch->start();
  state_->delivery.start();
  state_->context.keeper.start();
  state_->inbox->start();
  if (state_->previews) state_->previews->start();
  state_->thread = std::thread([this] { state_->loop.run(); });
}

void Federation::stop() {
  if (!state_->thread.joinable()) return;
  state_->delivery.stop();
  state_->context.keeper.stop();
  state_->inbox->stop();
  state_->watch->stop();
  if (state_->previews) state_->previews->stop();
  state_->client.stop();
  state_->guard.reset();
  state_->thread.join();
}

void Federation::wake() {
  state_->delivery.wake();
  state_->inbox->wake();
  if (state_->previews) state_->previews->wake();
}

void Federation::on_events(std::span<db::Event const> events) {
  bool rules_changed = false;
  for (auto const& event : events) {
    rules_changed |= event.kind == static_cast<int>(social::Live::rules_changed);
    if (event.kind == static_cast<int>(social::Live::keys_changed))
      state_->context.key_cache.drop(AccountId{event.a}, event.text, event.epoch);
  }
  if (rules_changed) state_->watch->wake();
}

social::RemoteRefresh& Federation::refresh() { return state_->refresher; }

void Federation::clean_up() { state_->files.clean_up(); }

void Federation::look_up(std::string what, std::function<void()> done) {
  auto run = [this, what = std::move(what), done = std::move(done)]() -> Task<> {
    try {
      Task<> searching = federation::look_up(state_->context, what);
      co_await std::move(searching);
    } catch (std::exception const& error) {
      log::error("looking up {}: {}", what, error.what());
    }
    done();
  };
  boost::asio::co_spawn(state_->loop, std::move(run), boost::asio::detached);
}

}  // namespace posy::federation
