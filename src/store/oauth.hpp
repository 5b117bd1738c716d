// Applications, the codes and tokens they were given, and sessions in browsers. Of every secret only the
// SHA-256 is kept: they are long and random, so that is enough.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct App {
  AppId id;
  std::string client_id;
  std::string secret_hash;
  std::string name;
  std::string website;
  std::string redirect_uris;  // one a line
  std::string scopes;         // separated by blanks
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(App, (), (id, client_id, secret_hash, name, website, redirect_uris, scopes, created_at))

struct OauthCode {
  std::string code_hash;
  AppId app;
  AccountId account;
  std::string redirect_uri;
  std::string scopes;
  std::string challenge;  // PKCE S256; empty when none was given
  Time expires_at;
  TokenId token;  // what it was exchanged for; none while it is good
};
BOOST_DESCRIBE_STRUCT(OauthCode, (),
                      (code_hash, app, account, redirect_uri, scopes, challenge, expires_at, token))

struct OauthToken {
  TokenId id;
  std::string token_hash;
  AppId app;
  AccountId account;  // none: the token of the application itself
  std::string scopes;
  Time created_at;
  std::optional<Time> used_at;  // about when
};
BOOST_DESCRIBE_STRUCT(OauthToken, (), (id, token_hash, app, account, scopes, created_at, used_at))

// A token with what its application calls itself; nothing where it was made at the command line.
struct NamedToken {
  TokenId id;
  std::string scopes;
  Time created_at;
  std::optional<Time> used_at;
  std::optional<std::string> app_name;
  std::optional<std::string> app_website;
};
BOOST_DESCRIBE_STRUCT(NamedToken, (), (id, scopes, created_at, used_at, app_name, app_website))

struct WebSession {
  std::string token_hash;
  AccountId account;
  std::string csrf;
  Time created_at;
  Time used_at;  // about when
  std::string address;
  std::string agent;
};
BOOST_DESCRIBE_STRUCT(WebSession, (), (token_hash, account, csrf, created_at, used_at, address, agent))

// Signs its person in once, without a password.
struct SignInLink {
  std::string token_hash;
  AccountId account;
  Time expires_at;
};
BOOST_DESCRIBE_STRUCT(SignInLink, (), (token_hash, account, expires_at))

std::optional<App> find_app(db::Reader& r, AppId id);
std::optional<App> find_app_by_client_id(db::Reader& r, std::string_view client_id);
void insert_app(db::Writer& w, App const& app);

void insert_code(db::Writer& w, OauthCode const& code);
std::optional<OauthCode> find_code(db::Reader& r, std::string_view code_hash);
// False when somebody was faster.
bool use_code(db::Writer& w, std::string_view code_hash, TokenId token);

void insert_token(db::Writer& w, OauthToken const& token);
std::optional<OauthToken> find_token(db::Reader& r, std::string_view token_hash);
// Of a person, the one that was made last first; all of them without a limit.
std::vector<NamedToken> tokens_of(db::Reader& r, AccountId account, std::optional<int> limit);
bool is_token_of(db::Reader& r, TokenId id, AccountId account);
void delete_token(db::Writer& w, TokenId id);
void touch_token(db::Writer& w, TokenId id, Time when);

void insert_web_session(db::Writer& w, WebSession const& session);
std::optional<WebSession> find_web_session(db::Reader& r, std::string_view token_hash);
// From where the person signed in, of the sessions that are still there.
std::vector<std::string> session_addresses(db::Reader& r, AccountId account);
void delete_web_session(db::Writer& w, std::string_view token_hash);
void delete_web_sessions_unused_since(db::Writer& w, AccountId account, Time when);
void touch_web_session(db::Writer& w, std::string_view token_hash, Time when);

void insert_sign_in_link(db::Writer& w, SignInLink const& link);  // those of this person that are too old go
// Whose it is; nothing when it is unknown, used or too old. It is gone then.
std::optional<AccountId> take_sign_in_link(db::Writer& w, std::string_view token_hash);

}  // namespace posy::store
