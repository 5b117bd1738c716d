// A link that signs a browser in without a password, once and soon: for who has lost hers, and for showing the server
// to somebody. Only the console makes one (posy account link).
#pragma once

#include <string>

#include "db/access.hpp"
#include "social/site.hpp"

namespace posy::api {

constexpr std::chrono::minutes sign_in_link_age{15};

std::string make_sign_in_link(db::Writer& w, social::Site const& site, AccountId account);

}  // namespace posy::api
