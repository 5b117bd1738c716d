// People elsewhere: found by id or handle, kept, and looked at again from time to time.
#pragma once

#include "federation/context.hpp"
#include "federation/remote/errand.hpp"
#include "federation/vocabulary/actor.hpp"

namespace posy::federation {

enum class Freshness {
  known,   // as it is known, however old
  recent,  // fetched within a day
  now,     // fetched now
};

// Whether the actor may turn out to have another id than the one that was asked for, such as for the address of a
// profile. Never where somebody is to be believed by that id.
enum class Alias { refused, allowed };

// The account with this id, ours or another server's. When an account is known and cannot be fetched, it is
// returned as it is, unless it is gone or must be fetched now.
Task<Result<AccountId>> find_actor(Context& context, std::string id, Freshness freshness = Freshness::known,
                                   Alias alias = Alias::refused, Errand* errand = nullptr);

// The actor as it is now, kept, with what of its document is not.
struct FetchedActor {
  AccountId account;
  Actor actor;
};
// Whether WebFinger is asked for the handle of somebody new. Else it is as her document says, with its own host
// behind the @, until somebody looks (remote/profiles.hpp): for strangers who write, who cost one request so. A handle that
// somebody else has is asked for in any case.
enum class Handle { checked, as_it_says };
Task<Result<FetchedActor>> fetch_actor(Context& context, std::string id, Alias alias, Errand* errand);
// From the document that its own server has shown.
Task<Result<FetchedActor>> keep_fetched(Context& context, boost::json::object document, Handle handle, Errand* errand);

// "alice@a.example", by WebFinger (RFC 7033).
Task<Result<AccountId>> find_handle(Context& context, std::string handle);

}  // namespace posy::federation
