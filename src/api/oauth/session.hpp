// Who sits at a browser: a cookie with a random secret, of which the store keeps the hash.
//
// Two guards against forms on other sites (CSRF): a form of somebody who is signed in carries the secret of
// her session; a form for those who are not (signing in and up) carries what belongs to a cookie of its own.
#pragma once

#include <optional>
#include <string>

#include "api/api.hpp"
#include "store/oauth.hpp"

namespace posy::api {

// The session of this browser; nothing when there is none, it is old, or its person may not sign in any more.
Task<std::optional<store::WebSession>> find_session(Api& api, http::Request const& request);

// A new secret with each sign-in; the session that the browser had ends. Returns the secret for the cookie.
std::string start_session(db::Writer& w, social::Site const& site, AccountId account,
                          http::Request const& request);
void end_session(db::Writer& w, social::Site const& site, http::Request const& request);
void set_session_cookie(http::Response& response, social::Site const& site, std::string_view secret);
void clear_session_cookie(http::Response& response, social::Site const& site);

// The parameter `csrf` is that of the session, and the request comes from a page of ours.
bool is_from_session(Api const& api, Request const& request, store::WebSession const& session);

// For forms of people who are not signed in.
struct FormGuard {
  std::string field;                  // the value of `csrf` in the form
  std::optional<std::string> cookie;  // to be set, when the browser has none
};
FormGuard make_form_guard(social::Site const& site, http::Request const& request);
void set_form_cookie(http::Response& response, social::Site const& site, FormGuard const& guard);
bool is_from_form(Api const& api, Request const& request);

}  // namespace posy::api
