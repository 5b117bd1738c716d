// The pages of signing in: a template inside the site's layout, never framed, never cached, no scripts.
#pragma once

#include <string>
#include <string_view>

#include "api/api.hpp"
#include "html/templates.hpp"

namespace posy::api {

struct FormPage {
  std::string_view title;
  std::string_view content;  // the name of a template
  unsigned status = 200;
  std::string form_action = {};  // where the answer to a form may lead, besides ourselves (CSP)
};
http::Response form_page(Api const& api, FormPage const& page, html::Values const& values);

// One sentence under a heading, where no form makes sense.
http::Response message_page(Api const& api, unsigned status, std::string_view title, std::string_view text);

// Where somebody is at home who has signed in: the desk, where the program has one.
std::string_view home_path();
std::string_view first_path();  // for who has just come

// Where to go after signing in: a path of ours, or the front page. Whatever a browser would take for the
// address of another site is refused.
std::string safe_return(std::string_view path);

}  // namespace posy::api
