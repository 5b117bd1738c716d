// Conversations: threads of direct posts, a row for each person of this server who takes part.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"
#include "store/page.hpp"

namespace posy::store {

struct Conversation {
  ConversationId id;
  AccountId account;
  PostId thread;
  PostId last_post;
  std::string participants;  // JSON: ids of the others, sorted; see participants_text
  bool unread = false;
};
BOOST_DESCRIBE_STRUCT(Conversation, (), (id, account, thread, last_post, participants, unread))

// The ids as text for `participants`, without `self`, and back.
std::string participants_text(std::vector<AccountId> everybody, AccountId self);
std::vector<AccountId> participants_of(Conversation const& conversation);

// Pages go by the id of the last post.
std::vector<Conversation> conversations(db::Reader& r, AccountId account, Page const& page);
std::optional<Conversation> find_conversation(db::Reader& r, AccountId account, ConversationId id);
std::vector<Conversation> conversations_about(db::Reader& r, PostId thread,
                                              std::vector<AccountId> const& accounts);
// The conversation of this account and thread as given; `unread` is left alone when it is none. Its id.
ConversationId put_conversation(db::Writer& w, Conversation const& conversation, bool keep_unread = false);
void update_conversation(db::Writer& w, Conversation const& conversation);
void set_conversation_thread(db::Writer& w, ConversationId id, PostId thread);  // where the account has none
void delete_conversation(db::Writer& w, ConversationId id);

// The newest direct post of the thread but `except` that this account wrote or is mentioned in.
std::optional<PostId> last_direct_post(db::Reader& r, PostId thread, AccountId account, PostId except);

}  // namespace posy::store
