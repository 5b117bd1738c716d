// The route tables of all areas.
#pragma once

#include <span>
#include <vector>

#include "api/api.hpp"

namespace posy::api {

// All of them, those of oauth/routes.hpp included.
std::vector<std::span<Route const>> all_routes();

std::span<Route const> timelines_routes();
std::span<Route const> instance_routes();
std::span<Route const> nodeinfo_routes();
std::span<Route const> streaming_routes();
std::span<Route const> notifications_routes();
std::span<Route const> notifications_v2_routes();
std::span<Route const> notification_requests_routes();
std::span<Route const> conversations_routes();
std::span<Route const> filters_routes();
std::span<Route const> filters_v1_routes();
std::span<Route const> accounts_routes();
std::span<Route const> account_actions_routes();
std::span<Route const> credentials_routes();
std::span<Route const> registration_routes();
std::span<Route const> follow_requests_routes();
std::span<Route const> blocks_routes();
std::span<Route const> endorsements_routes();
std::span<Route const> admin_domains_routes();
std::span<Route const> lists_routes();
std::span<Route const> tags_routes();
std::span<Route const> markers_routes();
std::span<Route const> preferences_routes();
std::span<Route const> async_refreshes_routes();
std::span<Route const> search_routes();
std::span<Route const> custom_emojis_routes();
std::span<Route const> directory_routes();
std::span<Route const> statuses_routes();
std::span<Route const> status_actions_routes();
std::span<Route const> status_quotes_routes();
std::span<Route const> polls_routes();
std::span<Route const> scheduled_routes();
std::span<Route const> favourites_routes();
std::span<Route const> bookmarks_routes();
std::span<Route const> media_routes();
std::span<Route const> collections_routes();
std::span<Route const> trends_routes();
std::span<Route const> reports_routes();
std::span<Route const> push_routes();

}  // namespace posy::api
