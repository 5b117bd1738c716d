#include "federation/endpoints/endpoints.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/json/serialize.hpp>

#include "base/encoding.hpp"
#include "federation/endpoints/asking.hpp"
#include "federation/endpoints/answers.hpp"
#include "federation/inbox/counted.hpp"
#include "federation/outbox/documents.hpp"
#include "federation/vocabulary/collection.hpp"
#include "federation/vocabulary/context.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "federation/vocabulary/webfinger.hpp"
#include "jobs/queue.hpp"
#include "social/timelines.hpp"
#include "social/visibility.hpp"
#include "store/emoji.hpp"
#include "store/interaction.hpp"
#include "store/relation.hpp"
#include "store/tombstone.hpp"
#include "text/normalize.hpp"

namespace posy::federation {
namespace {

using social::Viewer;
using store::Account;
using store::Post;
using store::Visibility;

constexpr int page_items = 20;
constexpr int featured_max = 100;
constexpr std::size_t inbox_bytes_max = 1 << 20;
// A document waits so long for the keys of somebody who has just joined.
constexpr std::chrono::milliseconds key_pause{50};
constexpr int key_pauses_max = 60;
constexpr std::string_view for_minutes = "public, max-age=180";

}  // namespace

http::Response document(boost::json::object const& object, unsigned status) {
  http::Response response{.status = status, .headers = {}, .body = boost::json::serialize(object)};
  response.headers.set("Content-Type", activity_json);
  response.headers.set("Vary", "Accept, Signature, Signature-Input");
  if (status == 200) response.headers.set("Cache-Control", for_minutes);
  return response;
}

namespace {

// Not for caches on the way: the next one who asks is somebody else.
http::Response for_the_asker(http::Response response) {
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

// Who signs that she asks; nobody where it is not signed and need not be.
Task<Viewer> viewer_of(Context& context, http::Request const& request, bool must_sign) {
  Task<Result<std::string>> asking = asking_actor(context, request);
  Result<std::string> actor = co_await std::move(asking);
  if (!actor && actor.error().refusal == Refusal::unavailable) actor.value();
  if (!actor && must_sign) refuse(Refusal::unauthorized, actor.error().message);
  if (!actor) co_return Viewer{};
  auto find = [&](db::Reader& r) { return context.uris.find_account(r, *actor); };
  std::optional<Account> account = co_await context.db.read(find);
  if (!account || account->suspended_at) refuse(Refusal::forbidden, "This server does not talk with the one who asks");
  co_return Viewer{account->id};
}

bool is_for_everybody(Post const& post) {
  return post.visibility == Visibility::everyone || post.visibility == Visibility::unlisted;
}

}  // namespace

Account load_person(db::Reader& r, http::Request const& request) {
  auto account = store::find_account(r, text::fold_username(request.path_param("name")), "");
  if (!account) refuse(Refusal::not_found, not_found().message);
  if (account->suspended_at) refuse(Refusal::gone, "This account has been suspended");
  return *account;
}

Post load_post(db::Reader& r, http::Request const& request, Account const& author, Viewer viewer) {
  auto id = parse_id(request.path_param("id"));
  auto post = id ? store::find_post(r, PostId{*id}) : std::nullopt;
  bool there = post && post->author == author.id && social::may_see(r, viewer, *post);
  if (!there) refuse(Refusal::not_found, not_found().message);
  return *post;
}

namespace {

// Whether it depends on who asks. What does not exist is for everybody.
bool is_for_some(db::Reader& r, http::Request const& request) {
  auto id = parse_id(request.path_param("id"));
  auto post = id ? store::find_post(r, PostId{*id}) : std::nullopt;
  return post && !is_for_everybody(*post);
}

// ---- WebFinger and host-meta ----

std::optional<std::string> name_in(Context const& context, std::string_view resource) {
  if (auto name = context.uris.username(resource)) return name;
  auto page = context.site.base_url + "/@";
  if (resource.starts_with(page)) return std::string(resource.substr(page.size()));
  auto handle = account_of(resource.starts_with("acct:") ? std::string(resource) : "acct:" + std::string(resource));
  auto at = handle.find('@');
  if (at == handle.npos) return {};
  auto domain = handle.substr(at + 1);
  if (domain != context.site.account_domain && domain != context.site.host) return {};
  return handle.substr(0, at);
}

Task<http::Response> webfinger(Context& context, http::Request const& request) {
  auto const* resource = request.params.if_contains("resource");
  if (!resource || !resource->is_string()) co_return http::error(400, "The parameter resource is missing");
  std::string_view asked = resource->get_string();
  auto name = asked == context.uris.server_actor() ? std::optional(context.site.host) : name_in(context, asked);
  if (!name) co_return http::error(404, not_found().message);
  bool is_server = *name == context.site.host;
  auto find = [&](db::Reader& r) { return store::find_account(r, *name, ""); };
  std::optional<Account> account = co_await context.db.read(find);
  if (!account && !is_server) co_return http::error(404, not_found().message);
  WebFinger out;
  if (is_server) {
    out.subject = "acct:" + context.site.host + "@" + context.site.account_domain;
    out.actor = context.uris.server_actor();
    out.profile_page = context.site.base_url + "/about";
  } else {
    out.subject = "acct:" + account->username + "@" + context.site.account_domain;
    out.actor = context.uris.actor(*account);
    out.profile_page = context.site.account_url(*account);
    out.aliases = {out.profile_page, out.actor};
    out.subscribe_template = context.site.base_url + "/authorize_interaction?uri={uri}";
    out.avatar = context.site.avatar_url(*account);
  }
  http::Response response{.status = 200, .headers = {}, .body = boost::json::serialize(write_webfinger(out))};
  response.headers.set("Content-Type", "application/jrd+json; charset=utf-8");
  response.headers.set("Cache-Control", for_minutes);
  co_return response;
}

Task<http::Response> host_meta(Context& context, http::Request const&) {
  http::Response response;
  response.body = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n"
      "  <Link rel=\"lrdd\" type=\"application/xrd+xml\" template=\"{}/.well-known/webfinger?resource={{uri}}\"/>\n"
      "</XRD>\n",
      context.site.base_url);
  response.headers.set("Content-Type", "application/xrd+xml; charset=utf-8");
  co_return response;
}

// ---- actors ----

Task<http::Response> server_actor(Context& context, http::Request const&) {
  auto load = [&](db::Reader& r) { return store::find_signing_key(r, store::server_owner); };
  std::optional<store::SigningKey> key = co_await context.db.read(load);
  if (!key) refuse(Refusal::unavailable, "The keys of this server are being made. Please try again in a moment.");
  co_return document(write_actor_document(server_document(context.site, {key->rsa_public, key->ed25519_public})));
}

Task<http::Response> person(Context& context, http::Request const& request) {
  if (!wants_document(request)) {
    auto page = http::redirect(302, "/@" + percent_encode(request.path_param("name")));
    page.headers.set("Vary", "Accept");
    co_return page;
  }
  struct Loaded {
    Account account;
    std::optional<store::SigningKey> key;
    Moves moves;
  };
  auto load = [&](db::Reader& r) {
    auto account = load_person(r, request);
    return Loaded{account, store::find_signing_key(r, account.id.value), moves_of(r, context.uris, account)};
  };
  Loaded loaded = co_await context.db.read(load);
  if (!loaded.key) {
    auto ask = [&](db::Writer& w) { jobs::add(w, jobs::MakeKeys{loaded.account.id}, w.now()); };
    co_await context.db.write(ask);
  }
  boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor);
  for (int i = 0; !loaded.key && i < key_pauses_max; ++i) {
    pause.expires_after(key_pause);
    co_await pause.async_wait(boost::asio::use_awaitable);
    loaded = co_await context.db.read(load);
  }
  if (!loaded.key)
    refuse(Refusal::unavailable, "The keys of this account are being made. Please try again in a moment.");
  ShownKeys keys{loaded.key->rsa_public, loaded.key->ed25519_public};
  auto write = [&](db::Reader& r) {
    return document(write_actor_document(person_document(r, context.site, loaded.account, keys, loaded.moves)));
  };
  co_return co_await context.db.read(write);
}

Task<http::Response> emoji(Context& context, http::Request const& request) {
  auto load = [&](db::Reader& r) {
    auto found = store::emojis_by_code(r, "", std::vector{std::string(request.path_param("code"))});
    if (found.empty()) refuse(Refusal::not_found, not_found().message);
    auto tags = write_tags({.emojis = {emoji_document(context.site, found.front())}});
    return document(with_context(ContextKind::object, std::move(tags.front().as_object())));
  };
  co_return co_await context.db.read(load);
}

// ---- posts ----

http::Response page_of_post(http::Request const& request) {
  auto page = http::redirect(302, "/@" + percent_encode(request.path_param("name")) + "/" +
                                      percent_encode(request.path_param("id")));
  page.headers.set("Vary", "Accept");
  return page;
}

std::optional<store::Tombstone> find_tombstone(db::Reader& r, http::Request const& request, Account const& author) {
  auto id = parse_id(request.path_param("id"));
  auto tombstone = id ? store::find_tombstone(r, PostId{*id}) : std::nullopt;
  if (!tombstone || tombstone->author != author.id || tombstone->visibility > Visibility::unlisted) return {};
  return tombstone;
}

Task<http::Response> post(Context& context, http::Request const& request) {
  if (!wants_document(request)) co_return page_of_post(request);
  auto ask = [&](db::Reader& r) { return is_for_some(r, request); };
  bool for_some = co_await context.db.read(ask);
  if (for_some) {
    Task<Viewer> asking = viewer_of(context, request, false);
    Viewer viewer = co_await std::move(asking);
    auto load = [&](db::Reader& r) {
      auto found = load_post(r, request, load_person(r, request), viewer);
      return document(found.boost_of ? write_activity_document(activity_of(r, context.site, found))
                                     : write_object_document(post_document(r, context.site, found)));
    };
    http::Response response = co_await context.db.read(load);
    co_return for_the_asker(std::move(response));
  }
  auto load = [&](db::Reader& r) {
    auto author = load_person(r, request);
    if (auto left = find_tombstone(r, request, author)) {
      Tombstone shown{.id = fmt::format("{}/statuses/{}", context.uris.actor(author), left->post.str()),
                      .former_type = "Note",
                      .deleted = left->deleted_at};
      return document(write_tombstone_document(shown), 410);
    }
    auto found = load_post(r, request, author);
    if (found.boost_of) return document(write_activity_document(activity_of(r, context.site, found)));
    return document(write_object_document(post_document(r, context.site, found)));
  };
  co_return co_await context.db.read(load);
}

Task<http::Response> post_activity(Context& context, http::Request const& request) {
  auto load = [&](db::Reader& r) {
    auto found = load_post(r, request, load_person(r, request));
    return document(write_activity_document(activity_of(r, context.site, found)));
  };
  co_return co_await context.db.read(load);
}

enum class Counted { likes, shares };

template <Counted counted>
Task<http::Response> count_of_post(Context& context, http::Request const& request) {
  auto load = [&](db::Reader& r) {
    auto author = load_person(r, request);
    auto found = load_post(r, request, author);
    auto stats = store::post_stats(r, {found.id}).at(0);
    bool is_likes = counted == Counted::likes;
    Collection out{.id = context.uris.post(found, author) + (is_likes ? "/likes" : "/shares"), .is_ordered = false};
    out.total_items = is_likes ? stats.favourites : stats.boosts;
    return document(write_collection_document(out));
  };
  co_return co_await context.db.read(load);
}

// There as long as she lets the post quote hers.
Task<http::Response> stamp(Context& context, http::Request const& request) {
  auto load = [&](db::Reader& r) {
    auto author = load_person(r, request);
    auto id = parse_id(request.path_param("id"));
    auto quote = id ? store::find_post(r, PostId{*id}) : std::nullopt;
    auto quoted = quote && quote->quote_of ? store::find_post(r, quote->quote_of) : std::nullopt;
    bool stands = quoted && quoted->author == author.id && quote->quote_state == store::QuoteState::accepted &&
                  is_for_everybody(*quoted);
    auto quoting = stands ? store::find_account(r, quote->author) : std::nullopt;
    if (!quoting) refuse(Refusal::not_found, not_found().message);
    Authorization authorization{.type = AuthorizationType::quote,
                                .id = context.uris.stamp(author, quote->id),
                                .attributed_to = context.uris.actor(author),
                                .interacting_object = context.uris.post(*quote, *quoting),
                                .interaction_target = context.uris.post(*quoted, author)};
    return document(write_authorization(authorization));
  };
  co_return co_await context.db.read(load);
}

// ---- collections of a person ----

enum class People { followers, following };

// How many, not who: whom she follows is nobody's business that does not see it in her profile.
template <People people>
Task<http::Response> people_of(Context& context, http::Request const& request) {
  auto load = [&](db::Reader& r) {
    auto account = load_person(r, request);
    auto stats = store::account_stats(r, {account.id}).at(0);
    bool is_followers = people == People::followers;
    Collection out{.id = context.uris.actor(account) + (is_followers ? "/followers" : "/following")};
    out.attributed_to = context.uris.actor(account);
    out.total_items = is_followers ? stats.followers : stats.following;
    return document(write_collection_document(out));
  };
  co_return co_await context.db.read(load);
}

Task<http::Response> outbox(Context& context, http::Request const& request) {
  auto load = [&](db::Reader& r) {
    auto account = load_person(r, request);
    Collection out{.id = context.uris.actor(account) + "/outbox", .attributed_to = context.uris.actor(account)};
    auto const* before = request.params.if_contains("before");
    if (!before) {
      out.total_items = store::account_stats(r, {account.id}).at(0).posts;
      out.first.id = out.id + "?before=9223372036854775807";
      return document(write_collection_document(out));
    }
    auto bound = before->is_string() ? parse_id(std::string_view(before->get_string())) : std::nullopt;
    if (!bound) refuse(Refusal::bad_request, "The parameter before is no id");
    auto rows = r.all<Post>(R"sql(
        select :row from post where author = $1 and visibility <= 1 and id < $2 order by id desc limit $3
    )sql",
                            account.id, *bound, page_items);
    out.part_of = out.id;
    out.id += fmt::format("?before={}", *bound);
    out.is_page = true;
    for (auto const& row : rows)
      out.items.push_back({{}, write_activity(activity_of(r, context.site, row))});
    if (static_cast<int>(rows.size()) == page_items)
      out.next = fmt::format("{}?before={}", out.part_of, rows.back().id.str());
    return document(write_collection_document(out));
  };
  co_return co_await context.db.read(load);
}

