// What the rules about servers mean for accounts that are known already, and for those that are met.
//
// All accounts of other servers are walked, a bounded piece in each transaction, and each is held to the rule as it is
// now: suspended or silenced, its follows cut, its files let go; or given back what an earlier rule took. What was done
// is remembered (store::HeldAccount), so that lifting a rule undoes what the rule did and nothing else. Follows that
// were cut and files that were let go do not come back. Doing it twice is harmless.
#pragma once

#include "social/domain_rules.hpp"

namespace posy::social {

// One piece of the walk, for jobs::HoldAccounts; the job for the next piece is added with it.
void hold_some_accounts(db::Writer& w, RuleSet const& rules, AccountId after);

// Somebody elsewhere has just been kept: she is held to the rule from the first moment.
void hold_newcomer(db::Writer& w, RuleSet const& rules, AccountId account);

// The stronger of what is said about the domain of her handle and about the host of her id.
Rule rule_for(RuleSet const& rules, store::Stranger const& stranger);

}  // namespace posy::social
