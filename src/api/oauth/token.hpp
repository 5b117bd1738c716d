// Tokens: 32 random bytes that open the API for a person, or for an application alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/oauth.hpp"

namespace posy::api {

struct IssuedToken {
  TokenId id;
  std::string secret;
};

// `account` may be none: a token of the application itself. Only the hash of the secret is kept.
IssuedToken make_token(db::Writer& w, AppId app, AccountId account, std::string_view scopes);
// The same; returns the secret.
std::string issue_token(db::Writer& w, AppId app, AccountId account, std::string_view scopes);
// The connections that it opened are told, and close.
void revoke_token(db::Writer& w, TokenId id);

// What an application asks for when it exchanges a code.
struct CodeExchange {
  AppId app;
  std::string code;
  std::string redirect_uri;
  std::string verifier;  // PKCE; empty when none was sent
};
// The token with its scopes, or nothing. A code that comes twice was stolen from one of the two: what was
// made from it is revoked. Only a Writer that commits may see "nothing", so this does not throw.
struct ExchangedToken {
  std::string secret;
  std::string scopes;
};
std::optional<ExchangedToken> exchange_code(db::Writer& w, CodeExchange const& exchange);

}  // namespace posy::api
