#include "social/quote.hpp"

#include "social/live.hpp"
#include "social/notify.hpp"
#include "social/send.hpp"
#include "store/consent.hpp"
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

namespace {

bool counts(Post const& quote) {
  return quote.quote_state == QuoteState::accepted && quote.visibility <= Visibility::unlisted;
}

// Those who see it should look again; of the quoted post the count is another one.
void change_state(db::Writer& w, Post const& before, QuoteState state) {
  store::update_quote(w, before.id, state);
  Post after = before;
  after.quote_state = state;
  if (counts(after) != counts(before)) {
    store::add_to_count(w, before.quote_of, store::PostCount::quotes, counts(after) ? 1 : -1);
    tell(w, Live::post_counts, before.quote_of.value);
  }
  tell(w, Live::post_changed, before.id.value);
}

}  // namespace

void accept_quote(db::Writer& w, PostId quoting, std::string_view stamp) {
  auto quote = store::find_post(w, quoting);
  auto quoted = quote && quote->quote_of ? store::find_post(w, quote->quote_of) : std::nullopt;
  if (!quoted || quote->quote_state == QuoteState::revoked) return;
  bool has_news = !stamp.empty() && store::find_stamp(w, quoting) != stamp;
  if (has_news) store::put_stamp(w, quoting, stamp);
  if (quote->quote_state == QuoteState::accepted) return;
  change_state(w, *quote, QuoteState::accepted);
  notify(w, quoted->author, NotificationKind::quote, quote->author, quote->id);
  // Whoever has the post hears that it may be shown with what it quotes.
  if (quote->is_local) send(w, quote->author, Act::update, quote->id.value);
}

void reject_quote(db::Writer& w, PostId quoting, QuoteState state) {
  auto quote = store::find_post(w, quoting);
  if (!quote || !quote->quote_of || quote->quote_state == state || quote->quote_state == QuoteState::revoked) return;
  bool was_shown = quote->quote_state == QuoteState::accepted;
  store::delete_stamp(w, quoting);
  change_state(w, *quote, state);
  if (quote->is_local && was_shown) send(w, quote->author, Act::update, quote->id.value);
}

void revoke_quote(db::Writer& w, AccountId who, PostId quoted, PostId quoting) {
  Post original = find_visible_post(w, Viewer{who}, quoted).value();
  if (original.author != who) refuse(Refusal::forbidden, "This action is not allowed");
  auto quote = store::find_post(w, quoting);
  if (!quote || quote->quote_of != original.id) refuse(Refusal::not_found, "Record not found");
  if (quote->quote_state == QuoteState::revoked) return;

  bool was_accepted = quote->quote_state == QuoteState::accepted;
  change_state(w, *quote, QuoteState::revoked);
  if (!was_accepted) return;
  // Her stamp is gone with that: who quotes her, here or elsewhere, passes it on to the readers of the quote.
  send_to(w, who, quote->author, Act::revoke_quote, quote->id.value);
  if (quote->is_local) send(w, quote->author, Act::update, quote->id.value);
}

void set_quote_policy(db::Writer& w, AccountId who, PostId id, QuotePolicy policy) {
  Post post = find_visible_post(w, Viewer{who}, id).value();
  if (post.author != who || post.boost_of) refuse(Refusal::forbidden, "This action is not allowed");
  if (post.quote_policy == policy) return;
  store::update_quote_policy(w, post.id, policy);
  tell(w, Live::post_changed, post.id.value);
}

}  // namespace posy::social
