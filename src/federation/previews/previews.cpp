#include "federation/previews/previews.hpp"

#include "base/random.hpp"
#include "federation/vocabulary/iri.hpp"
#include "http/url.hpp"
#include "social/link_preview.hpp"
#include "social/links.hpp"

namespace posy::federation {
namespace {

using store::LinkPreview;
using store::PreviewState;

using namespace std::chrono_literals;
constexpr int attempts_max = 3;
constexpr Milliseconds first_retry = 2min;  // then five times as long
constexpr Milliseconds wait_max = 24h;      // for its turn; then nobody reads the post any more
constexpr int of_one_site_max = 5;          // taken at a time
constexpr Milliseconds pause = 500ms;       // between two of one site
constexpr Milliseconds turned_away_first = 1min;
constexpr Milliseconds turned_away_spread = 4min;

// All names under one domain together: names cost nothing.
std::string site_of_link(LinkPreview const& preview) {
  auto url = http::parse_url(social::normal_link(preview.link).value_or(""));
  return url ? site_of(url->host) : std::string();
}

}  // namespace

// Belongs to the loop of the client.
class Fetcher {
 public:
  Fetcher(Context& context, PreviewTools const& tools) : context_(context), tools_(tools) {}

  Task<std::vector<LinkPreview>> take(int room) {
    auto take_some = [room](db::Writer& w) { return store::take_previews(w, room, lease); };
    std::vector<LinkPreview> taken = co_await context_.db.write(take_some);
    std::vector<LinkPreview> kept;
    std::vector<RowId> turned_away;
    for (auto& preview : taken) {
      auto& count = of_site_[site_of_link(preview)];
      if (count >= of_one_site_max) {
        turned_away.push_back(preview.id);
      } else {
        ++count;
        kept.push_back(std::move(preview));
      }
    }
    if (turned_away.empty()) co_return kept;
    auto put_back = [&](db::Writer& w) {
      auto by_chance = random_number() % static_cast<std::uint64_t>(turned_away_spread.count());
      auto later = turned_away_first + Milliseconds(static_cast<std::int64_t>(by_chance));
      store::uncount_attempts(w, turned_away);
      store::put_previews_back(w, turned_away, w.now() + later);
    };
    try {
      co_await context_.db.write(put_back);
    } catch (std::exception const& error) {
      log::error("previews: {}", error.what());  // those are due again when their lease ends; the others go on
    }
    co_return kept;
  }

  Task<> work(LinkPreview asked) {
    auto site = site_of_link(asked);
    try {
      Task<> looking = look(std::move(asked));
      co_await std::move(looking);
    } catch (std::exception const& error) {
      log::error("preview of a page of {}: {}", site, error.what());  // it is due again when its lease ends
    }
    if (auto count = of_site_.find(site); count != of_site_.end() && --count->second == 0) of_site_.erase(count);
    if (is_stopping) co_return;
    boost::asio::steady_timer timer(context_.client.executor(), pause);
    boost::system::error_code ignored;
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  }

  std::atomic<bool> is_stopping{false};

 private:
  Task<> look(LinkPreview asked) {
    if (is_stopping) co_return;
    LinkPreview out = asked;
    out.fetched_at = context_.clock.now();
    bool is_late = asked.asked_at < context_.clock.now() - wait_max;
    Result<LinkPreview> found = Error{Refusal::unprocessable, "its turn came too late"};
    if (!is_late) {
      Task<Result<LinkPreview>> fetching = fetch_preview(context_, tools_, asked);
      found = co_await std::move(fetching);
    }
    if (!found && is_stopping) co_return;
    if (found) {
      auto fetched_at = out.fetched_at;
      out = std::move(*found);
      out.fetched_at = fetched_at;
    } else {
      log::debug("no preview of {}: {}", asked.link, found.error().message);
      if (found.error().refusal == Refusal::unavailable && asked.attempts < attempts_max) {
        auto put_back = [&](db::Writer& w) {
          store::put_previews_back(w, {asked.id}, w.now() + first_retry * (asked.attempts > 1 ? 5 : 1));
        };
        co_await context_.db.write(put_back);
        co_return;
      }
      // What was seen there before is better than nothing.
      if (out.state != PreviewState::found) out.state = PreviewState::nothing;
      if (is_late) out.fetched_at.reset();
    }
    auto keep = [&](db::Writer& w) { return social::keep_preview(w, out); };
    std::vector<std::string> unnamed = co_await context_.db.write(keep);
    for (auto const& blob : unnamed) tools_.blobs.remove(blob);
  }

  Context& context_;
  PreviewTools tools_;
  std::unordered_map<std::string, int> of_site_;  // taken and not done
};

Previews::Previews(Context& context, PreviewTools const& tools)
    : fetcher_(std::make_shared<Fetcher>(context, tools)) {
  Pump<LinkPreview>::Source source;
  source.name = "previews";
  source.take = [fetcher = fetcher_](int room) { return fetcher->take(room); };
  source.next = store::next_preview;
  source.key = site_of_link;
  source.work = [fetcher = fetcher_](LinkPreview preview) { return fetcher->work(std::move(preview)); };
  pump_ = std::make_shared<Pump<LinkPreview>>(context.client.executor(), context.db, std::move(source));
}

void Previews::stop() {
  fetcher_->is_stopping = true;
  pump_->stop();
}

}  // namespace posy::federation
