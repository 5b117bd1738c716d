// Add and Remove: the posts that somebody pinned to her profile.
#include "federation/inbox/acts.hpp"
#include "federation/remote/posts.hpp"
#include "federation/vocabulary/iri.hpp"
#include "social/mark.hpp"
#include "store/remote.hpp"

namespace posy::federation {
namespace {

bool is_of_her_pins(db::Reader& r, Arrived const& arrived) {
  auto remote = store::find_remote(r, arrived.actor);
  return remote && !remote->featured_uri.empty() && arrived.activity.target.id == remote->featured_uri;
}

// Posts that concern nobody here are not fetched: those of people whom nobody follows.
bool concerns_us(db::Reader& r, Context& context, Arrived const& arrived) {
  if (context.uris.find_post(r, arrived.activity.object.id)) return true;
  return r.find<int>("select 1 from follow where target = $1 and by_local = 1 limit 1", arrived.actor).has_value();
}

}  // namespace

Task<std::string> receive_add(Context& context, Arrived const& arrived) {
  auto id = arrived.activity.object.id;
  if (!is_same_origin(id, arrived.activity.actor)) co_return "ignored: is not of her server";
  auto ask = [&](db::Reader& r) { return is_of_her_pins(r, arrived) && concerns_us(r, context, arrived); };
  bool concerns = co_await context.db.read(ask);
  if (!concerns) co_return "ignored: concerns nobody here";
  Task<Result<PostId>> finding = find_post(context, id);
  Result<PostId> found = co_await std::move(finding);
  PostId post = found.value();
  auto act = [&](db::Writer& w) { social::keep_pin(w, arrived.actor, post); };
  co_await context.db.write(act);
  co_return std::string(done);
}

Task<std::string> receive_remove(Context& context, Arrived const& arrived) {
  auto act = [&](db::Writer& w) -> std::string {
    auto post = context.uris.find_post(w, arrived.activity.object.id);
    if (!post || !is_of_her_pins(w, arrived)) return "ignored: is not known here";
    social::drop_pin(w, arrived.actor, post->id);
    return std::string(done);
  };
  co_return co_await context.db.write(act);
}

}  // namespace posy::federation
