// Mutes: not seeing somebody, for a while or for good, without her knowing.
#pragma once

#include <chrono>
#include <optional>

#include "store/relation.hpp"

namespace posy::social {

struct MuteOptions {
  bool notifications = true;                     // mute these too
  std::optional<std::chrono::seconds> duration;  // none: until it is taken back
};

// Muting again changes the options; muting oneself does nothing.
void mute(db::Writer& w, AccountId who, AccountId target, MuteOptions options = {});
void unmute(db::Writer& w, AccountId who, AccountId target);
// A private note about somebody. At most 2000 characters.
void note_account(db::Writer& w, AccountId who, AccountId target, std::string_view comment);

}  // namespace posy::social
