#include "federation/vocabulary/acts.hpp"

#include "federation/vocabulary/iri.hpp"

namespace posy::federation {
namespace {

Activity act(ActivityType type, std::string id, std::string actor) {
  Activity activity;
  activity.id = std::move(id);
  activity.type = type;
  activity.actor = std::move(actor);
  return activity;
}

Activity act_on(ActivityType type, std::string id, std::string actor, Reference object,
                Addressees addressees = {}) {
  Activity activity = act(type, std::move(id), std::move(actor));
  if (!object.id.empty()) activity.objects = {object.id};
  activity.object = std::move(object);
  activity.to = std::move(addressees.to);
  activity.cc = std::move(addressees.cc);
  return activity;
}

Reference embed(Activity const& activity) {
  return {activity.id, write_activity(activity)};
}

Activity answer(ActivityType type, std::string id, std::string actor, Activity const& answered) {
  Reference object = embed(answered);
  // What is embedded in a request came from elsewhere, may be private, and is known to the one who asked.
  auto leave_id = [&](char const* member, Reference const& reference) {
    if (!reference.id.empty() && !reference.embedded.empty()) object.embedded[member] = reference.id;
  };
  leave_id("object", answered.object);
  leave_id("instrument", answered.instrument);
  return act_on(type, std::move(id), std::move(actor), std::move(object), {.to = {answered.actor}});
}

}  // namespace

Activity make_create(std::string id, Object const& object) {
  Activity activity = act_on(ActivityType::create, std::move(id), object.author(),
                             {object.id, write_object(object)}, {object.to, object.cc});
  activity.audience = object.audience;
  activity.published = object.published;
  return activity;
}

Activity make_update(std::string id, Object const& object) {
  Activity activity = make_create(std::move(id), object);
  activity.type = ActivityType::update;
  if (object.updated) activity.published = object.updated;
  return activity;
}

Activity make_update(std::string id, Actor const& actor, Addressees addressees) {
  return act_on(ActivityType::update, std::move(id), actor.id, {actor.id, write_actor(actor)},
                std::move(addressees));
}

Activity make_delete(std::string id, std::string actor, Tombstone const& tombstone, Addressees addressees) {
  return act_on(ActivityType::delete_, std::move(id), std::move(actor),
                {tombstone.id, write_tombstone(tombstone)}, std::move(addressees));
}

Activity make_delete_actor(std::string id, std::string actor) {
  return act_on(ActivityType::delete_, std::move(id), actor, {actor, {}},
                {.to = {std::string(public_collection)}});
}

Activity make_announce(std::string id, std::string actor, std::string object, Addressees addressees,
                       Time published) {
  Activity activity = act_on(ActivityType::announce, std::move(id), std::move(actor), {std::move(object), {}},
                             std::move(addressees));
  activity.published = published;
  return activity;
}

Activity make_like(std::string id, std::string actor, std::string object, std::string to) {
  return act_on(ActivityType::like, std::move(id), std::move(actor), {std::move(object), {}},
                {.to = {std::move(to)}});
}

Activity make_follow(std::string id, std::string actor, std::string object) {
  return act_on(ActivityType::follow, std::move(id), std::move(actor), {object, {}}, {.to = {object}});
}

Activity make_block(std::string id, std::string actor, std::string object) {
  return act_on(ActivityType::block, std::move(id), std::move(actor), {object, {}}, {.to = {object}});
}

Activity make_undo(std::string id, Activity const& undone) {
  return act_on(ActivityType::undo, std::move(id), undone.actor, embed(undone), {undone.to, undone.cc});
}

Activity make_accept(std::string id, std::string actor, Activity const& accepted) {
  return answer(ActivityType::accept, std::move(id), std::move(actor), accepted);
}

Activity make_reject(std::string id, std::string actor, Activity const& rejected) {
  return answer(ActivityType::reject, std::move(id), std::move(actor), rejected);
}

Activity make_accept_request(std::string id, std::string actor, Activity const& request, std::string stamp) {
  Activity activity = make_accept(std::move(id), std::move(actor), request);
  activity.result.id = std::move(stamp);
  return activity;
}

Activity make_flag(std::string id, std::string actor, std::vector<std::string> objects, std::string comment,
                   std::string to) {
  Activity activity = act(ActivityType::flag, std::move(id), std::move(actor));
  if (!objects.empty()) activity.object.id = objects.front();
  activity.objects = std::move(objects);
  activity.content = std::move(comment);
  activity.to = {std::move(to)};
  return activity;
}

Activity make_move(std::string id, std::string actor, std::string target, std::string followers) {
  Activity activity =
      act_on(ActivityType::move, std::move(id), actor, {actor, {}}, {.to = {std::move(followers)}});
  activity.target.id = std::move(target);
  return activity;
}

Activity make_add(std::string id, std::string actor, Reference object, std::string target,
                  Addressees addressees) {
  Activity activity =
      act_on(ActivityType::add, std::move(id), std::move(actor), std::move(object), std::move(addressees));
  activity.target.id = std::move(target);
  return activity;
}

Activity make_remove(std::string id, std::string actor, Reference object, std::string target,
                     Addressees addressees) {
  Activity activity =
      make_add(std::move(id), std::move(actor), std::move(object), std::move(target), std::move(addressees));
  activity.type = ActivityType::remove;
  return activity;
}

Activity make_quote_request(std::string id, Object const& quote, std::string quoted, std::string to) {
  Activity activity = act_on(ActivityType::quote_request, std::move(id), quote.author(),
                             {std::move(quoted), {}}, {.to = {std::move(to)}});
  activity.instrument = {quote.id, write_object(quote)};
  return activity;
}

Object make_vote(std::string id, std::string voter, std::string question, std::string option,
                 std::string to) {
  Object vote;
  vote.id = std::move(id);
  vote.attributed_to = {std::move(voter)};
  vote.in_reply_to = std::move(question);
  vote.name = std::move(option);
  vote.to = {std::move(to)};
  return vote;
}

}  // namespace posy::federation
