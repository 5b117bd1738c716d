// What people do to one another's accounts; each answers with the Relationship that came of it.
// (docs.joinmastodon.org/methods/accounts)
#include "api/mastodon/routes.hpp"
#include "api/render/relationship.hpp"
#include "social/block.hpp"
#include "social/endorse.hpp"
#include "social/follow.hpp"
#include "social/mute.hpp"

namespace posy::api {
namespace {

using http::Method;

// `act` is run in one unit of work, before the relationship is shown.
template <class Act>
Task<http::Response> act_on(Api& api, Request const& request, Act act) {
  auto target = request.id<AccountId>("id").value();
  auto change = [&](db::Writer& w) { act(w, target); };
  co_await api.db.write(change);
  auto show = [&](db::Reader& r) { return render_relationship(r, request.account(), target); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

using Verb = void (*)(db::Writer&, AccountId, AccountId);

template <Verb verb>
Task<http::Response> simple(Api& api, Request const& request) {
  AccountId who = request.account();
  auto act = [who](db::Writer& w, AccountId target) { verb(w, who, target); };
  return act_on(api, request, act);
}

struct FollowParams {
  std::optional<bool> reblogs;
  std::optional<bool> notify;
  json::Omittable<std::vector<std::string>> languages;
};
BOOST_DESCRIBE_STRUCT(FollowParams, (), (reblogs, notify, languages))

Task<http::Response> follow(Api& api, Request const& request) {
  auto params = request.read<FollowParams>();
  social::FollowOptions options{
      .boosts = params.reblogs, .notify = params.notify, .languages = params.languages};
  AccountId who = request.account();
  auto act = [who, options](db::Writer& w, AccountId target) { social::follow(w, who, target, options); };
  return act_on(api, request, act);
}

// Unlike its verb, the request names somebody who must be there.
void unfollow(db::Writer& w, AccountId who, AccountId target) {
  if (!store::find_account(w, target)) refuse(Refusal::not_found, not_found().message);
  social::unfollow(w, who, target);
}

void remove_from_followers(db::Writer& w, AccountId who, AccountId target) {
  if (!store::find_account(w, target)) refuse(Refusal::not_found, not_found().message);
  social::remove_follower(w, who, target);
}

struct MuteParams {
  std::optional<bool> notifications;
  std::optional<std::int64_t> duration;
};
BOOST_DESCRIBE_STRUCT(MuteParams, (), (notifications, duration))

Task<http::Response> mute(Api& api, Request const& request) {
  auto params = request.read<MuteParams>();
  social::MuteOptions options{.notifications = params.notifications.value_or(true)};
  if (params.duration) options.duration = std::chrono::seconds(*params.duration);
  AccountId who = request.account();
  auto act = [who, options](db::Writer& w, AccountId target) { social::mute(w, who, target, options); };
  return act_on(api, request, act);
}

struct NoteParams {
  std::optional<std::string> comment;
};
BOOST_DESCRIBE_STRUCT(NoteParams, (), (comment))

Task<http::Response> note(Api& api, Request const& request) {
  auto comment = request.read<NoteParams>().comment.value_or("");
  AccountId who = request.account();
  auto act = [who, comment](db::Writer& w, AccountId target) {
    social::note_account(w, who, target, comment);
  };
  return act_on(api, request, act);
}

constexpr Route routes[] = {
    {Method::post, "/api/v1/accounts/:id/follow", Scope::write_follows, follow},
    {Method::post, "/api/v1/accounts/:id/unfollow", Scope::write_follows, simple<unfollow>},
    {Method::post, "/api/v1/accounts/:id/remove_from_followers", Scope::write_follows,
     simple<remove_from_followers>},
    {Method::post, "/api/v1/accounts/:id/block", Scope::write_blocks, simple<social::block>},
    {Method::post, "/api/v1/accounts/:id/unblock", Scope::write_blocks, simple<social::unblock>},
    {Method::post, "/api/v1/accounts/:id/mute", Scope::write_mutes, mute},
    {Method::post, "/api/v1/accounts/:id/unmute", Scope::write_mutes, simple<social::unmute>},
    {Method::post, "/api/v1/accounts/:id/note", Scope::write_accounts, note},
    {Method::post, "/api/v1/accounts/:id/endorse", Scope::write_accounts, simple<social::endorse>},
    {Method::post, "/api/v1/accounts/:id/unendorse", Scope::write_accounts, simple<social::unendorse>},
    // The older names.
    {Method::post, "/api/v1/accounts/:id/pin", Scope::write_accounts, simple<social::endorse>},
    {Method::post, "/api/v1/accounts/:id/unpin", Scope::write_accounts, simple<social::unendorse>},
};

}  // namespace

std::span<Route const> account_actions_routes() {
  return routes;
}

}  // namespace posy::api
