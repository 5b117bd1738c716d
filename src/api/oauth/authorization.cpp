#include "api/oauth/authorization.hpp"

#include <algorithm>

#include "api/gate/scope.hpp"
#include "api/oauth/redirect_uri.hpp"
#include "crypto/pkce.hpp"

namespace posy::api {
namespace {

CheckedAuthorization refused(std::string error, std::string description, std::string redirect_uri = {},
                             std::string state = {}) {
  // There is no address to tell when the code would have been shown.
  if (redirect_uri == out_of_band) redirect_uri.clear();
  return {{}, {std::move(error), std::move(description), std::move(redirect_uri), std::move(state)}};
}

}  // namespace

CheckedAuthorization check_authorization(std::optional<store::App> const& app,
                                         AuthorizeParams const& params) {
  if (!app) return refused("invalid_client", "This application is not known here.");
  auto registered = split_lines(app->redirect_uris);
  auto redirect_uri = params.redirect_uri.value_or(registered.size() == 1 ? registered.front() : "");
  if (std::ranges::find(registered, redirect_uri) == registered.end())
    return refused("invalid_redirect_uri", "The redirect uri included is not valid.");

  // From here on the application may be told.
  auto state = params.state.value_or("");
  if (params.response_type != "code")
    return refused("unsupported_response_type",
                   "The authorization server does not support this response type.", redirect_uri, state);
  auto scopes = normalize_scopes(params.scope.value_or(""));
  if (scopes.empty()) scopes = "read";
  auto wanted = Scopes::parse(scopes), allowed = Scopes::parse(app->scopes);
  if (!wanted || wanted->empty() || !allowed || !allowed->contains(*wanted))
    return refused("invalid_scope", "The requested scope is invalid, unknown, or malformed.", redirect_uri,
                   state);
  auto challenge = params.code_challenge.value_or("");
  bool method_known = challenge.empty() || params.code_challenge_method == "S256";
  if (!method_known || (!challenge.empty() && !crypto::is_pkce_challenge(challenge)))
    return refused("invalid_request", "The code challenge must be made with the method S256.", redirect_uri,
                   state);
  return {Authorization{redirect_uri, scopes, state, challenge}, {}};
}

std::string answer_address(std::string const& redirect_uri, std::string_view name, std::string_view value,
                           std::string_view description, std::string_view state) {
  return with_params(redirect_uri, {{name, value}, {"error_description", description}, {"state", state}});
}

}  // namespace posy::api
