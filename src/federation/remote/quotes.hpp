// What posts of other servers quote, and whether they may: who is quoted decides (FEP-044f).
#pragma once

#include "federation/context.hpp"
#include "federation/remote/errand.hpp"
#include "federation/vocabulary/object.hpp"
#include "store/post.hpp"

namespace posy::federation {

struct FoundQuote {
  PostId quoted;  // none when it quotes nothing that is known or could be fetched
  store::QuoteState state = store::QuoteState::none;
  std::string stamp;  // the QuoteAuthorization that was checked, of another server
  // There is no stamp, or its server says that it is none: not so when that cannot be asked just now.
  bool is_denied = false;
};

// Accepted are the quotes of oneself, of those who named the quoting author in what is quoted, of people here where
// their policy allows it to those who cannot ask, and what has a stamp of the quoted author's server.
Task<FoundQuote> find_quote(Context& context, Object const& object, AccountId author, Errand& errand);

}  // namespace posy::federation
