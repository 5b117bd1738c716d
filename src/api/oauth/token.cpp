#include "api/oauth/token.hpp"

#include "base/random.hpp"
#include "crypto/digest.hpp"
#include "crypto/pkce.hpp"
#include "social/live.hpp"

namespace posy::api {
namespace {

// A verifier belongs to a challenge and a challenge to a verifier (RFC 9700, section 2.1.1).
bool proves_possession(store::OauthCode const& code, std::string_view verifier) {
  if (code.challenge.empty()) return verifier.empty();
  return crypto::pkce_matches(verifier, code.challenge);
}

}  // namespace

IssuedToken make_token(db::Writer& w, AppId app, AccountId account, std::string_view scopes) {
  IssuedToken issued{w.make_id<TokenId>(), random_token()};
  store::insert_token(w, {.id = issued.id,
                          .token_hash = crypto::sha256_hex(issued.secret),
                          .app = app,
                          .account = account,
                          .scopes = std::string(scopes),
                          .created_at = w.now()});
  return issued;
}

std::string issue_token(db::Writer& w, AppId app, AccountId account, std::string_view scopes) {
  return make_token(w, app, account, scopes).secret;
}

void revoke_token(db::Writer& w, TokenId id) {
  store::delete_token(w, id);
  social::tell(w, social::Live::token_revoked, id.value);
}

std::optional<ExchangedToken> exchange_code(db::Writer& w, CodeExchange const& exchange) {
  auto hash = crypto::sha256_hex(exchange.code);
  auto code = store::find_code(w, hash);
  if (!code || code->app != exchange.app) return {};
  if (code->token) {
    revoke_token(w, code->token);
    return {};
  }
  if (code->expires_at <= w.now() || code->redirect_uri != exchange.redirect_uri) return {};
  if (!proves_possession(*code, exchange.verifier)) return {};

  auto token = make_token(w, code->app, code->account, code->scopes);
  if (!store::use_code(w, hash, token.id)) {
    // Two at the same moment: neither is trusted.
    store::delete_token(w, token.id);
    if (auto used = store::find_code(w, hash)) revoke_token(w, used->token);
    return {};
  }
  return ExchangedToken{std::move(token.secret), std::move(code->scopes)};
}

}  // namespace posy::api
