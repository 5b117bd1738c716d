#include "api/oauth/page.hpp"

#include <algorithm>

#include "html/assets.hpp"
#include "html/desk.hpp"

namespace posy::api {
namespace {

constexpr std::size_t return_bytes_max = 6000;

html::Assets const& assets() {
  static html::Assets const compiled_in{html::assets()};
  return compiled_in;
}

void add_headers(http::Response& response, std::string const& form_action) {
  auto& headers = response.headers;
  headers.set("Cache-Control", "no-store");
  // form-action also rules where the answer to a form may redirect to (Content Security Policy 3).
  headers.set("Content-Security-Policy",
              "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'" +
                  (form_action.empty() ? std::string() : " " + form_action) +
                  "; frame-ancestors 'none'; base-uri 'none'");
  headers.set("X-Frame-Options", "DENY");
  // Keeps codes in addresses to ourselves, and still lets our own forms say where they come from.
  headers.set("Referrer-Policy", "same-origin");
}

}  // namespace

http::Response form_page(Api const& api, FormPage const& page, html::Values const& values) {
  html::Values layout;
  layout.set("LANGUAGE", "en").set("INSTANCE", api.site.title);
  layout.set("TITLE", std::string(page.title) + " — " + api.site.title);
  layout.set_if_any("ROBOTS", "noindex");
  layout.set("STYLE_URL", "/assets/" + assets().versioned("posy.css"));
  layout.set_if_any("ICON_URL", "/assets/" + assets().versioned("posy.svg"));
  layout.show("IF_POPUP");
  layout.set_if_any("CONTACT_EMAIL", api.site.contact_email);
  layout.set_safe_html("CONTENT_HTML", api.templates.render(page.content, values));
  auto response = http::html(api.templates.render("layout.html", layout), page.status);
  add_headers(response, page.form_action);
  return response;
}

http::Response message_page(Api const& api, unsigned status, std::string_view title, std::string_view text) {
  html::Values values;
  values.set("TITLE", title).set("TEXT", text);
  return form_page(api, {.title = title, .content = "auth_message.html", .status = status}, values);
}

std::string_view home_path() {
  return html::desk().empty() ? "/" : "/desk/";
}

std::string_view first_path() {
  return html::desk().empty() ? "/" : "/desk/welcome";
}

std::string safe_return(std::string_view path) {
  bool ours = path.starts_with('/') && path.size() <= return_bytes_max;
  if (path.size() > 1 && (path[1] == '/' || path[1] == '\\')) ours = false;
  if (!std::ranges::all_of(path, [](unsigned char c) { return c > 0x20 && c < 0x7f; })) ours = false;
  return ours ? std::string(path) : "/";
}

}  // namespace posy::api