Task<http::Response> featured(Context& context, http::Request const& request) {
  auto load = [&](db::Reader& r) {
    auto account = load_person(r, request);
    auto rows = r.all<Post>(R"sql(
        select :row(p) from pin n join post p on p.id = n.post
        where n.account = $1 and p.visibility <= 1 order by n.post desc limit $2
    )sql",
                            account.id, featured_max);
    Collection out{.id = context.uris.actor(account) + "/collections/featured"};
    out.attributed_to = context.uris.actor(account);
    out.total_items = std::ssize(rows);
    for (auto const& row : rows) out.items.push_back({{}, write_object(post_document(r, context.site, row))});
    return document(write_collection_document(out));
  };
  co_return co_await context.db.read(load);
}

// What may be asked for unsigned where fetches must be authorized: by what other servers find and check us; what is a
// page to everybody who does not ask for a document.
enum class Unsigned { never, page, always };

struct Row {
  char const* pattern;
  Task<http::Response> (*handler)(Context&, http::Request const&);
  Unsigned may = Unsigned::never;
};

// What belongs to somebody who has blocked the one who asks is not there for her.
Task<> check_asker(Context& context, http::Request const& request) {
  Task<Viewer> asking = viewer_of(context, request, true);
  Viewer viewer = co_await std::move(asking);
  auto is_blocked = [&](db::Reader& r) {
    auto author = store::find_account(r, text::fold_username(request.path_param("name")), "");
    return author && store::is_blocked_between(r, viewer.account, author->id);
  };
  bool blocked = co_await context.db.read(is_blocked);
  if (blocked) refuse(Refusal::not_found, not_found().message);
}

