#include "api/oauth/setup.hpp"

#include "api/oauth/member_form.hpp"
#include "api/oauth/routes.hpp"
#include "api/oauth/session.hpp"
#include "api/pool_result.hpp"
#include "base/random.hpp"
#include "crypto/digest.hpp"
#include "crypto/password.hpp"

namespace posy::api {

OwnerSetup::OwnerSetup(db::Database& db) : token_(random_token()), closed_(false) {
  db.read_now([&](db::Reader& r) { is_open(r); });
}

bool OwnerSetup::is_open(db::Reader& r) {
  if (!closed_ && store::has_owner(r)) closed_ = true;
  return !closed_;
}

bool OwnerSetup::matches(std::string_view token) const {
  return crypto::constant_time_equal(token, token_);
}

std::string OwnerSetup::link(social::Site const& site) const {
  return site.base_url + "/setup?token=" + token_;
}

namespace {

using http::Method;

struct TokenParam {
  std::optional<std::string> token;
};
BOOST_DESCRIBE_STRUCT(TokenParam, (), (token))

http::Response setup_page(Api const& api, std::string_view token, MemberParams const& params,
                          std::vector<social::Complaint> const& complaints = {}, unsigned status = 200) {
  html::Values values;
  values.set("TOKEN", token).set("INSTANCE", api.site.title);
  fill_member_form(values, api, params, complaints);
  return form_page(api, {.title = "Welcome", .content = "auth_setup.html", .status = status}, values);
}

// Why this link does not work, or nothing.
Task<std::optional<http::Response>> refuse_link(Api& api, std::string const& token) {
  auto ask = [&](db::Reader& r) { return api.setup.is_open(r); };
  bool open = co_await api.db.read(ask);
  std::optional<http::Response> answer;
  if (!open)
    answer =
        message_page(api, 410, "This server has an owner", "The link worked once, and its work is done.");
  else if (!api.setup.matches(token))
    answer = message_page(api, 403, "This link does not work",
                          "The console of the server shows the right one. It is a new one after each start.");
  co_return answer;
}

Task<http::Response> show(Api& api, Request const& request) {
  auto token = request.read<TokenParam>().token.value_or("");
  Task<std::optional<http::Response>> checking = refuse_link(api, token);
  std::optional<http::Response> refusal = co_await std::move(checking);
  if (refusal) co_return std::move(*refusal);
  co_return setup_page(api, token, {});
}

// The secret in the link guards the form too: no other site knows it.
Task<http::Response> create(Api& api, Request const& request) {
  auto token = request.read<TokenParam>().token.value_or("");
  Task<std::optional<http::Response>> checking = refuse_link(api, token);
  std::optional<http::Response> refusal = co_await std::move(checking);
  if (refusal) co_return std::move(*refusal);

  auto params = request.read<MemberParams>();
  auto form = make_sign_up(params);
  auto check = [&](db::Reader& r) { return social::check_member(r, form); };
  std::vector<social::Complaint> complaints = co_await api.db.read(check);
  if (!complaints.empty()) co_return setup_page(api, token, params, complaints, 422);
  auto work = [password = form.password] { return crypto::hash_password(password); };
  Task<std::string> hashing = pool_result(api.pool, work);
  std::string hash = co_await std::move(hashing);
  auto act = [&](db::Writer& w) {
    AccountId owner = social::add_member(w, form, hash, store::Role::owner);
    return start_session(w, api.site, owner, request.http);
  };
  std::string secret = co_await api.db.write(act);
  auto response = http::redirect(303, first_path());
  set_session_cookie(response, api.site, secret);
  co_return response;
}

constexpr Route routes[] = {
    {Method::get, "/setup", Scope::open, show},
    {Method::post, "/setup", Scope::open, create, Rate::sign_in},
};

}  // namespace

std::span<Route const> setup_routes() {
  return routes;
}

}  // namespace posy::api
