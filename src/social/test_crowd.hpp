// A database as full as one in life, so that planners choose as they will there: some thousand people, posts
// and what they do to one another, with ids counted from 1 and everything in every table that has rows in
// life.
#pragma once

#include "social/test_world.hpp"

namespace posy::social::testing {

// Before anybody else is added.
void fill(World& world);

}  // namespace posy::social::testing
