#include "store/notification.hpp"

#include <fmt/format.h>

namespace posy::store {
namespace {

// Rows that one unit of work deletes at most.
constexpr int delete_rows_max = 2000;

// Two units that make the same group at once (PostgreSQL) meet at the unique index; the loser looks again.
constexpr int insert_attempts_max = 20;

// A page out of several walks of an index, each with a condition of its own: every walk gives its first
// rows, and the page is the first of those. `branches` are conditions; $1 to $3 belong to the page.
class MergedSql {
 public:
  explicit MergedSql(std::vector<std::string> const& branches)
      : newest_(text(branches, " desc")), oldest_(text(branches, "")) {}

  template <class... Args>
  std::vector<Notification> all(db::Reader& r, Page const& page, Args const&... args) const {
    auto rows = r.all<Notification>(page.oldest_first ? oldest_ : newest_, page.after, page.before,
                                    page.limit, args...);
    if (page.oldest_first) std::reverse(rows.begin(), rows.end());
    return rows;
  }

 private:
  static std::string text(std::vector<std::string> const& branches, std::string_view order) {
    // The page is settled inside: else PostgreSQL may look through all notifications for those of the walks.
    std::string sql = "select :row from notification where id in (select id from (";
    std::string_view join;
    for (auto const& condition : branches) {
      sql += join;
      sql += fmt::format(
          "select id from (select id from notification where account = $4 and {} and id > $1 and id < $2 "
          "order by id{} limit $3) branch",
          condition, order);
      join = " union all ";
    }
    sql += fmt::format(") walks order by id{} limit $3) order by id{}", order, order);
    return sql;
  }

  std::string newest_;
  std::string oldest_;
};

// Everything. $5: also the older members of groups; $6: also what is filtered.
std::vector<Notification> of_all_kinds(db::Reader& r, NotificationQuery const& query, bool older,
                                       Page const& page) {
  static MergedSql const sql({
      "filtered = 0 and newest = 1",
      "filtered = 0 and newest = 0 and $5 = 1",
      "filtered = 1 and newest = 1 and $6 = 1",
  });
  return sql.all(r, page, query.account, older, query.include_filtered);
}

// A walk for each kind, so that the rare ones are found at once among a million of others. $5: the kinds
// wanted; $6: those of which older members of groups are wanted too; $7: also what is filtered.
std::vector<Notification> of_some_kinds(db::Reader& r, NotificationQuery const& query, KindSet older,
                                        Page const& page) {
  static MergedSql const sql([] {
    std::vector<std::string> branches;
    for (int kind = 0; kind < notification_kinds; ++kind) {
      int bit = 1 << kind;
      branches.push_back(fmt::format(
          "filtered = 0 and kind = {} and newest = 1 and (cast($5 as bigint) & {}) <> 0", kind, bit));
      branches.push_back(fmt::format(
          "filtered = 1 and kind = {} and newest = 1 and (cast($5 as bigint) & {}) <> 0 and $7 = 1", kind,
          bit));
      if (groupable_kinds.contains(static_cast<NotificationKind>(kind)))
        branches.push_back(fmt::format(
            "filtered = 0 and kind = {} and newest = 0 and (cast($6 as bigint) & {}) <> 0", kind, bit));
    }
    return branches;
  }());
  return sql.all(r, page, query.account, query.kinds.bits(), older.bits(), query.include_filtered);
}

std::vector<Notification> of_sender(db::Reader& r, NotificationQuery const& query, Page const& page) {
  static PagedSql const sql(R"sql(
      select :row from notification
      where sender = $4 and account = $5 and (filtered = 0 or $6 = 1)
        and ((cast($7 as bigint) >> kind) & 1) = 1
        and (newest = 1 or ((cast($8 as bigint) >> kind) & 1) = 0) and :page(id)
  )sql");
  return sql.all<Notification>(r, page, query.sender, query.account, query.include_filtered,
                               query.kinds.bits(), query.grouped.bits());
}

}  // namespace

std::vector<Notification> notifications(db::Reader& r, NotificationQuery const& query, Page const& page) {
  if (query.kinds.empty()) return {};
  if (query.sender) return of_sender(r, query, page);
  // Older members of groups are wanted of the kinds that are not shown as groups.
  KindSet older;
  for (auto const& [kind, name] : notification_kind_names)
    if (groupable_kinds.contains(kind) && query.kinds.contains(kind) && !query.grouped.contains(kind))
      older.add(kind);
  bool all_or_none = older.empty() || older == groupable_kinds;
  if (query.kinds == KindSet::all() && all_or_none) return of_all_kinds(r, query, !older.empty(), page);
  return of_some_kinds(r, query, older, page);
}

std::vector<Notification> notifications_by_id(db::Reader& r, std::vector<NotificationId> const& ids) {
  if (ids.empty()) return {};
  return r.all<Notification>("select :row from notification where id in ids($1) order by id desc", ids);
}

std::optional<Notification> find_notification(db::Reader& r, AccountId account, NotificationId id) {
  return r.find<Notification>("select :row from notification where id = $1 and account = $2", id, account);
}

std::optional<NotificationId> find_notification(db::Reader& r, AccountId account, NotificationKind kind,
                                                AccountId sender, PostId post) {
  if (post)
    return r.find<NotificationId>(
        "select id from notification where post = $1 and sender = $2 and account = $3 and kind = $4", post,
        sender, account, kind);
  return r.find<NotificationId>(
      "select id from notification where sender = $1 and account = $2 and kind = $3 and post is null", sender,
      account, kind);
}

void insert_notification(db::Writer& w, Notification notification) {
  if (notification.group_key.empty()) {
    w.insert("notification", notification);
    return;
  }
  for (int i = 0; i < insert_attempts_max; ++i) {
    auto sizes = w.all<std::int64_t>(R"sql(
        update notification set newest = 0
        where account = $1 and group_key = $2 and newest = 1 and group_key <> ''
        returning group_size
    )sql",
                                     notification.account, notification.group_key);
    notification.newest = true;
    notification.group_size = sizes.empty() ? 1 : sizes.front() + 1;
    if (w.insert_new("notification", notification)) return;
  }
  throw db::Failure(db::FailureKind::busy, "a notification found no place in its group");
}

