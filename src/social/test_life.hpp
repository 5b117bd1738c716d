// Everything that people can do here, once each: what tests of all statements go by (explain_test.cpp, which
// says so when something was forgotten).
#pragma once

#include "social/test_world.hpp"

namespace posy::social::testing {

void publish_and_answer(World& world);
void meet_people(World& world);
void read_everything(World& world);
void hear_from_elsewhere(World& world);
void keep_house(World& world);  // what the server does by itself, and signing in

}  // namespace posy::social::testing
