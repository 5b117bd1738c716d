// QuoteRequest, its answers, and stamps that are taken back (FEP-044f).
#pragma once

#include "federation/inbox/acts.hpp"

namespace posy::federation {

// Whether an Accept or Reject is of a QuoteRequest.
bool answers_quote_request(Activity const& activity);
Task<std::string> receive_quote_answer(Context& context, Arrived const& arrived);
// The outcome of a Delete of a stamp, or nothing when it is of something else. Its origin has been checked.
std::optional<std::string> take_back_stamp(db::Writer& w, Arrived const& arrived);

}  // namespace posy::federation
