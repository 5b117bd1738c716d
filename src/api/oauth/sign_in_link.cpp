#include "api/oauth/sign_in_link.hpp"

#include "api/oauth/page.hpp"
#include "api/oauth/routes.hpp"
#include "api/oauth/session.hpp"
#include "base/random.hpp"
#include "crypto/digest.hpp"
#include "social/register.hpp"

namespace posy::api {

std::string make_sign_in_link(db::Writer& w, social::Site const& site, AccountId account) {
  auto token = random_token();
  store::insert_sign_in_link(w, {.token_hash = crypto::sha256_hex(token),
                                 .account = account,
                                 .expires_at = w.now() + sign_in_link_age});
  return site.base_url + "/auth/link?token=" + token;
}

namespace {

using http::Method;

struct LinkParam {
  std::optional<std::string> token;
};
BOOST_DESCRIBE_STRUCT(LinkParam, (), (token))

// Programs that look at links before somebody opens them must not use this one up.
bool only_looks(http::Request const& request) {
  if (request.method == Method::head) return true;
  for (std::string_view name : {"Sec-Purpose", "Purpose", "X-Moz"})
    if (request.headers.find(name).value_or("").find("prefetch") != std::string_view::npos) return true;
  return false;
}

// The secret of the new session, or nothing.
std::optional<std::string> let_in(db::Writer& w, Api const& api, Request const& request, std::string const& hash) {
  auto account = store::take_sign_in_link(w, hash);
  auto login = account ? store::find_login(w, *account) : std::nullopt;
  if (!login || !social::may_sign_in(w, *login)) return {};
  return start_session(w, api.site, login->account, request.http);
}

Task<http::Response> sign_in(Api& api, Request const& request) {
  if (only_looks(request.http)) co_return message_page(api, 403, "Not yet", "Open this link to sign in.");
  auto hash = crypto::sha256_hex(request.read<LinkParam>().token.value_or(""));
  auto act = [&](db::Writer& w) { return let_in(w, api, request, hash); };
  std::optional<std::string> secret = co_await api.db.write(act);
  if (!secret)
    co_return message_page(api, 410, "This link does not work any more",
                           "Such a link works once, for a quarter of an hour. The console makes another one.");
  auto response = http::redirect(303, home_path());
  response.headers.set("Cache-Control", "no-store");
  set_session_cookie(response, api.site, *secret);
  co_return response;
}

constexpr Route routes[] = {
    {Method::get, "/auth/link", Scope::open, sign_in, Rate::sign_in},
};

}  // namespace

std::span<Route const> sign_in_link_routes() {
  return routes;
}

}  // namespace posy::api
