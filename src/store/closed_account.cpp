#include "store/closed_account.hpp"

#include <tuple>

#include "store/media.hpp"

namespace posy::store {

std::optional<ClosedAccount> find_closed(db::Reader& r, AccountId account) {
  return r.find<ClosedAccount>("select :row from closed_account where account = $1", account);
}

bool insert_closed(db::Writer& w, ClosedAccount const& closed) {
  return w.insert_new("closed_account", closed);
}

void set_told_up_to(db::Writer& w, AccountId account, std::string_view inbox) {
  w.run("update closed_account set told_up_to = $2 where account = $1", account, inbox);
}

// From each address to the next one in the index: a shared inbox stands there for each person behind it.
ServerInboxes server_inboxes_after(db::Reader& r, std::string_view after, int limit) {
  auto rows = r.all<std::tuple<std::string, bool>>(R"sql(
      with recursive next_inbox (inbox) as (
        select (select case when a.shared_inbox = '' then a.inbox else a.shared_inbox end from remote_account a
                where case when a.shared_inbox = '' then a.inbox else a.shared_inbox end > $1
                order by case when a.shared_inbox = '' then a.inbox else a.shared_inbox end limit 1)
        union all
        select (select case when a.shared_inbox = '' then a.inbox else a.shared_inbox end from remote_account a
                where case when a.shared_inbox = '' then a.inbox else a.shared_inbox end > n.inbox
                order by case when a.shared_inbox = '' then a.inbox else a.shared_inbox end limit 1)
        from next_inbox n where n.inbox is not null
      )
      select n.inbox, case when (select 1 from retired_inbox r where r.inbox = n.inbox) is null then 0 else 1 end
      from next_inbox n where n.inbox is not null limit $2
  )sql",
                                                    after, limit);
  ServerInboxes out;
  for (auto& [inbox, is_retired] : rows) {
    out.last = inbox;
    if (!is_retired) out.inboxes.push_back(std::move(inbox));
  }
  return out;
}

void end_sign_in(db::Writer& w, AccountId account) {
  w.run("delete from web_session where account = $1", account);
  w.run("delete from sign_in_link where account = $1", account);
  w.run("delete from oauth_code where account = $1", account);
  w.run("delete from oauth_token where account = $1", account);
  w.run("delete from login where account = $1", account);
}

bool forget_some_reading(db::Writer& w, AccountId account, int limit) {
  auto left = limit;
  left -= static_cast<int>(w.run(R"sql(
      delete from notification where id in (select id from notification where account = $1 limit $2)
  )sql",
                                 account, left));
  left -= static_cast<int>(w.run(R"sql(
      delete from timeline_entry where timeline = $1
        and post in (select post from timeline_entry where timeline = $1 limit $2)
  )sql",
                                 account, left));
  left -= static_cast<int>(w.run(R"sql(
      delete from bookmark where id in (select id from bookmark where account = $1 limit $2)
  )sql",
                                 account, left));
  left -= static_cast<int>(w.run(R"sql(
      delete from conversation where id in (select id from conversation where account = $1 limit $2)
  )sql",
                                 account, left));
  return left <= 0;
}

void forget_own_things(db::Writer& w, AccountId account) {
  std::vector<MediaId> waiting;
  auto scheduled = w.all<RowId>("select id from scheduled_post where account = $1", account);
  for (auto const& media : media_of_scheduled(w, scheduled)) waiting.push_back(media.id);
  release_media(w, waiting, Time{});
  w.run("delete from scheduled_post where account = $1", account);
  w.run("delete from manuscript where account = $1", account);
  w.run("delete from timeline_entry where timeline in (select id from list where account = $1)", account);
  w.run("delete from list where account = $1", account);
  w.run("delete from filter where account = $1", account);
  w.run("delete from marker where account = $1", account);
  w.run("delete from mute where account = $1", account);
  w.run("delete from block where account = $1", account);
  w.run("delete from thread_mute where account = $1", account);
  w.run("delete from domain_block where account = $1", account);
  w.run("delete from account_note where account = $1", account);
  w.run("delete from account_alias where account = $1", account);
  w.run("delete from endorsement where account = $1", account);
  w.run("delete from endorsement where target = $1", account);
  w.run("delete from suggestion_dismissed where account = $1", account);
  w.run("delete from featured_tag where account = $1", account);
  w.run("delete from tag_follow where account = $1", account);
  w.run("delete from collection where account = $1", account);
  w.run("delete from collection_item where account = $1", account);
  w.run("delete from notification_policy where account = $1", account);
  w.run("delete from notification_request where account = $1", account);
  w.run("delete from notification_permission where account = $1", account);
}

}  // namespace posy::store
