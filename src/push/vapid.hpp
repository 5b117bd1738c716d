// Who pushes: a key of this server, and its word for each push service (VAPID, RFC 8292).
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "crypto/p256.hpp"
#include "db/database.hpp"

namespace posy::push {

// Made when it is not there yet.
crypto::P256PrivateKey server_key(db::Database& database);

// A signed token for the push service of this origin ("https://push.example"); good for twelve hours. `contact`: whom its
// operator may write to, a mailto: or https: address.
std::string vapid_token(crypto::P256PrivateKey const& key, std::string_view origin, std::string_view contact, Time now);

}  // namespace posy::push
