// The activities that we send, ready for write_activity_document(). Ids and addressees are given by the
// caller, because they say who may know.
#pragma once

#include <string>
#include <vector>

#include "federation/vocabulary/activity.hpp"
#include "federation/vocabulary/actor.hpp"
#include "federation/vocabulary/object.hpp"

namespace posy::federation {

struct Addressees {
  std::vector<std::string> to;
  std::vector<std::string> cc;
};

// Addressed, dated and attributed as the object is; `id` is that of the activity.
Activity make_create(std::string id, Object const& object);
// Dated when the object was changed last.
Activity make_update(std::string id, Object const& object);
Activity make_update(std::string id, Actor const& actor, Addressees addressees);  // a changed profile
Activity make_delete(std::string id, std::string actor, Tombstone const& tombstone, Addressees addressees);
// An account that closes: the object is the actor itself.
Activity make_delete_actor(std::string id, std::string actor);
Activity make_announce(std::string id, std::string actor, std::string object, Addressees addressees,
                       Time published);
Activity make_like(std::string id, std::string actor, std::string object, std::string to);
Activity make_follow(std::string id, std::string actor, std::string object);
Activity make_block(std::string id, std::string actor, std::string object);
// The whole activity is embedded, and those whom it addressed are told.
Activity make_undo(std::string id, Activity const& undone);
// Of a Follow, or of any request, which is embedded without what it holds; the one who asked is told.
Activity make_accept(std::string id, std::string actor, Activity const& accepted);
Activity make_reject(std::string id, std::string actor, Activity const& rejected);
// `stamp` is the id of the Authorization.
Activity make_accept_request(std::string id, std::string actor, Activity const& request, std::string stamp);
// Sent in the name of the server, so that nobody learns who complained. `objects` holds the actor first.
Activity make_flag(std::string id, std::string actor, std::vector<std::string> objects, std::string comment,
                   std::string to);
Activity make_move(std::string id, std::string actor, std::string target, std::string followers);
// To and from the collection `target`: pinned posts, featured hashtags.
Activity make_add(std::string id, std::string actor, Reference object, std::string target,
                  Addressees addressees);
Activity make_remove(std::string id, std::string actor, Reference object, std::string target,
                     Addressees addressees);
// FEP-044f: asks the author of `quoted` whether `quote` may show it.
Activity make_quote_request(std::string id, Object const& quote, std::string quoted, std::string to);

// A vote is a Note of its own, to be sent with make_create() to the author of the poll alone.
Object make_vote(std::string id, std::string voter, std::string question, std::string option, std::string to);

}  // namespace posy::federation
