// Registering applications. (docs.joinmastodon.org/methods/apps)
#include "api/oauth/client.hpp"
#include "api/oauth/redirect_uri.hpp"
#include "api/oauth/routes.hpp"
#include "base/random.hpp"
#include "crypto/digest.hpp"
#include "json/write.hpp"
#include "text/links.hpp"
#include "text/normalize.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr std::size_t name_bytes_max = 240;  // 60 characters, whatever they are
constexpr std::size_t website_bytes_max = 2000;

struct AppParams {
  std::optional<std::string> client_name;
  std::vector<std::string> redirect_uris;
  std::optional<std::string> scopes;
  std::optional<std::string> website;
};
BOOST_DESCRIBE_STRUCT(AppParams, (), (client_name, redirect_uris, scopes, website))

struct Application {
  std::string id;
  std::string name;
  std::optional<std::string> website;
  std::vector<std::string> scopes;
  std::string redirect_uri;  // all of them, one a line
  std::vector<std::string> redirect_uris;
  std::string vapid_key;  // the same as in the instance entity
};
BOOST_DESCRIBE_STRUCT(Application, (), (id, name, website, scopes, redirect_uri, redirect_uris, vapid_key))

struct CredentialApplication : Application {
  std::string client_id;
  std::string client_secret;
  std::int64_t client_secret_expires_at = 0;  // never
};
BOOST_DESCRIBE_STRUCT(CredentialApplication, (Application),
                      (client_id, client_secret, client_secret_expires_at))

void fill(Application& out, Api const& api, store::App const& app) {
  out.vapid_key = api.push_key;
  out.id = app.id.str();
  out.name = app.name;
  if (!app.website.empty()) out.website = app.website;
  out.scopes = split_lines(app.scopes);
  out.redirect_uri = app.redirect_uris;
  out.redirect_uris = split_lines(app.redirect_uris);
}

std::string join(std::vector<std::string> const& lines) {
  std::string out;
  for (auto const& line : lines) {
    if (!out.empty()) out += '\n';
    out += line;
  }
  return out;
}

// The application as it will be stored, without id and secrets.
store::App read_app(AppParams const& params) {
  store::App app{.name = text::scrub(params.client_name.value_or("")),
                 .website = params.website.value_or("")};
  if (app.name.find_first_not_of(" \t\n") == app.name.npos)
    refuse(Refusal::unprocessable, "Validation failed: Name can't be blank");
  if (app.name.size() > name_bytes_max) refuse(Refusal::unprocessable, "Validation failed: Name is too long");
  if (!app.website.empty() && (app.website.size() > website_bytes_max || !text::is_web_link(app.website)))
    refuse(Refusal::unprocessable, "Validation failed: Website must be a valid URL");
  app.redirect_uris = join(parse_redirect_uris(params.redirect_uris).value());
  app.scopes = normalize_scopes(params.scopes.value_or("read"));
  auto scopes = Scopes::parse(app.scopes);
  if (!scopes || scopes->empty())
    refuse(Refusal::unprocessable, "Validation failed: Scopes doesn't match configured on the server.");
  return app;
}

Task<http::Response> create(Api& api, Request const& request) {
  auto params = request.read<AppParams>();
  store::App app = read_app(params);
  auto secret = random_token();
  auto act = [&](db::Writer& w) {
    app.id = w.make_id<AppId>();
    app.client_id = random_token();
    app.secret_hash = crypto::sha256_hex(secret);
    app.created_at = w.now();
    store::insert_app(w, app);
  };
  co_await api.db.write(act);
  CredentialApplication entity;
  fill(entity, api, app);
  entity.client_id = app.client_id;
  entity.client_secret = secret;
  co_return secret_json(json::to_json(entity));
}

Task<http::Response> verify(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) { return store::find_app(r, request.who.app); };
  std::optional<store::App> app = co_await api.db.read(load);
  if (!app) refuse(Refusal::not_found, "Record not found");
  Application entity;
  fill(entity, api, *app);
  co_return http::json(json::to_json(entity));
}

constexpr Route routes[] = {
    {Method::post, "/api/v1/apps", Scope::open, create, Rate::app_registration},
    {Method::get, "/api/v1/apps/verify_credentials", Scope::any_token, verify},
};

}  // namespace

std::span<Route const> apps_routes() {
  return routes;
}

}  // namespace posy::api
