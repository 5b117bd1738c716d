// Whether a person of this server wants to hear from somebody: blocks, mutes and muted threads first, then
// her notification policy, which exempts those whom she let through.
#pragma once

#include "store/notification.hpp"

namespace posy::social {

enum class Reception { accept, filter, drop };

Reception reception(db::Reader& r, AccountId to, store::NotificationKind kind, AccountId from, PostId post);

// A private message of `from` for `to`: refused altogether, kept without calling attention to it (the thread
// or its author is muted), or unread. What the policy only filters can be read among the conversations.
enum class Delivery { refused, quiet, unread };
struct MessageReception {
  Delivery delivery = Delivery::refused;
  Reception notification = Reception::drop;  // that it mentions her
};
MessageReception reception_of_message(db::Reader& r, AccountId to, AccountId from, PostId post);

}  // namespace posy::social
