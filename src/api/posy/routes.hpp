// The route tables of Posy's own API. (docs/posy-api.md)
#pragma once

#include <span>

#include "api/api.hpp"

namespace posy::api {

std::span<Route const> posy_delivery_routes();
std::span<Route const> posy_reach_routes();
std::span<Route const> posy_drafts_routes();
std::span<Route const> posy_sessions_routes();
std::span<Route const> posy_operator_routes();
std::span<Route const> posy_measures_routes();

}  // namespace posy::api
