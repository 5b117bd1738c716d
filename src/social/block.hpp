// Blocks: two people who want nothing of each other, by the word of one; and whole domains.
#pragma once

#include <string_view>

#include "store/relation.hpp"

namespace posy::social {

// Ends follows and requests both ways and takes away what notifications tell of the other. Blocking oneself
// does nothing.
void block(db::Writer& w, AccountId who, AccountId target);
void unblock(db::Writer& w, AccountId who, AccountId target);

// Nobody of the domain is heard of any more. unprocessable when it is no domain name, or our own.
void block_domain(db::Writer& w, AccountId who, std::string_view domain, std::string_view own_domain);
// Ends follows and requests between her and people of the domain, a number at a time: true while there may be
// more. A large domain may hold a great part of her followers: call until it is done, a unit of work each.
bool leave_some_of_domain(db::Writer& w, AccountId who, std::string_view domain);
void unblock_domain(db::Writer& w, AccountId who, std::string_view domain);

}  // namespace posy::social
