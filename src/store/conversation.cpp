#include "store/conversation.hpp"

#include <algorithm>
#include <charconv>

namespace posy::store {

std::string participants_text(std::vector<AccountId> everybody, AccountId self) {
  std::sort(everybody.begin(), everybody.end());
  everybody.erase(std::unique(everybody.begin(), everybody.end()), everybody.end());
  std::string text = "[";
  for (auto id : everybody) {
    if (id == self) continue;
    if (text.size() > 1) text += ',';
    text += id.str();
  }
  return text + "]";
}

std::vector<AccountId> participants_of(Conversation const& conversation) {
  std::vector<AccountId> ids;
  char const* at = conversation.participants.data();
  char const* end = at + conversation.participants.size();
  while (at < end) {
    std::int64_t value = 0;
    auto [next, error] = std::from_chars(at, end, value);
    if (error == std::errc{}) ids.push_back(AccountId{value});
    at = error == std::errc{} ? next : at + 1;
  }
  return ids;
}

std::vector<Conversation> conversations(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select :row from conversation where account = $4 and :page(last_post)");
  return sql.all<Conversation>(r, page, account);
}

std::optional<Conversation> find_conversation(db::Reader& r, AccountId account, ConversationId id) {
  return r.find<Conversation>("select :row from conversation where id = $1 and account = $2", id, account);
}

std::vector<Conversation> conversations_about(db::Reader& r, PostId thread,
                                              std::vector<AccountId> const& accounts) {
  return r.all<Conversation>("select :row from conversation where account in ids($2) and thread = $1", thread,
                             accounts);
}

ConversationId put_conversation(db::Writer& w, Conversation const& conversation, bool keep_unread) {
  auto ids = w.all<ConversationId>(R"sql(
      insert into conversation (id, account, thread, last_post, participants, unread)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (account, thread) do update set
        last_post = excluded.last_post, participants = excluded.participants,
        unread = case when $7 = 1 then conversation.unread else excluded.unread end
      returning id
  )sql",
                                   conversation.id, conversation.account, conversation.thread,
                                   conversation.last_post, conversation.participants, conversation.unread,
                                   keep_unread);
  return ids.front();
}

void update_conversation(db::Writer& w, Conversation const& conversation) {
  w.run("update conversation set last_post = $2, participants = $3, unread = $4 where id = $1",
        conversation.id, conversation.last_post, conversation.participants, conversation.unread);
}

void set_conversation_thread(db::Writer& w, ConversationId id, PostId thread) {
  w.run("update conversation set thread = $2 where id = $1", id, thread);
}

void delete_conversation(db::Writer& w, ConversationId id) {
  w.run("delete from conversation where id = $1", id);
}

std::optional<PostId> last_direct_post(db::Reader& r, PostId thread, AccountId account, PostId except) {
  return r.find<PostId>(R"sql(
      select p.id from post p
      where p.thread = $1 and p.visibility = 3 and p.id <> $3
        and (p.author = $2 or (select 1 from mention where post = p.id and account = $2) is not null)
      order by p.id desc limit 1
  )sql",
                        thread, account, except);
}

}  // namespace posy::store
