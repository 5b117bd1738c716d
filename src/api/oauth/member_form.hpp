// The form in which somebody chooses a name, an email address and a password: for signing up, and for the
// owner of a new server.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/oauth/page.hpp"
#include "social/register.hpp"

namespace posy::api {

struct MemberParams {
  std::optional<std::string> username;
  std::optional<std::string> email;
  std::optional<std::string> password;
  std::optional<bool> agreement;
  std::optional<std::string> reason;
  std::optional<std::string> return_to;
};
BOOST_DESCRIBE_STRUCT(MemberParams, (), (username, email, password, agreement, reason, return_to))

social::SignUp make_sign_up(MemberParams const& params);
// What was typed and what is wrong with it; never the password.
void fill_member_form(html::Values& values, Api const& api, MemberParams const& params,
                      std::vector<social::Complaint> const& complaints);

}  // namespace posy::api
