#include "federation/remote/profiles.hpp"

#include "federation/remote/actors.hpp"
#include "federation/remote/gone.hpp"
#include "federation/remote/pages.hpp"
#include "federation/remote/posts.hpp"
#include "federation/vocabulary/iri.hpp"
#include "social/live.hpp"
#include "social/mark.hpp"
#include "store/remote.hpp"
#include "store/remote_profile.hpp"

namespace posy::federation {
namespace {

constexpr std::chrono::hours fresh{24};
constexpr Manners manners{.requests = 30, .per_host = 30, .strangers = 5, .time = std::chrono::seconds(90)};
constexpr int pages_max = 3;
constexpr std::size_t pins_max = 20;

// Nothing when nobody is to be asked.
std::optional<std::string> whom_to_ask(db::Reader& r, AccountId id) {
  auto account = store::find_account(r, id);
  if (!account || account->is_local() || !account->uri || account->suspended_at) return {};
  auto last = store::profile_looked_at(r, id);
  if (last && *last > r.now() - fresh) return {};
  return account->uri;
}

void mark_failed(db::Writer& w, AccountId account, Refusal why) {
  store::set_profile_looked_at(w, account, w.now());
  if (why != Refusal::gone) return;  // what is merely not found was perhaps put elsewhere
  auto said = store::count_gone_answer(w, account);
  if (!said || !is_gone_for_good({.since = said->since, .answers = said->answers}, w.now())) return;
  store::suspend(w, account, w.now());
  social::tell(w, social::Live::account_changed, account.value);
}

// Nothing when the item is no post of hers that everybody may see.
Task<PostId> find_pin(Context& context, Reference item, Actor const& actor, Errand& errand) {
  if (!is_same_origin(item.id, actor.id)) co_return PostId{};
  Task<std::optional<PostId>> looking = find_known(context, item.id);
  std::optional<PostId> known = co_await std::move(looking);
  if (known) co_return *known;
  Result<Object> object = not_found();
  if (!item.embedded.empty()) {
    object = read_object(item.embedded);
  } else {
    Task<Result<Object>> fetching = fetch_object(context, item.id, &errand);
    object = co_await std::move(fetching);
  }
  if (!object || object->id != item.id || object->author() != actor.id) co_return PostId{};
  if (!is_public(object->to) && !is_public(object->cc)) co_return PostId{};
  if (!object->in_reply_to.empty()) {
    Task<Result<PostId>> finding = find_post(context, item.id, &errand);
    Result<PostId> found = co_await std::move(finding);
    co_return found ? *found : PostId{};
  }
  Task<Result<social::Arrival>> gathering = gather_post(context, std::move(*object), false, &errand);
  Result<social::Arrival> arrival = co_await std::move(gathering);
  if (!arrival) co_return PostId{};
  auto keep = [&](db::Writer& w) { return social::receive_post(w, *arrival).id; };
  co_return co_await context.db.write(keep);
}

Task<> refresh_pins(Context& context, AccountId account, Actor const& actor, Errand& errand) {
  if (!is_same_origin(actor.featured, actor.id)) co_return;
  std::vector<PostId> pins;
  bool was_answered = false;
  Pages pages(context, actor.featured, pages_max, errand);
  while (pins.size() < pins_max) {
    Task<std::optional<Collection>> turning = pages.next();
    std::optional<Collection> page = co_await std::move(turning);
    was_answered = was_answered || pages.was_answered();
    if (!page) break;
    for (auto& item : page->items) {
      if (pins.size() == pins_max) break;
      Task<PostId> finding = find_pin(context, std::move(item), actor, errand);
      PostId pin = co_await std::move(finding);
      if (pin) pins.push_back(pin);
    }
  }
  if (!was_answered) co_return;
  auto keep = [&](db::Writer& w) { social::keep_pins(w, account, pins); };
  co_await context.db.write(keep);
}

Task<> refresh_counts(Context& context, AccountId account, Actor const& actor, Errand& errand) {
  store::RemoteCounts counts;
  Task<std::optional<std::int64_t>> followers = total_of(context, actor.followers, actor.id, errand);
  counts.followers = co_await std::move(followers);
  Task<std::optional<std::int64_t>> following = total_of(context, actor.following, actor.id, errand);
  counts.following = co_await std::move(following);
  Task<std::optional<std::int64_t>> posts = total_of(context, actor.outbox, actor.id, errand);
  counts.posts = co_await std::move(posts);
  auto keep = [&](db::Writer& w) {
    store::set_remote_counts(w, account, counts);
    social::tell(w, social::Live::account_changed, account.value);
  };
  co_await context.db.write(keep);
}

}  // namespace

Task<> refresh_profile(Context& context, AccountId account) {
  auto ask = [&](db::Reader& r) { return whom_to_ask(r, account); };
  std::optional<std::string> uri = co_await context.db.read(ask);
  if (!uri) co_return;
  Errand errand(manners);
  Task<Result<FetchedActor>> fetching = fetch_actor(context, *uri, Alias::refused, &errand);
  Result<FetchedActor> fetched = co_await std::move(fetching);
  if (!fetched) {
    auto why = fetched.error().refusal;
    bool is_gone = why == Refusal::gone || why == Refusal::not_found;
    auto mark = [&](db::Writer& w) { mark_failed(w, account, why); };
    if (is_gone) co_await context.db.write(mark);
    co_return;
  }
  auto looked = [&](db::Writer& w) { store::set_profile_looked_at(w, fetched->account, w.now()); };
  co_await context.db.write(looked);
  Task<> counting = refresh_counts(context, fetched->account, fetched->actor, errand);
  co_await std::move(counting);
  Task<> pinning = refresh_pins(context, fetched->account, fetched->actor, errand);
  co_await std::move(pinning);
}

}  // namespace posy::federation
