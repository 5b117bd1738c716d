#include "api/render/delivery.hpp"

#include "json/write.hpp"
#include "store/audience.hpp"

namespace posy::api {
namespace {

entities::DeliveryActivity make_activity(store::Sent const& sent) {
  entities::DeliveryActivity out{.id = sent.id.str(),
                                 .kind = {},
                                 .servers = sent.servers(),
                                 .delivered = sent.delivered,
                                 .waiting = sent.waiting,
                                 .failed = sent.failed,
                                 .started_at = sent.created_at,
                                 .finished_at = sent.finished_at};
  if (sent.kind) out.kind = std::string(store::name_of(*sent.kind));
  return out;
}

}  // namespace

entities::Delivery make_delivery(PostId post, social::DeliveryProgress const& progress) {
  entities::Delivery out;
  out.status_id = post.str();
  if (progress.reach) out.reach = std::string(store::name_of(*progress.reach));
  out.next_try_at = progress.next_try;
  for (auto const& sent : progress.sent) out.activities.push_back(make_activity(sent));
  if (out.activities.empty()) return out;
  auto const& newest = out.activities.front();
  out.servers = newest.servers;
  out.delivered = newest.delivered;
  out.waiting = newest.waiting;
  out.failed = newest.failed;
  out.started_at = newest.started_at;
  out.finished_at = newest.finished_at;
  return out;
}

entities::DeliveryHost make_host(store::WaitingHost const& host, Time now) {
  entities::DeliveryHost out{.host = host.host, .inbox = host.inbox, .state = "waiting", .failures = host.failures};
  if (!host.error.empty()) out.reason = social::told_reason(host.error);
  out.failing_since = host.failed_since;
  out.next_try_at = host.next_try(now);
  return out;
}

entities::DeliveryHost make_host(store::FailedDelivery const& failed) {
  entities::DeliveryHost out{.host = store::host_of_inbox(failed.inbox), .inbox = failed.inbox, .state = "failed"};
  out.reason = social::told_reason(failed.error);
  out.failed_at = failed.failed_at;
  return out;
}

std::string render_delivery(db::Reader& r, AccountId who, PostId post) {
  auto progress = social::find_progress(r, who, post);
  if (!progress) return {};
  return json::to_json(make_delivery(post, *progress));
}

}  // namespace posy::api
