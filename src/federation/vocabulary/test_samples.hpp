// An actor and posts of ours with something in every member that we write.
#pragma once

#include "federation/vocabulary/actor.hpp"
#include "federation/vocabulary/object.hpp"

namespace posy::federation::test {

Time at(std::string_view time);
Actor full_actor();
Object full_note();
Object full_question();
Object full_article();

}  // namespace posy::federation::test
