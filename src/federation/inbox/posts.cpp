// Create, Update, Delete, Announce and Like: what happens to posts.
#include "federation/inbox/quotes.hpp"
#include "federation/remote/fetch.hpp"
#include "federation/remote/posts.hpp"
#include "federation/vocabulary/iri.hpp"
#include "jobs/queue.hpp"
#include "social/boost.hpp"
#include "social/favourite.hpp"
#include "social/live.hpp"
#include "social/poll.hpp"
#include "social/receive.hpp"
#include "social/remove.hpp"
#include "store/awaited.hpp"
#include "store/consent.hpp"
#include "store/poll.hpp"
#include "store/remote.hpp"
#include "store/remote_file.hpp"
#include "store/relation.hpp"

namespace posy::federation {
namespace {

constexpr std::chrono::days late_post_max{1};  // an earlier one that is not known here concerned nobody

// The object of an activity: the embedded copy if its sender may speak for it, else as its own server has it.
Task<boost::json::object> find_object(Context& context, Arrived const& arrived, Errand* errand = nullptr) {
  auto const& reference = arrived.activity.object;
  bool speaks_for_it = is_same_origin(reference.id, arrived.activity.actor);
  if (!reference.embedded.empty() && speaks_for_it) co_return reference.embedded;
  Task<Result<boost::json::object>> fetching = fetch_document(context, reference.id, errand);
  Result<boost::json::object> fetched = co_await std::move(fetching);
  co_return std::move(fetched).value();
}

bool is_followed_here(db::Reader& r, AccountId account) {
  return r.find<int>("select 1 from follow where target = $1 and by_local = 1 limit 1", account).has_value();
}

// Whether something concerns somebody here, though it names nobody of ours and answers nothing that is known. What does
// not is not kept: anybody could fill the disk with it.
bool concerns_us(db::Reader& r, Context& context, social::Arrival const& arrival, Object const& object) {
  if (is_followed_here(r, arrival.author) || context.uris.find_post(r, arrival.uri)) return true;
  if (store::is_awaited(r, arrival.uri)) return true;  // the beginning of a conversation that was kept
  return object.quote && context.uris.is_ours(object.quote.id);
}

Task<std::string> receive_vote(Context& context, Arrived const& arrived, Object const& object) {
  auto act = [&](db::Writer& w) -> std::string {
    auto post = context.uris.find_post(w, object.in_reply_to);
    if (!post || !post->poll || !post->is_local) return "ignored: votes in no poll of ours";
    auto options = store::options_of(w, {post->poll});
    for (auto const& option : options) {
      if (option.title != object.name) continue;
      social::add_vote(w, arrived.actor, post->poll, option.position);
      return std::string(done);
    }
    return "ignored: votes for what is no option";
  };
  co_return co_await context.db.write(act);
}

// What it answers, so that the thread is whole; it may well be impossible.
Task<> find_parent(Context& context, std::string const& in_reply_to, Errand& errand) {
  if (in_reply_to.empty()) co_return;
  Task<Result<PostId>> finding = find_post(context, in_reply_to, &errand);
  co_await std::move(finding);
}

// A post that is not known yet.
Task<std::string> keep_new(Context& context, Arrived const& arrived, Object object, social::Arrival arrival,
                           Errand& errand) {
  auto ask = [&](db::Reader& r) { return concerns_us(r, context, arrival, object); };
  bool concerns = arrival.in_reply_to || arrival.is_for_us || co_await context.db.read(ask);
  if (!concerns) co_return "ignored: concerns nobody here";
  if (!arrival.in_reply_to && !object.in_reply_to.empty()) {
    Task<> looking = find_parent(context, object.in_reply_to, errand);
    co_await std::move(looking);
    auto find = [&](db::Reader& r) { set_parent(r, context, object.in_reply_to, arrival); };
    co_await context.db.read(find);
  }
  auto act = [&](db::Writer& w) { social::receive_post(w, arrival); };
  co_await context.db.write(act);
  co_return std::string(done);
}

store::Visibility visibility_of(Activity const& announce) {
  if (is_public(announce.to)) return store::Visibility::everyone;
  if (is_public(announce.cc)) return store::Visibility::unlisted;
  return store::Visibility::followers;
}

}  // namespace

Task<std::string> receive_create(Context& context, Arrived const& arrived) {
  // Whom a stranger names is not looked up: else a message of hers costs as many requests as she likes.
  Errand errand(arrived.is_stranger ? Manners{.strangers = 0} : Manners{});
  Task<boost::json::object> finding = find_object(context, arrived, &errand);
  boost::json::object document = co_await std::move(finding);
  auto object = read_object(document).value();
  if (object.author() != arrived.activity.actor) refuse(Refusal::forbidden, "Only its author can publish a post");
  if (object.is_vote()) {
    Task<std::string> voting = receive_vote(context, arrived, object);
    co_return co_await std::move(voting);
  }
  Task<Result<social::Arrival>> gathering = gather_post(context, object, true, &errand);
  Result<social::Arrival> gathered = co_await std::move(gathering);
  auto arrival = std::move(gathered).value();
  Task<std::string> keeping = keep_new(context, arrived, std::move(object), std::move(arrival), errand);
  co_return co_await std::move(keeping);
}

Task<std::string> receive_update(Context& context, Arrived const& arrived) {
  Task<boost::json::object> finding = find_object(context, arrived);
  boost::json::object document = co_await std::move(finding);
  if (kind_of(document) == DocumentKind::actor) {
    if (id_of(document) != arrived.activity.actor) refuse(Refusal::forbidden, "Only she herself can change a profile");
    // Fetched from its origin, so that it is held to the same rules as the first time.
    Task<Result<AccountId>> refreshing = find_actor(context, arrived.activity.actor, Freshness::now);
    Result<AccountId> refreshed = co_await std::move(refreshing);
    refreshed.value();
    co_return std::string(done);
  }
  auto object = read_object(document).value();
  if (object.author() != arrived.activity.actor) refuse(Refusal::forbidden, "Only its author can change a post");
  Task<std::optional<PostId>> looking = find_known(context, object.id);
  std::optional<PostId> known = co_await std::move(looking);
  // The post itself may have been put off, as what it answers is not to be had; it is as it is now.
  bool const is_new = !known && object.published && *object.published > context.clock.now() - late_post_max;
  Errand errand(arrived.is_stranger ? Manners{.strangers = 0} : Manners{});
  Task<Result<social::Arrival>> gathering = gather_post(context, object, is_new, &errand);
  Result<social::Arrival> gathered = co_await std::move(gathering);
  auto arrival = std::move(gathered).value();
  if (is_new) {
    Task<std::string> keeping = keep_new(context, arrived, std::move(object), std::move(arrival), errand);
    co_return co_await std::move(keeping);
  }
  auto act = [&](db::Writer& w) { social::receive_edit(w, arrival); };
  co_await context.db.write(act);
  co_return std::string(done);
}

Task<std::string> receive_delete(Context& context, Arrived const& arrived) {
  auto id = arrived.activity.object.id;
  if (!is_same_origin(id, arrived.activity.actor)) refuse(Refusal::forbidden, "Only its own server can delete it");
  auto act = [&](db::Writer& w) -> std::string {
    if (id == arrived.activity.actor) {
      w.run("update account set suspended_at = $2 where id = $1", arrived.actor, w.now());
      store::drop_remote_files(w, arrived.actor);
      social::tell(w, social::Live::account_changed, arrived.actor.value);
      jobs::add(w, jobs::RemovePosts{arrived.actor}, w.now());
      return std::string(done);
    }
    if (auto outcome = take_back_stamp(w, arrived)) return *outcome;
    auto post = context.uris.find_post(w, id);
    if (!post) {
      store::remember_deleted(w, id);  // it may yet come
      return "ignored: is not known here";
    }
    if (post->author != arrived.actor) return "refused: deletes what another one wrote";
    social::remove_post(w, arrived.actor, post->id, social::KeepMedia::no);
    return std::string(done);
  };
  co_return co_await context.db.write(act);
}

Task<std::string> receive_announce(Context& context, Arrived const& arrived) {
  auto id = arrived.activity.object.id;
  auto ask = [&](db::Reader& r) { return context.uris.is_ours(id) || is_followed_here(r, arrived.actor); };
  bool concerns = co_await context.db.read(ask);
  if (!concerns) co_return "ignored: concerns nobody here";
  Task<Result<PostId>> finding = find_post(context, id);
  Result<PostId> found = co_await std::move(finding);
  PostId original = found.value();
  auto act = [&](db::Writer& w) {
    if (store::forget_deletion(w, arrived.activity.id)) return std::string(was_undone);
    auto boost = social::boost(w, arrived.actor, original, visibility_of(arrived.activity));
    store::set_boost_uri(w, boost.id, arrived.activity.id);
    return std::string(done);
  };
  co_return co_await context.db.write(act);
}

Task<std::string> receive_like(Context& context, Arrived const& arrived) {
  auto act = [&](db::Writer& w) -> std::string {
    auto post = context.uris.find_post(w, arrived.activity.object.id);
    if (!post) return "ignored: is not known here";
    social::favourite(w, arrived.actor, post->id);
    return std::string(done);
  };
  co_return co_await context.db.write(act);
}

}  // namespace posy::federation
