// Becoming a member with a browser, where registrations are open or by approval.
#include "api/oauth/member_form.hpp"
#include "api/oauth/routes.hpp"
#include "api/oauth/session.hpp"
#include "api/pool_result.hpp"
#include "crypto/password.hpp"

namespace posy::api {
namespace {

using http::Method;
using social::Registrations;

http::Response closed_page(Api const& api) {
  return message_page(api, 403, "No new accounts", "This server takes no new members at the moment.");
}

http::Response sign_up_page(Api const& api, Request const& request, MemberParams const& params,
                            std::vector<social::Complaint> const& complaints = {},
                            std::string_view notice = {}, unsigned status = 200) {
  auto guard = make_form_guard(api.site, request.http);
  html::Values values;
  values.set("CSRF", guard.field).set("RETURN_TO", safe_return(params.return_to.value_or("/")));
  values.set("INSTANCE", api.site.title).set_if_any("COMPLAINT", notice);
  values.show_if(api.site.registrations == Registrations::approval, "IF_APPROVAL");
  fill_member_form(values, api, params, complaints);
  auto response =
      form_page(api, {.title = "Sign up", .content = "auth_sign_up.html", .status = status}, values);
  set_form_cookie(response, api.site, guard);
  return response;
}

Task<http::Response> show(Api& api, Request const& request) {
  if (api.site.registrations == Registrations::closed) co_return closed_page(api);
  co_return sign_up_page(api, request, request.read<MemberParams>());
}

Task<http::Response> sign_up(Api& api, Request const& request) {
  if (api.site.registrations == Registrations::closed) co_return closed_page(api);
  auto params = request.read<MemberParams>();
  if (!is_from_form(api, request))
    co_return sign_up_page(api, request, params, {}, "This form is out of date. Please try again.", 403);
  auto form = make_sign_up(params);
  auto check = [&](db::Reader& r) { return social::check_sign_up(r, api.site, form); };
  std::vector<social::Complaint> complaints = co_await api.db.read(check);
  if (!complaints.empty()) co_return sign_up_page(api, request, params, complaints, {}, 422);

  auto work = [password = form.password] { return crypto::hash_password(password); };
  Task<std::string> hashing = pool_result(api.pool, work);
  std::string hash = co_await std::move(hashing);
  bool waits = api.site.registrations == Registrations::approval;
  // Empty where the application waits.
  auto act = [&](db::Writer& w) {
    AccountId account = social::sign_up(w, api.site, form, hash);
    return waits ? std::string() : start_session(w, api.site, account, request.http);
  };
  std::string secret = co_await api.db.write(act);
  if (waits)
    co_return message_page(api, 200, "Thank you",
                           "The people who run this server will look at your application. "
                           "You can sign in once they have accepted it.");
  auto response = http::redirect(303, safe_return(params.return_to.value_or("/")));
  set_session_cookie(response, api.site, secret);
  co_return response;
}

constexpr Route routes[] = {
    {Method::get, "/auth/sign_up", Scope::open, show},
    {Method::post, "/auth/sign_up", Scope::open, sign_up, Rate::sign_up},
};

}  // namespace

std::span<Route const> sign_up_routes() {
  return routes;
}

}  // namespace posy::api
