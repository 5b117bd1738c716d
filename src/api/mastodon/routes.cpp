#include "api/mastodon/routes.hpp"

#include "api/oauth/routes.hpp"
#include "api/posy/routes.hpp"

namespace posy::api {

std::vector<std::span<Route const>> all_routes() {
  return {
      apps_routes(),
      token_routes(),
      authorize_routes(),
      sign_in_routes(),
      sign_in_link_routes(),
      sign_up_routes(),
      setup_routes(),
      oauth_metadata_routes(),
      timelines_routes(),
      instance_routes(),
      nodeinfo_routes(),
      streaming_routes(),
      notifications_routes(),
      notifications_v2_routes(),
      notification_requests_routes(),
      conversations_routes(),
      filters_routes(),
      filters_v1_routes(),
      accounts_routes(),
      account_actions_routes(),
      credentials_routes(),
      registration_routes(),
      follow_requests_routes(),
      blocks_routes(),
      endorsements_routes(),
      lists_routes(),
      tags_routes(),
      markers_routes(),
      preferences_routes(),
      async_refreshes_routes(),
      search_routes(),
      custom_emojis_routes(),
      directory_routes(),
      statuses_routes(),
      status_actions_routes(),
      status_quotes_routes(),
      polls_routes(),
      scheduled_routes(),
      favourites_routes(),
      bookmarks_routes(),
      media_routes(),
      collections_routes(),
      trends_routes(),
      reports_routes(),
      admin_domains_routes(),
      push_routes(),
      posy_delivery_routes(),
      posy_reach_routes(),
      posy_drafts_routes(),
      posy_sessions_routes(),
      posy_operator_routes(),
      posy_measures_routes(),
  };
}

}  // namespace posy::api
