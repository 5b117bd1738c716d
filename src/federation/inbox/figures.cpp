#include "federation/inbox/figures.hpp"

namespace posy::federation {

InboxFigures::InboxFigures(Metrics& metrics)
    : accepted_(metrics.counter("posy_inbox_accepted_total", "Activities that were taken and are on disk.")),
      keys_had_(metrics.counter("posy_inbox_key_fetches_total", "Keys of others that were asked for.",
                                {{"outcome", "fetched"}})),
      keys_not_had_(metrics.counter("posy_inbox_key_fetches_total", "Keys of others that were asked for.",
                                    {{"outcome", "failed"}})),
      waiting_(metrics.gauge("posy_inbox_waiting", "Activities that were taken and are not done yet.")),
      oldest_(metrics.gauge("posy_inbox_oldest_seconds", "How long the oldest of these has waited.")) {
  for (auto const& [why, name] : inbox_refusal_names)
    refused_.at(static_cast<std::size_t>(why)) = &metrics.counter(
        "posy_inbox_refused_total", "Activities that were not taken, by reason.", {{"reason", std::string(name)}});
}

void InboxFigures::show(store::InboxDepth const& depth, Time now) {
  waiting_.Set(static_cast<double>(depth.waiting));
  oldest_.Set(depth.oldest ? std::chrono::duration<double>(now - *depth.oldest).count() : 0);
}

void observe(InboxFigures* figures, unsigned status, bool is_full) {
  if (!figures) return;
  switch (status) {
    case 202: return figures->accepted();
    case 401: return figures->refused(InboxRefusal::unsigned_);
    case 403: return figures->refused(InboxRefusal::blocked);
    case 429: return figures->refused(InboxRefusal::full);
    case 503: return figures->refused(is_full ? InboxRefusal::full : InboxRefusal::key_not_had);
    default: return figures->refused(InboxRefusal::malformed);
  }
}

}  // namespace posy::federation
