#include "api/oauth/client.hpp"

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

struct Credentials {
  std::optional<std::string> client_id;
  std::optional<std::string> client_secret;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (client_id, client_secret))

struct OauthError {
  std::string error;
  std::string error_description;
};
BOOST_DESCRIBE_STRUCT(OauthError, (), (error, error_description))

// "Authorization: Basic base64(id:secret)", both parts form-encoded.
std::optional<Credentials> basic_credentials(http::Request const& request) {
  constexpr std::string_view scheme = "Basic ";
  auto header = request.headers.find("Authorization").value_or("");
  if (!http::equals_ignoring_case(header.substr(0, scheme.size()), scheme)) return {};
  auto text = from_base64(header.substr(scheme.size()));
  auto colon = text ? text->find(':') : std::string::npos;
  if (colon == std::string::npos) return Credentials{};
  return Credentials{percent_decode(text->substr(0, colon), true),
                     percent_decode(text->substr(colon + 1), true)};
}

}  // namespace

http::Response oauth_error(std::string_view error, std::string_view description) {
  unsigned status = error == "invalid_client" ? 401 : 400;
  auto response = http::json(json::to_json(OauthError{std::string(error), std::string(description)}), status);
  response.headers.set("Cache-Control", "no-store");
  if (status == 401) response.headers.set("WWW-Authenticate", "Basic realm=\"OAuth\"");
  return response;
}

http::Response secret_json(std::string body) {
  auto response = http::json(std::move(body));
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Pragma", "no-cache");
  return response;
}

Task<std::optional<store::App>> authenticate_client(Api& api, Request const& request) {
  auto given = basic_credentials(request.http);
  if (!given) given = request.read<Credentials>();
  auto client_id = given->client_id.value_or("");
  auto find = [&](db::Reader& r) { return store::find_app_by_client_id(r, client_id); };
  std::optional<store::App> app = co_await api.db.read(find);
  auto hash = crypto::sha256_hex(given->client_secret.value_or(""));
  if (app && !crypto::constant_time_equal(app->secret_hash, hash)) app.reset();
  co_return app;
}

}  // namespace posy::api
