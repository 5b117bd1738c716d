// What somebody here searches for by a handle or an address, made known here.
#pragma once

#include "federation/context.hpp"

namespace posy::federation {

// "alice@a.example", or the address of a person or post: its id or its page. What is found has that name from then on
// (store/other_name.hpp). Nothing is said when nothing is found.
Task<> look_up(Context& context, std::string what);

}  // namespace posy::federation
