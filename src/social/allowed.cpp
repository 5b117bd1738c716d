#include "social/allowed.hpp"

#include "base/error.hpp"
#include "store/account.hpp"
#include "store/consent.hpp"
#include "store/relation.hpp"

namespace posy::social {
namespace {

using store::Circle;

Circle circle_of(store::PostPolicy const& policy, Interaction interaction) {
  switch (interaction) {
    case Interaction::reply: return policy.reply;
    case Interaction::favourite: return policy.favourite;
    case Interaction::boost: return policy.boost;
  }
  return Circle::everybody;
}

char const* refusal_of(Interaction interaction) {
  switch (interaction) {
    case Interaction::reply: return "The author of this post has not allowed you to answer it";
    case Interaction::favourite: return "The author of this post has not allowed you to favourite it";
    case Interaction::boost: return "The author of this post has not allowed you to boost it";
  }
  return "This action is not allowed";
}

}  // namespace

void check_allowed(db::Reader& r, AccountId who, Interaction interaction, store::Post const& post) {
  if (post.is_local || post.author == who) return;
  auto policy = store::find_policy(r, post.id);
  if (!policy) return;
  auto circle = circle_of(*policy, interaction);
  if (circle == Circle::everybody) return;
  if (circle == Circle::followers && store::is_following(r, who, post.author)) return;
  if (interaction == Interaction::reply && store::is_mentioned(r, post.id, who)) return;
  auto account = store::find_account(r, who);
  // What others do elsewhere is between their servers.
  if (account && account->is_local()) refuse(Refusal::forbidden, refusal_of(interaction));
}

}  // namespace posy::social