void delete_notifications(db::Writer& w, std::vector<NotificationId> const& ids) {
  if (ids.empty()) return;
  w.run(R"sql(
      update notification
      set group_size = group_size - (
        select count(*) from notification gone
        where gone.id in ids($1) and gone.account = notification.account and gone.group_key = notification.group_key)
      where id in (
        select first.id from notification gone
        join notification first on first.account = gone.account and first.group_key = gone.group_key
          and first.newest = 1 and first.group_key <> ''
        where gone.id in ids($1))
  )sql",
        ids);
  // Where the newest goes, the next one takes its place.
  auto heirs = w.all<NotificationId>(R"sql(
      select heir from (
        select (select m.id from notification m
                where m.account = gone.account and m.group_key = gone.group_key and m.group_key <> ''
                  and m.id not in ids($1)
                order by m.id desc limit 1) as heir
        from notification gone
        where gone.id in ids($1) and gone.newest = 1) heirs
      where heir is not null
  )sql",
                                     ids);
  if (!heirs.empty()) {
    w.run(R"sql(
        update notification
        set group_size = (select first.group_size from notification first
                          where first.account = notification.account
                            and first.group_key = notification.group_key
                            and first.newest = 1 and first.group_key <> '')
        where id in ids($1)
    )sql",
          heirs);
  }
  w.run("delete from notification where id in ids($1)", ids);
  if (!heirs.empty()) w.run("update notification set newest = 1 where id in ids($1)", heirs);
}

void delete_notifications_from(db::Writer& w, AccountId sender, AccountId account) {
  static constexpr std::string_view to_one = "select id from notification where sender = $1 and account = $2";
  static constexpr std::string_view to_all = "select id from notification where sender = $1";
  delete_notifications(
      w, account ? w.all<NotificationId>(to_one, sender, account) : w.all<NotificationId>(to_all, sender));
}

bool delete_some_notifications(db::Writer& w, AccountId account) {
  auto deleted = w.run(R"sql(
      delete from notification where id in (
        select id from notification where account = $1 and filtered = 0 limit $2)
  )sql",
                       account, delete_rows_max);
  return deleted == delete_rows_max;
}

}  // namespace posy::store