Task<http::Response> answer(Context& context, http::Request const& request, Row const& row) {
  bool is_open = row.may == Unsigned::always || (row.may == Unsigned::page && !wants_document(request));
  bool is_guarded = context.authorized_fetch && !is_open;
  if (is_guarded) {
    Task<> checking = check_asker(context, request);
    co_await std::move(checking);
  }
  Task<http::Response> answering = row.handler(context, request);
  http::Response response = co_await std::move(answering);
  co_return is_guarded ? for_the_asker(std::move(response)) : std::move(response);
}

constexpr Row rows[] = {
    {"/.well-known/webfinger", webfinger, Unsigned::always},
    {"/.well-known/host-meta", host_meta, Unsigned::always},
    {"/actor", server_actor, Unsigned::always},
    {"/users/:name", person, Unsigned::page},
    {"/emojis/:code", emoji, Unsigned::always},
    {"/users/:name/followers", people_of<People::followers>},
    {"/users/:name/following", people_of<People::following>},
    {"/users/:name/outbox", outbox},
    {"/users/:name/collections/featured", featured},
    {"/users/:name/quote_authorizations/:id", stamp},
    {"/users/:name/statuses/:id", post, Unsigned::page},
    {"/users/:name/collections/tags", featured_tags},
    {"/users/:name/followers_synchronization", followers_here},
    {"/users/:name/statuses/:id/activity", post_activity},
    {"/users/:name/statuses/:id/replies", replies_of_post},
    {"/users/:name/statuses/:id/context", thread_of_post},
    {"/users/:name/statuses/:id/likes", count_of_post<Counted::likes>},
    {"/users/:name/statuses/:id/shares", count_of_post<Counted::shares>},
};

