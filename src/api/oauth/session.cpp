#include "api/oauth/session.hpp"

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "crypto/digest.hpp"
#include "social/register.hpp"

namespace posy::api {
namespace {

constexpr std::chrono::days idle_max{90};
constexpr std::chrono::days age_max{365};
constexpr std::chrono::hours touch_after{1};
constexpr std::chrono::hours form_age{12};
constexpr std::size_t agent_bytes_max = 300;

struct CsrfParam {
  std::optional<std::string> csrf;
};
BOOST_DESCRIBE_STRUCT(CsrfParam, (), (csrf))

bool is_secure(social::Site const& site) {
  return site.base_url.starts_with("https://");
}

// A name with this prefix cannot be set from another host or without TLS (RFC 6265bis, section 4.1.3.2).
std::string cookie_name(social::Site const& site, std::string_view name) {
  return (is_secure(site) ? "__Host-" : "") + std::string(name);
}

std::string cookie(social::Site const& site, std::string_view name, std::string_view value,
                   std::chrono::seconds age) {
  std::string out = cookie_name(site, name) + "=" + std::string(value);
  out += "; Path=/; Max-Age=" + std::to_string(age.count()) + "; HttpOnly; SameSite=Lax";
  if (is_secure(site)) out += "; Secure";
  return out;
}

std::optional<std::string> find_secret(social::Site const& site, http::Request const& request) {
  return request.cookie(cookie_name(site, "posy_session"));
}

// What browsers say of where a form was sent from. Old ones say nothing; then the token alone decides.
bool is_from_our_pages(social::Site const& site, http::Request const& request) {
  if (auto where = request.headers.find("Sec-Fetch-Site"))
    if (*where != "same-origin" && *where != "none") return false;
  auto origin = request.headers.find("Origin");
  return !origin || *origin == site.base_url;
}

std::string form_field(std::string_view cookie) {
  return to_base64url(crypto::hmac_sha256(cookie, "form"));
}

}  // namespace

Task<std::optional<store::WebSession>> find_session(Api& api, http::Request const& request) {
  auto secret = find_secret(api.site, request);
  if (!secret) co_return std::nullopt;
  auto hash = crypto::sha256_hex(*secret);
  auto load = [&](db::Reader& r) -> std::optional<store::WebSession> {
    auto session = store::find_web_session(r, hash);
    if (!session || session->used_at < r.now() - idle_max || session->created_at < r.now() - age_max)
      return {};
    auto login = store::find_login(r, session->account);
    if (!login || !social::may_sign_in(r, *login)) return {};
    return session;
  };
  std::optional<store::WebSession> session = co_await api.db.read(load);
  if (session && session->used_at < api.clock.now() - touch_after) {
    auto touch = [&](db::Writer& w) { store::touch_web_session(w, hash, w.now()); };
    co_await api.db.write(touch);
  }
  co_return session;
}

std::string start_session(db::Writer& w, social::Site const& site, AccountId account,
                          http::Request const& request) {
  end_session(w, site, request);
  store::delete_web_sessions_unused_since(w, account, w.now() - idle_max);
  auto secret = random_token();
  store::insert_web_session(
      w, {.token_hash = crypto::sha256_hex(secret),
          .account = account,
          .csrf = random_token(),
          .created_at = w.now(),
          .used_at = w.now(),
          .address = request.peer,
          .agent = std::string(request.headers.find("User-Agent").value_or("").substr(0, agent_bytes_max))});
  return secret;
}

void end_session(db::Writer& w, social::Site const& site, http::Request const& request) {
  if (auto secret = find_secret(site, request)) store::delete_web_session(w, crypto::sha256_hex(*secret));
}

void set_session_cookie(http::Response& response, social::Site const& site, std::string_view secret) {
  response.headers.add("Set-Cookie", cookie(site, "posy_session", secret, age_max));
}

void clear_session_cookie(http::Response& response, social::Site const& site) {
  response.headers.add("Set-Cookie", cookie(site, "posy_session", "", std::chrono::seconds(0)));
}

bool is_from_session(Api const& api, Request const& request, store::WebSession const& session) {
  auto given = request.read<CsrfParam>().csrf.value_or("");
  return is_from_our_pages(api.site, request.http) && crypto::constant_time_equal(given, session.csrf);
}

FormGuard make_form_guard(social::Site const& site, http::Request const& request) {
  if (auto present = request.cookie(cookie_name(site, "posy_form")); present && !present->empty())
    return {form_field(*present), {}};
  auto made = random_token();
  return {form_field(made), made};
}

void set_form_cookie(http::Response& response, social::Site const& site, FormGuard const& guard) {
  if (guard.cookie) response.headers.add("Set-Cookie", cookie(site, "posy_form", *guard.cookie, form_age));
}

bool is_from_form(Api const& api, Request const& request) {
  auto present = request.http.cookie(cookie_name(api.site, "posy_form"));
  auto given = request.read<CsrfParam>().csrf.value_or("");
  return present && !present->empty() && is_from_our_pages(api.site, request.http) &&
         crypto::constant_time_equal(given, form_field(*present));
}

}  // namespace posy::api
