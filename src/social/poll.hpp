// Voting, and the end of a poll.
#pragma once

#include <vector>

#include "social/visibility.hpp"
#include "store/poll.hpp"

namespace posy::social {

// not_found when its post is absent or may not be seen.
store::Poll find_visible_poll(db::Reader& r, Viewer viewer, PollId id);
// One vote a person: a choice, or several where the poll allows it.
store::Poll vote(db::Writer& w, AccountId who, PollId id, std::vector<std::int64_t> choices);
// A choice of somebody elsewhere. One that does not count (too late, a second one) is passed over.
void add_vote(db::Writer& w, AccountId who, PollId id, int choice);
// Tells its author and those of this server who voted, once. Before its time the job is put off.
void end_poll(db::Writer& w, PollId id);

}  // namespace posy::social
