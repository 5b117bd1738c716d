#include "api/gate/gate.hpp"

#include "api/gate/token_cache.hpp"
#include "crypto/digest.hpp"
#include "http/networks.hpp"
#include "http/rate_limit.hpp"
#include "http/router.hpp"
#include "social/register.hpp"
#include "store/oauth.hpp"

namespace posy::api {
namespace {

using std::chrono::minutes;

constexpr std::size_t tokens_max = 20'000;
constexpr std::chrono::minutes token_age_max{5};
constexpr std::chrono::hours touch_after{24};

// How often, for each person or, without one, for each address. (docs.joinmastodon.org/api/rate-limits)
struct Limit {
  std::string_view name;
  int requests;
  std::chrono::seconds window;
  bool by_address = false;  // also for those who are signed in
};

constexpr Limit per_account{"account", 300, minutes(5)};
constexpr Limit per_address{"address", 7500, minutes(5), true};

constexpr Limit limit_of(Rate rate) {
  switch (rate) {
    case Rate::media:
      return {"media", 30, minutes(30)};
    case Rate::deletion:
      return {"deletion", 30, minutes(30)};
    case Rate::app_registration:
      return {"app", 25, minutes(10), true};
    case Rate::sign_up:
      return {"sign-up", 5, minutes(30), true};
    case Rate::sign_in:
      return {"sign-in", 50, minutes(15), true};
    case Rate::standard:
      break;
  }
  return per_account;
}

// What the gate leaves with a request that it has seen.
struct Admission {
  Who who;
  http::RateLimiter::Verdict verdict;
};

http::Response too_many(http::RateLimiter::Verdict const& verdict, Time now) {
  auto response = http::error(429, "Too many requests");
  auto wait = std::chrono::ceil<std::chrono::seconds>(verdict.reset - now).count();
  response.headers.set("Retry-After", std::to_string(std::max<std::int64_t>(wait, 1)));
  return response;
}

// Why this token may not be used here, or nothing.
std::optional<http::Response> check_access(Access access, Who const& who) {
  auto const scope = access.scope;
  if (scope == Scope::open || (access.visitors && !who.token)) return {};
  if (!who.token) return http::error(401, "The access token is invalid");
  if (scope == Scope::any_token) return {};
  if (scope != Scope::any_user && !who.scopes.allows(scope))
    return http::error(403, "This action is outside the authorized scopes");
  if (!who.account && !access.visitors) return http::error(422, "This method requires an authenticated user");
  return {};
}

Task<http::Response> handle(Api& api, Handler handler, http::Request& http) {
  Request request{http, std::any_cast<Admission const&>(http.context).who};
  Task<http::Response> handling = handler(api, request);
  http::Response response = co_await std::move(handling);
  co_return response;
}

}  // namespace

struct Gate::Tokens {
  TokenCache cache{tokens_max};
};

// A token as the store knows it.
struct Gate::Found {
  std::optional<Who> who;
  std::string refusal;  // the token is good, but its person is kept out
};

Gate::Gate(db::Database& db, http::RateLimiter& limiter, Clock const& clock, http::Networks const& exempt)
    : db_(db), limiter_(limiter), clock_(clock), exempt_(exempt), tokens_(std::make_unique<Tokens>()) {}

Gate::~Gate() = default;

void Gate::forget(TokenId token) {
  tokens_->cache.forget(token);
}

std::string Gate::token_of(http::Request const& request) {
  constexpr std::string_view bearer = "Bearer ";
  if (auto header = request.headers.find("Authorization")) {
    if (!http::equals_ignoring_case(header->substr(0, bearer.size()), bearer)) return {};
    return std::string(header->substr(bearer.size()));
  }
  if (auto const* value = request.params.if_contains("access_token"); value && value->is_string())
    return std::string(value->get_string());
  return std::string(request.headers.find("Sec-WebSocket-Protocol").value_or(""));
}

Task<Gate::Found> Gate::look_up(std::string token) {
  auto hash = crypto::sha256_hex(token);
  if (auto known = tokens_->cache.find(hash, clock_.now())) co_return Found{known, {}};

  auto generation = tokens_->cache.generation();
  bool touch = false;
  auto load = [&](db::Reader& r) -> Found {
    auto row = store::find_token(r, hash);
    auto scopes = row ? Scopes::parse(row->scopes) : std::nullopt;
    if (!scopes) return {};
    if (row->account) {
      auto login = store::find_login(r, row->account);
      if (!login) return {};
      if (auto allowed = social::may_sign_in(r, *login); !allowed) return {{}, allowed.error().message};
    }
    touch = !row->used_at || *row->used_at < r.now() - touch_after;
    return {Who{row->account, row->app, row->id, *scopes}, {}};
  };
  Found found = co_await db_.read(load);
  if (!found.who) co_return found;
  tokens_->cache.put(hash, *found.who, clock_.now() + token_age_max, generation);
  if (touch) {
    auto id = found.who->token;
    auto act = [id](db::Writer& w) { store::touch_token(w, id, w.now()); };
    co_await db_.write(act);
  }
  co_return found;
}

Task<std::optional<Who>> Gate::find(std::string token) {
  Task<Found> looking = look_up(std::move(token));
  Found found = co_await std::move(looking);
  co_return found.who;
}

// Counts the request, twice where its route has a limit of its own; that one is told then.
std::optional<http::Response> Gate::count(http::Request& request, Route const& route, Who const& who) {
  auto now = clock_.now();
  bool exempt = exempt_.contains(request.peer);
  auto take = [&](Limit const& limit) -> http::RateLimiter::Verdict {
    std::string key(limit.name);
    bool by_account = who.account && !limit.by_address;
    key += by_account ? ":" + who.account.str() : "@" + http::network_of(request.peer);
    if (exempt) return {.limit = limit.requests, .remaining = limit.requests, .reset = now + limit.window};
    return limiter_.take(key, limit.requests, limit.window, now);
  };
  auto verdict = take(who.account ? per_account : per_address);
  if (verdict.allowed && route.rate != Rate::standard) verdict = take(limit_of(route.rate));
  request.context = Admission{who, verdict};
  if (verdict.allowed) return {};
  return too_many(verdict, now);
}

Task<std::optional<http::Response>> Gate::admit(http::Request& request, Route const& route) {
  Found found;
  bool is_bad = false;
  if (auto token = token_of(request); route.access.scope != Scope::open && !token.empty()) {
    Task<Found> looking = look_up(std::move(token));
    found = co_await std::move(looking);
    is_bad = !found.who;
  }
  Who who = found.who.value_or(Who{});
  std::optional<http::Response> refusal = count(request, route, who);
  if (refusal) co_return refusal;
  // A token that has ended must not look like none: the app would go on as if nobody had signed in.
  if (!found.refusal.empty())
    refusal = http::error(403, found.refusal);
  else if (is_bad)
    refusal = http::error(401, "The access token is invalid");
  else
    refusal = check_access(route.access, who);
  co_return refusal;
}

void Gate::add(http::Router& router, Api& api, std::span<Route const> routes) {
  for (auto const& route : routes) {
    http::Endpoint endpoint;
    endpoint.method = route.method;
    endpoint.pattern = route.pattern;
    endpoint.body_max = route.body_max;
    endpoint.spool = route.files;
    endpoint.handler = [&api, handler = route.handler](http::Request& request) {
      return handle(api, handler, request);
    };
    endpoint.admit = [this, &route](http::Request& request) { return admit(request, route); };
    router.add(std::move(endpoint));
  }
}

void Gate::add_rate_headers(http::Request const& request, http::Response& response) {
  auto const* admission = std::any_cast<Admission>(&request.context);
  if (!admission) return;
  auto const& verdict = admission->verdict;
  response.headers.set("X-RateLimit-Limit", std::to_string(verdict.limit));
  response.headers.set("X-RateLimit-Remaining", std::to_string(verdict.remaining));
  response.headers.set("X-RateLimit-Reset", to_rfc3339(verdict.reset));
}

}  // namespace posy::api
