// WebPushSubscription. (docs.joinmastodon.org/entities/WebPushSubscription)
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <string>

#include "store/push_subscription.hpp"

namespace posy::api::entities {

struct WebPushSubscription {
  std::string id;
  std::string endpoint;
  bool standard = false;  // RFC 8291, and not what was before it
  std::map<std::string, bool> alerts;
  store::PushPolicy policy{};
  std::string server_key;  // base64url of a point of P-256
};
BOOST_DESCRIBE_STRUCT(WebPushSubscription, (), (id, endpoint, standard, alerts, policy, server_key))

}  // namespace posy::api::entities
