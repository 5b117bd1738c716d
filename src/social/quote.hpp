// Quotes: a post that shows another. The author of what is quoted decides who may, before and after.
#pragma once

#include <string_view>

#include "social/visibility.hpp"

namespace posy::social {

// Whether `who` may quote it, as far as the policy of its author goes.
bool may_quote(db::Reader& r, AccountId who, store::Post const& quoted);
// Refuses what may not be quoted by a post of this visibility.
void check_quote(db::Reader& r, AccountId who, store::Post const& quoted, store::Visibility visibility);

// The author of the quoted post allows it. `stamp` is the id of her QuoteAuthorization, where another server keeps it.
void accept_quote(db::Writer& w, PostId quoting, std::string_view stamp);
// Her server says that she does not allow it, or not any more.
void reject_quote(db::Writer& w, PostId quoting, store::QuoteState state);

// The author of the quoted post takes her permission back. Once revoked stays revoked.
void revoke_quote(db::Writer& w, AccountId who, PostId quoted, PostId quoting);
void set_quote_policy(db::Writer& w, AccountId who, PostId post, store::QuotePolicy policy);

}  // namespace posy::social
