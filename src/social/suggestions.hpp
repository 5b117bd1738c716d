// People whom somebody may want to follow: those whom the people she follows follow, and then others of this
// server who want to be found. Never whom she has a relation to, or dismissed.
#pragma once

#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::social {

enum class SuggestionReason { friends_of_friends, most_followed };

struct Suggestion {
  AccountId account;
  SuggestionReason reason{};
};

// Looks at many follows: for a thread that may take its time.
std::vector<Suggestion> suggestions(db::Reader& r, AccountId who, int limit);
void dismiss_suggestion(db::Writer& w, AccountId who, AccountId suggested);

}  // namespace posy::social
