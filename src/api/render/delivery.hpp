// What became of a post's deliveries, as its author sees it.
#pragma once

#include "api/entities/delivery.hpp"
#include "social/delivery_progress.hpp"

namespace posy::api {

entities::Delivery make_delivery(PostId post, social::DeliveryProgress const& progress);
entities::DeliveryHost make_host(store::WaitingHost const& host, Time now);
entities::DeliveryHost make_host(store::FailedDelivery const& failed);

// For streams: as JSON, empty when there is nothing to tell.
std::string render_delivery(db::Reader& r, AccountId who, PostId post);

}  // namespace posy::api
