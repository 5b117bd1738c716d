// Conversations: the direct posts of one thread, as each person of this server who takes part sees them.
#pragma once

#include <map>
#include <vector>

#include "social/reception.hpp"
#include "store/conversation.hpp"
#include "store/post.hpp"

namespace posy::social {

// A direct post was published: it becomes the last one of each local participant's conversation, unread for
// all but its author. Those who refuse its author (reception.hpp) see nothing of it. Whether each of them wants to be
// told that she is named.
std::map<AccountId, Reception> join_conversation(db::Writer& w, store::Post const& post,
                                                 std::vector<AccountId> const& mentioned);
// A direct post is about to be deleted: conversations show the one before it, or go.
void leave_conversation(db::Writer& w, store::Post const& post);
// A direct post has gone from the thread `from` to the one that it is in now: so do the conversations about it, which
// become one with those that are there.
void move_conversations(db::Writer& w, store::Post const& post, PostId from);

// not_found when it is not hers.
void mark_conversation(db::Writer& w, AccountId who, ConversationId id, bool unread);
void remove_conversation(db::Writer& w, AccountId who, ConversationId id);

}  // namespace posy::social
