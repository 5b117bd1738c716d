#include "federation/endpoints/endpoints.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/json/serialize.hpp>

#include "base/encoding.hpp"
#include "federation/endpoints/answers.hpp"
#include "federation/endpoints/asking.hpp"
#include "federation/inbox/counted.hpp"
#include "federation/outbox/documents.hpp"
#include "federation/vocabulary/collection.hpp"
#include "federation/vocabulary/context.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "http/refusal.hpp"
#include "jobs/queue.hpp"
#include "store/relation.hpp"
#include "text/normalize.hpp"
#include "text/slug.hpp"

namespace posy::federation {
namespace {

using serving::Answers;
using serving::Late;
using social::Viewer;
using store::Account;

constexpr std::size_t inbox_bytes_max = 1 << 20;
// A document waits so long for the keys of somebody who has just joined.
constexpr std::chrono::milliseconds key_pause{50};
constexpr int key_pauses_max = 60;
constexpr std::string_view for_minutes = "public, max-age=180";
constexpr std::string_view by_signature = "Accept, Signature, Signature-Input";

}  // namespace

http::Response shared_text(std::string body, std::string_view type, unsigned status) {
  auto etag = serving::etag_of(body);
  http::Response response{.status = status, .headers = {}, .body = std::make_shared<std::string const>(std::move(body))};
  response.headers.add("Content-Type", type);
  response.headers.add("Vary", "Accept");
  response.headers.add("Cache-Control", for_minutes);
  response.headers.add("ETag", etag);
  return response;
}

http::Response document(boost::json::object const& object, unsigned status) {
  return shared_text(boost::json::serialize(object), activity_json, status);
}

namespace {

// Not for caches on the way: the next one who asks is somebody else.
http::Response for_the_asker(http::Response response) {
  response.headers.set("Cache-Control", "private, no-store");
  response.headers.set("Vary", by_signature);
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

// What may be asked for unsigned where fetches must be authorized: by what other servers find and check us; what is a
// page to everybody who does not ask for a document.
enum class Unsigned { never, page, always };

// Either what everybody gets, made once and kept, or a handler for the one who asks.
struct Row {
  char const* pattern;
  Made (*make)(db::Reader&, Asked const&);
  Unsigned may = Unsigned::never;
  char const* param = nullptr;  // of the query, the only one that matters
  Late late = Late::a_moment;
  Task<http::Response> (*handler)(Context&, http::Request const&) = nullptr;
};

// What all that is asked for at this address and in this way have in common; empty where it should not be kept.
std::string key_of(http::Request const& request, Row const& row) {
  constexpr char between = '\0';  // stands in no request
  std::string key = row.pattern;
  for (auto const& [name, value] : request.path_params) (key += between) += value;
  auto const* param = row.param ? request.params.if_contains(row.param) : nullptr;
  if (!param) return key;
  if (!param->is_string()) return {};
  (key += between) += std::string_view(param->get_string());
  return key;
}

http::Response page_of(http::Request const& request) {
  auto address = "/@" + percent_encode(request.path_param("name"));
  if (auto id = request.path_param("id"); !id.empty()) address += "/" + percent_encode(id);
  auto page = http::redirect(302, address);
  page.headers.set("Vary", "Accept");
  return page;
}

Task<> ask_for_keys(Context& context, http::Request const& request) {
  auto ask = [&](db::Writer& w) {
    auto account = store::find_account(w, text::fold_username(request.path_param("name")), "");
    if (account) jobs::add(w, jobs::MakeKeys{account->id}, w.now());
  };
  co_await context.db.write(ask);
}

// From memory, or made by one read for all who ask meanwhile.
Task<Answers::Pointer> shared(Context& context, Answers& answers, http::Request const& request, Row const& row) {
  auto key = key_of(request, row);
  if (auto known = answers.find(key)) co_return known;
  auto make = [&context, &request, &row](db::Reader& r, Shows& shows) {
    Asked asked{context, request, shows};
    return row.make(r, asked);
  };
  Task<Answers::Pointer> making = answers.get(context.db, std::move(key), row.late, make);
  Answers::Pointer made = co_await std::move(making);
  co_return made;
}

// The document of a person waits until she has keys.
Task<Answers::Pointer> finished(Context& context, Answers& answers, http::Request const& request, Row const& row) {
  Task<Answers::Pointer> looking = shared(context, answers, request, row);
  Answers::Pointer found = co_await std::move(looking);
  if (found->keep != serving::Keep::no) co_return found;
  Task<> asking = ask_for_keys(context, request);
  co_await std::move(asking);
  boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor);
  for (int i = 0; found->keep == serving::Keep::no && i < key_pauses_max; ++i) {
    pause.expires_after(key_pause);
    co_await pause.async_wait(boost::asio::use_awaitable);
    Task<Answers::Pointer> again = shared(context, answers, request, row);
    found = co_await std::move(again);
  }
  if (found->keep == serving::Keep::no)
    refuse(Refusal::unavailable, "The keys of this account are being made. Please try again in a moment.");
  co_return found;
}

// What not everybody may see: read for this one, and for nobody else.
Task<http::Response> for_one(Context& context, http::Request const& request) {
  Task<Viewer> asking = viewer_of(context, request, false);
  Viewer viewer = co_await std::move(asking);
  auto load = [&](db::Reader& r) {
    Shows nothing_kept;
    return post_for(r, {context, request, nothing_kept}, viewer);
  };
  http::Response response = co_await context.db.read(load);
  co_return for_the_asker(std::move(response));
}

Task<http::Response> answer(Context& context, Answers& answers, http::Request const& request, Row const& row) {
  bool is_page = row.may == Unsigned::page && !wants_document(request);
  bool is_guarded = context.authorized_fetch && row.may != Unsigned::always && !is_page;
  if (is_guarded) {
    Task<> checking = check_asker(context, request);
    co_await std::move(checking);
  }
  if (is_page) co_return page_of(request);
  http::Response response;
  if (row.handler) {
    Task<http::Response> answering = row.handler(context, request);
    response = co_await std::move(answering);
  } else {
    Task<Answers::Pointer> finding = finished(context, answers, request, row);
    Answers::Pointer found = co_await std::move(finding);
    if (found->keep == serving::Keep::not_for_all) {
      Task<http::Response> answering = for_one(context, request);
      response = co_await std::move(answering);
    } else {
      response = found->refusal ? http::refused(*found->refusal) : found->response;
    }
  }
  co_return is_guarded ? for_the_asker(std::move(response)) : std::move(response);
}

constexpr Row rows[] = {
    {"/.well-known/webfinger", webfinger, Unsigned::always, "resource"},
    {"/.well-known/host-meta", nullptr, Unsigned::always, nullptr, Late::never, host_meta},
    {"/actor", server_actor, Unsigned::always},
    {"/users/:name", person, Unsigned::page},
    {"/emojis/:code", emoji, Unsigned::always},
    {"/users/:name/followers", followers_of, Unsigned::never, "before"},
    {"/users/:name/following", following_of, Unsigned::never, "before"},
    {"/users/:name/outbox", outbox, Unsigned::never, "before"},
    {"/users/:name/collections/featured", featured},
    {"/users/:name/quote_authorizations/:id", stamp, Unsigned::never, nullptr, Late::never},
    {"/users/:name/statuses/:id", post, Unsigned::page},
    {"/users/:name/essays/:slug", essay, Unsigned::always},
    {"/users/:name/collections/tags", featured_tags},
    {"/users/:name/followers_synchronization", nullptr, Unsigned::never, nullptr, Late::never, followers_here},
    {"/users/:name/statuses/:id/activity", post_activity},
    {"/users/:name/statuses/:id/replies", replies_of_post, Unsigned::never, "after"},
    {"/users/:name/statuses/:id/context", thread_of_post, Unsigned::never, "after"},
    {"/users/:name/statuses/:id/likes", likes_of_post},
    {"/users/:name/statuses/:id/shares", shares_of_post, Unsigned::never, "before"},
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
    if (!parse_id(rest) && !text::is_slug(rest)) return {};
    target += (parse_id(rest) ? "/statuses/" : "/essays/") + std::string(rest);
  }
  auto response = http::redirect(302, target);
  response.headers.set("Vary", "Accept");
  return response;
}

void add_endpoints(http::Router& router, Context& context, Answers& answers, Seen& seen, std::function<void()> wake) {
  for (auto const& row : rows) {
    http::Endpoint endpoint;
    endpoint.pattern = row.pattern;
    endpoint.handler = [&context, &answers, &row](http::Request& request) {
      return answer(context, answers, request, row);
    };
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
