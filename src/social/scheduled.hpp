// Posts that are published later. The rules are asked when a draft is put aside and again at its hour.
#pragma once

#include "base/error.hpp"
#include "social/draft.hpp"
#include "store/scheduled.hpp"

namespace posy::social {

constexpr std::chrono::minutes schedule_ahead_min{5};

store::ScheduledPost schedule(db::Writer& w, Site const& site, Draft const& draft, Time due_at);
// Hers, or not_found.
store::ScheduledPost find_own_scheduled(db::Reader& r, AccountId who, RowId id);
store::ScheduledPost reschedule(db::Writer& w, Site const& site, AccountId who, RowId id, Time due_at);
void cancel_scheduled(db::Writer& w, AccountId who, RowId id);

// The job. Does nothing when it was cancelled or put off. Refused when the draft may not be published any
// more: then call keep_failure in another transaction, so that its author finds it with the reason.
void publish_scheduled(db::Writer& w, Site const& site, RowId id);
void keep_failure(db::Writer& w, RowId id, std::string_view error);

std::vector<std::string> poll_options_of(store::ScheduledPost const& post);

}  // namespace posy::social
