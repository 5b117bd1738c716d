// Notifications: telling a person of this server that somebody did something that concerns her.
//
// `notify` is the one way in: it knows who wants to hear from whom (blocks, mutes, muted threads, the
// notification policy) and puts aside what is to be asked for first.
#pragma once

#include <string>
#include <string_view>

#include "social/reception.hpp"
#include "store/notification.hpp"

namespace posy::social {

using store::NotificationKind;

// Does nothing when `to` is not of this server, is `from` herself, or does not want to hear it.
void notify(db::Writer& w, AccountId to, NotificationKind kind, AccountId from, PostId post = {});
// The same where it is known already whether she wants to.
void notify(db::Writer& w, AccountId to, NotificationKind kind, AccountId from, PostId post, Reception verdict);
// For moderators. Each report is told, whoever made it, for muting somebody must not silence what she has to report.
void notify_of_report(db::Writer& w, AccountId moderator, store::Report const& report);
// The act was taken back: unfavourite, unboost, unfollow.
void forget(db::Writer& w, AccountId to, NotificationKind kind, AccountId from, PostId post = {});

}  // namespace posy::social
