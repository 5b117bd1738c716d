// Moving from one account to another: believed once the old account says where it went and the new one names the
// old among its aliases. The doors have checked that; here is what follows from it for the people of this server.
//
// Followers of the old account follow the new one, with the same options and in the same lists; who blocked or muted
// the old one blocks or mutes the new one too. That is carried out some at a time (jobs::CarryOver).
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "store/move.hpp"

namespace posy::social {

// One move of an account in such a time, so that nobody can send followers about.
constexpr std::chrono::days move_interval_here{30};
constexpr std::chrono::days move_interval_elsewhere{7};

// conflict when the account moved lately, or the new one has itself moved away; unprocessable for a move to oneself.
Result<> begin_move(db::Writer& w, store::Account const& account, store::Account const& target);
// Some of what is to be carried over: true while there is more. Call until it is done, a unit of work each.
bool carry_some_over(db::Writer& w, AccountId account);

// The profile no longer leads away; followers who have gone do not come back. not_found when it did not.
void return_home(db::Writer& w, AccountId who);
// forbidden for a person of this server who has moved away: she neither posts nor boosts here any more.
void require_not_moved(db::Reader& r, AccountId who);

// `uri` is the id of the other account. Nothing happens when it is there; unprocessable when there are too many.
void add_alias(db::Writer& w, AccountId who, std::string_view uri);
void remove_alias(db::Writer& w, AccountId who, std::string_view uri);  // not_found when it was none

// What needs other servers: the server does it and says how it went (store::MoveRequest).
RowId ask_to_move(db::Writer& w, AccountId who, store::MoveRequestKind kind, std::string_view target);
// False when it is being done, or was.
bool withdraw_request(db::Writer& w, RowId request);

}  // namespace posy::social