bool names_document(std::string_view type) {
  return type.starts_with("application/activity+json") || type.starts_with("application/ld+json");
}

}  // namespace

bool wants_document(http::Request const& request) {
  for (auto accept : request.headers.all("Accept")) {
    while (!accept.empty()) {
      auto comma = accept.find(',');
      auto type = accept.substr(0, comma);
      type.remove_prefix(std::min(type.find_first_not_of(' '), type.size()));
      if (names_document(type)) return true;
      if (type.starts_with("text/html") || type.starts_with("application/xhtml")) return false;
      accept.remove_prefix(comma == accept.npos ? accept.size() : comma + 1);
    }
  }
  return false;
}

std::optional<http::Response> lead_to_document(http::Request const& request) {
  std::string_view path = request.path;
  if (request.method != http::Method::get || !path.starts_with("/@") || !wants_document(request)) return {};
  path.remove_prefix(2);
  auto slash = path.find('/');
  auto name = path.substr(0, slash);
  auto rest = slash == path.npos ? std::string_view{} : path.substr(slash + 1);
  std::string target = "/users/" + percent_encode(name);
  if (!rest.empty()) {
    if (!parse_id(rest)) return {};
    target += "/statuses/" + std::string(rest);
  }
  auto response = http::redirect(302, target);
  response.headers.set("Vary", "Accept");
  return response;
}

void add_endpoints(http::Router& router, Context& context, Seen& seen, std::function<void()> wake) {
  for (auto const& row : rows) {
    http::Endpoint endpoint;
    endpoint.pattern = row.pattern;
    endpoint.handler = [&context, &row](http::Request& request) { return answer(context, request, row); };
    router.add(std::move(endpoint));
  }
  for (auto pattern : {"/inbox", "/users/:name/inbox"}) {
    http::Endpoint endpoint;
    endpoint.method = http::Method::post;
    endpoint.pattern = pattern;
    endpoint.body_max = inbox_bytes_max;
    endpoint.handler = [&context, &seen, wake](http::Request& request) {
      return accept_and_count(context, seen, request, wake);
    };
    router.add(std::move(endpoint));
  }
}

}  // namespace posy::federation
