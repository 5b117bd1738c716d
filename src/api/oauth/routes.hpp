// The route tables of signing in and of applications.
#pragma once

#include <span>

#include "api/api.hpp"

namespace posy::api {

std::span<Route const> apps_routes();
std::span<Route const> token_routes();
std::span<Route const> authorize_routes();
std::span<Route const> sign_in_routes();
std::span<Route const> sign_in_link_routes();
std::span<Route const> sign_up_routes();
std::span<Route const> setup_routes();
std::span<Route const> oauth_metadata_routes();

}  // namespace posy::api
