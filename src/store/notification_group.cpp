// Groups of notifications: the half of notification.hpp that looks inside them.
#include "store/notification.hpp"

namespace posy::store {
namespace {

constexpr int delete_rows_max = 2000;

}  // namespace

std::optional<Notification> find_group(db::Reader& r, AccountId account, std::string_view group_key) {
  return r.find<Notification>(
      "select :row from notification where account = $1 and group_key = $2 and newest = 1 and group_key <> "
      "''",
      account, group_key);
}

std::vector<GroupMember> group_members(db::Reader& r, AccountId account, std::string_view group_key,
                                       Page const& page) {
  static PagedSql const sql(R"sql(
      select group_key, id, sender from notification
      where account = $4 and group_key = $5 and group_key <> '' and :page(id)
  )sql");
  return sql.all<GroupMember>(r, page, account, group_key);
}

std::vector<GroupMember> newest_members(db::Reader& r, std::vector<NotificationId> const& newest, int limit) {
  if (newest.empty()) return {};
  // First the id of the last member wanted, then the members from there on: never the whole group.
  return r.all<GroupMember>(R"sql(
      with span as (
        select n.account, n.group_key,
               coalesce((select m.id from notification m
                         where m.account = n.account and m.group_key = n.group_key and m.group_key <> ''
                         order by m.id desc limit 1 offset $2), 0) as low
        from notification n where n.id in ids($1))
      select m.group_key, m.id, m.sender
      from span s
      join notification m on m.account = s.account and m.group_key = s.group_key and m.group_key <> ''
        and m.id >= s.low
      order by m.id desc
  )sql",
                            newest, limit - 1);
}

std::vector<GroupMember> oldest_members(db::Reader& r, std::vector<NotificationId> const& newest,
                                        NotificationId from) {
  if (newest.empty()) return {};
  return r.all<GroupMember>(R"sql(
      select group_key, id, sender from notification where id in (
        select (select m.id from notification m
                where m.account = n.account and m.group_key = n.group_key and m.group_key <> '' and m.id >= $2
                order by m.id limit 1)
        from notification n where n.id in ids($1))
  )sql",
                            newest, from);
}

bool delete_some_members(db::Writer& w, AccountId account, std::string_view group_key) {
  // The oldest first, so that the newest, which stands for the group, goes last.
  auto deleted = w.all<NotificationId>(R"sql(
      delete from notification where id in (
        select id from notification
        where account = $1 and group_key = $2 and group_key <> ''
        order by id limit $3)
      returning id
  )sql",
                                       account, group_key, delete_rows_max);
  if (static_cast<int>(deleted.size()) < delete_rows_max) return false;
  w.run(R"sql(
      update notification set group_size = group_size - $3
      where account = $1 and group_key = $2 and newest = 1 and group_key <> ''
  )sql",
        account, group_key, delete_rows_max);
  return true;
}

}  // namespace posy::store
