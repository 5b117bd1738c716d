#include "social/conversations.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "social/live.hpp"

namespace posy::social {

using store::Conversation;

namespace {

std::vector<AccountId> local_ones(db::Reader& r, std::vector<AccountId> const& accounts) {
  return r.all<AccountId>("select id from account where id in ids($1) and domain = ''", accounts);
}

std::vector<AccountId> mentioned_in(db::Reader& r, PostId post) {
  std::vector<AccountId> accounts;
  for (auto const& mention : store::mentions_of(r, {post})) accounts.push_back(mention.account);
  return accounts;
}

// The conversation shows what was said before `gone`, or goes.
void step_back(db::Writer& w, Conversation conversation, PostId gone) {
  auto before = store::last_direct_post(w, conversation.thread, conversation.account, gone);
  auto last = before ? store::find_post(w, *before) : std::nullopt;
  if (!last) {
    store::delete_conversation(w, conversation.id);
    return;
  }
  auto everybody = mentioned_in(w, last->id);
  everybody.push_back(last->author);
  conversation.last_post = last->id;
  conversation.participants = store::participants_text(everybody, conversation.account);
  store::update_conversation(w, conversation);
}

Conversation load(db::Reader& r, AccountId who, ConversationId id) {
  auto conversation = store::find_conversation(r, who, id);
  if (!conversation) refuse(Refusal::not_found, "Record not found");
  return *conversation;
}

}  // namespace

std::map<AccountId, Reception> join_conversation(db::Writer& w, store::Post const& post,
                                                 std::vector<AccountId> const& mentioned) {
  std::map<AccountId, Reception> out;
  std::vector<AccountId> everybody = mentioned;
  everybody.push_back(post.author);
  // A handful of people: as many as one post may mention.
  for (auto account : local_ones(w, everybody)) {
    bool own = account == post.author;
    MessageReception reception{Delivery::quiet, Reception::drop};
    if (!own) reception = reception_of_message(w, account, post.author, post.id);
    out.emplace(account, reception.notification);
    if (reception.delivery == Delivery::refused) continue;
    Conversation conversation{.id = w.make_id<ConversationId>(),
                              .account = account,
                              .thread = post.thread,
                              .last_post = post.id,
                              .participants = store::participants_text(everybody, account),
                              .unread = reception.delivery == Delivery::unread};
    // Whoever answers has read it.
    bool keep_unread = reception.delivery == Delivery::quiet && !own;
    auto id = store::put_conversation(w, conversation, keep_unread);
    tell(w, Live::conversation, account.value, id.value);
  }
  return out;
}

void leave_conversation(db::Writer& w, store::Post const& post) {
  auto everybody = mentioned_in(w, post.id);
  everybody.push_back(post.author);
  for (auto const& conversation : store::conversations_about(w, post.thread, local_ones(w, everybody))) {
    if (conversation.last_post != post.id) continue;
    step_back(w, conversation, post.id);
    tell(w, Live::conversation, conversation.account.value, conversation.id.value);
  }
}

void move_conversations(db::Writer& w, store::Post const& post, PostId from) {
  auto everybody = mentioned_in(w, post.id);
  everybody.push_back(post.author);
  auto locals = local_ones(w, everybody);
  auto there = store::conversations_about(w, post.thread, locals);
  for (auto conversation : store::conversations_about(w, from, locals)) {
    auto same = std::ranges::find(there, conversation.account, &Conversation::account);
    if (same != there.end()) {
      bool const is_later = same->last_post > conversation.last_post;
      conversation.unread = conversation.unread || same->unread;
      if (is_later) conversation.last_post = same->last_post;
      if (is_later) conversation.participants = same->participants;
      store::delete_conversation(w, same->id);
    }
    store::update_conversation(w, conversation);
    store::set_conversation_thread(w, conversation.id, post.thread);
    tell(w, Live::conversation, conversation.account.value, conversation.id.value);
  }
}

void mark_conversation(db::Writer& w, AccountId who, ConversationId id, bool unread) {
  auto conversation = load(w, who, id);
  conversation.unread = unread;
  store::update_conversation(w, conversation);
}

void remove_conversation(db::Writer& w, AccountId who, ConversationId id) {
  store::delete_conversation(w, load(w, who, id).id);
}

}  // namespace posy::social
