#include "social/endorse.hpp"

#include "base/error.hpp"
#include "social/follow.hpp"
#include "social/live.hpp"

namespace posy::social {

void endorse(db::Writer& w, AccountId who, AccountId target) {
  load_account(w, target);
  if (!store::is_following(w, who, target))
    refuse(Refusal::unprocessable,
           "Validation failed: You must be already following the person you want to endorse");
  if (store::insert_endorsement(w, w.make_id<RowId>(), who, target))
    tell(w, Live::relation_changed, who.value, target.value);
}

void unendorse(db::Writer& w, AccountId who, AccountId target) {
  load_account(w, target);
  if (store::delete_endorsement(w, who, target)) tell(w, Live::relation_changed, who.value, target.value);
}

}  // namespace posy::social
