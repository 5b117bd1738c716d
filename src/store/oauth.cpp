#include "store/oauth.hpp"

#include <algorithm>
#include <functional>

namespace posy::store {

std::optional<App> find_app(db::Reader& r, AppId id) {
  return r.find<App>("select :row from oauth_app where id = $1", id);
}

std::optional<App> find_app_by_client_id(db::Reader& r, std::string_view client_id) {
  return r.find<App>("select :row from oauth_app where client_id = $1", client_id);
}

void insert_app(db::Writer& w, App const& app) {
  w.insert("oauth_app", app);
}

void insert_code(db::Writer& w, OauthCode const& code) {
  w.insert("oauth_code", code);
}

std::optional<OauthCode> find_code(db::Reader& r, std::string_view code_hash) {
  return r.find<OauthCode>("select :row from oauth_code where code_hash = $1", code_hash);
}

bool use_code(db::Writer& w, std::string_view code_hash, TokenId token) {
  return w.run("update oauth_code set token = $2 where code_hash = $1 and token is null", code_hash, token) ==
         1;
}

void insert_token(db::Writer& w, OauthToken const& token) {
  w.insert("oauth_token", token);
}

std::optional<OauthToken> find_token(db::Reader& r, std::string_view token_hash) {
  return r.find<OauthToken>("select :row from oauth_token where token_hash = $1", token_hash);
}

std::vector<NamedToken> tokens_of(db::Reader& r, AccountId account, std::optional<int> limit) {
  auto rows = r.all<NamedToken>(R"sql(
      select t.id, t.scopes, t.created_at, t.used_at, a.name as app_name, a.website as app_website
      from oauth_token t left join oauth_app a on a.id = t.app
      where t.account = $1
  )sql",
                                account);
  std::ranges::sort(rows, std::greater<>(), &NamedToken::id);
  if (limit && std::ssize(rows) > *limit) rows.resize(static_cast<std::size_t>(*limit));
  return rows;
}

bool is_token_of(db::Reader& r, TokenId id, AccountId account) {
  return r.find<int>("select 1 from oauth_token where id = $1 and account = $2", id, account).has_value();
}

void delete_token(db::Writer& w, TokenId id) {
  w.run("delete from oauth_token where id = $1", id);
}

void touch_token(db::Writer& w, TokenId id, Time when) {
  w.run("update oauth_token set used_at = $2 where id = $1", id, when);
}

void insert_web_session(db::Writer& w, WebSession const& session) {
  w.insert("web_session", session);
}

std::optional<WebSession> find_web_session(db::Reader& r, std::string_view token_hash) {
  return r.find<WebSession>("select :row from web_session where token_hash = $1", token_hash);
}

std::vector<std::string> session_addresses(db::Reader& r, AccountId account) {
  return r.all<std::string>("select distinct address from web_session where account = $1", account);
}

void delete_web_session(db::Writer& w, std::string_view token_hash) {
  w.run("delete from web_session where token_hash = $1", token_hash);
}

void delete_web_sessions_unused_since(db::Writer& w, AccountId account, Time when) {
  w.run("delete from web_session where account = $1 and used_at < $2", account, when);
}

void touch_web_session(db::Writer& w, std::string_view token_hash, Time when) {
  w.run("update web_session set used_at = $2 where token_hash = $1", token_hash, when);
}

void insert_sign_in_link(db::Writer& w, SignInLink const& link) {
  w.run("delete from sign_in_link where account = $1 and expires_at <= $2", link.account, w.now());
  w.insert("sign_in_link", link);
}

std::optional<AccountId> take_sign_in_link(db::Writer& w, std::string_view token_hash) {
  auto link = w.find<SignInLink>("delete from sign_in_link where token_hash = $1 returning :row", token_hash);
  if (!link || link->expires_at <= w.now()) return {};
  return link->account;
}

}  // namespace posy::store
