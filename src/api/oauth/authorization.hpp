// What an application asks a person for, checked. (RFC 6749, section 4.1.1; RFC 7636)
#pragma once

#include <optional>
#include <string>

#include "store/oauth.hpp"

namespace posy::api {

struct AuthorizeParams {
  std::optional<std::string> response_type;
  std::optional<std::string> client_id;
  std::optional<std::string> redirect_uri;
  std::optional<std::string> scope;
  std::optional<std::string> state;
  std::optional<std::string> code_challenge;
  std::optional<std::string> code_challenge_method;
};
BOOST_DESCRIBE_STRUCT(AuthorizeParams, (),
                      (response_type, client_id, redirect_uri, scope, state, code_challenge,
                       code_challenge_method))

struct Authorization {
  std::string redirect_uri;  // one that the application registered
  std::string scopes;
  std::string state;
  std::string challenge;
};

struct AuthorizeProblem {
  std::string error;
  std::string description;
  // Where the application may be told. Empty: the person is, because nobody knows whose address it would be.
  std::string redirect_uri;
  std::string state;
};

struct CheckedAuthorization {
  std::optional<Authorization> authorization;
  AuthorizeProblem problem;  // when there is none
};

CheckedAuthorization check_authorization(std::optional<store::App> const& app, AuthorizeParams const& params);
// The address that tells the application; `value` is the code or the error.
std::string answer_address(std::string const& redirect_uri, std::string_view name, std::string_view value,
                           std::string_view description, std::string_view state);

}  // namespace posy::api
