// Endorsements: people whom somebody shows on her profile.
#pragma once

#include "store/relation.hpp"

namespace posy::social {

// Only those whom one follows; unprocessable otherwise.
void endorse(db::Writer& w, AccountId who, AccountId target);
void unendorse(db::Writer& w, AccountId who, AccountId target);

}  // namespace posy::social
