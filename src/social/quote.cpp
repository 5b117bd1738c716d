#include "social/quote.hpp"

#include "social/live.hpp"
#include "store/relation.hpp"

namespace posy::social {

using store::Post;
using store::QuotePolicy;
using store::QuoteState;
using store::Visibility;

bool may_quote(db::Reader& r, AccountId who, Post const& quoted) {
  if (quoted.visibility == Visibility::direct) return false;
  if (quoted.author == who) return true;
  if (quoted.visibility == Visibility::followers) return false;
  switch (quoted.quote_policy) {
    case QuotePolicy::everyone:
      return true;
    case QuotePolicy::followers:
      return store::is_following(r, who, quoted.author);
    case QuotePolicy::nobody:
      return false;
  }
  return false;
}

void check_quote(db::Reader& r, AccountId who, Post const& quoted, Visibility visibility) {
  if (!may_quote(r, who, quoted)) refuse(Refusal::forbidden, "This action is not allowed");
  // Nobody learns in private that she is being quoted, unless she quotes herself.
  if (visibility == Visibility::direct && quoted.author != who)
    refuse(Refusal::unprocessable, "Validation failed: Cannot quote others in a private mention");
}

void revoke_quote(db::Writer& w, AccountId who, PostId quoted, PostId quoting) {
  Post original = find_visible_post(w, Viewer{who}, quoted).value();
  if (original.author != who) refuse(Refusal::forbidden, "This action is not allowed");
  auto quote = store::find_post(w, quoting);
  if (!quote || quote->quote_of != original.id) refuse(Refusal::not_found, "Record not found");
  if (quote->quote_state == QuoteState::revoked) return;

  bool was_counted = quote->quote_state == QuoteState::accepted && quote->visibility <= Visibility::unlisted;
  store::update_quote(w, quote->id, QuoteState::revoked);
  if (was_counted) store::add_to_count(w, original.id, store::PostCount::quotes, -1);
  tell(w, Live::post_counts, original.id.value);
  tell(w, Live::post_changed, quote->id.value);
}

void set_quote_policy(db::Writer& w, AccountId who, PostId id, QuotePolicy policy) {
  Post post = find_visible_post(w, Viewer{who}, id).value();
  if (post.author != who || post.boost_of) refuse(Refusal::forbidden, "This action is not allowed");
  if (post.quote_policy == policy) return;
  store::update_quote_policy(w, post.id, policy);
  tell(w, Live::post_changed, post.id.value);
}

}  // namespace posy::social
