// Notifications as they lie in the store.
//
// Favourites, boosts and the like of one kind form groups. The newest member of each group is marked and
// carries its size, so that a page of groups is one short walk of an index however large the groups are.
// Only the functions of this file keep that true: nobody else inserts or deletes rows of `notification`
// (what goes with a deleted post is fine, its groups go with it).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "db/access.hpp"
#include "store/page.hpp"
#include "store/report.hpp"

namespace posy::store {

enum class NotificationKind {
  mention,
  status,  // a post of somebody whose posts one asked to be told of
  reblog,
  follow,
  follow_request,
  favourite,
  poll,
  update,  // a post that one boosted was edited
  quote,
  quoted_update,
  admin_sign_up,
  admin_report,
};
inline constexpr int notification_kinds = 12;

constexpr EnumName<NotificationKind> notification_kind_names[] = {
    {NotificationKind::mention, "mention"},
    {NotificationKind::status, "status"},
    {NotificationKind::reblog, "reblog"},
    {NotificationKind::follow, "follow"},
    {NotificationKind::follow_request, "follow_request"},
    {NotificationKind::favourite, "favourite"},
    {NotificationKind::poll, "poll"},
    {NotificationKind::update, "update"},
    {NotificationKind::quote, "quote"},
    {NotificationKind::quoted_update, "quoted_update"},
    {NotificationKind::admin_sign_up, "admin.sign_up"},
    {NotificationKind::admin_report, "admin.report"},
};
inline std::string_view name_of(NotificationKind kind) {
  return name_in(notification_kind_names, kind);
}

// A set of kinds; SQL sees its bits.
class KindSet {
 public:
  constexpr KindSet() = default;
  constexpr KindSet(std::initializer_list<NotificationKind> kinds) {
    for (auto kind : kinds) add(kind);
  }
  static constexpr KindSet all() {
    KindSet set;
    set.bits_ = (1 << notification_kinds) - 1;
    return set;
  }
  constexpr void add(NotificationKind kind) { bits_ |= bit(kind); }
  constexpr bool contains(NotificationKind kind) const { return (bits_ & bit(kind)) != 0; }
  constexpr KindSet without(KindSet other) const {
    KindSet set;
    set.bits_ = bits_ & ~other.bits_;
    return set;
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::int64_t bits() const { return bits_; }
  friend constexpr bool operator==(KindSet, KindSet) = default;

 private:
  static constexpr std::int64_t bit(NotificationKind kind) {
    return std::int64_t{1} << static_cast<int>(kind);
  }
  std::int64_t bits_ = 0;
};

// The kinds that form groups; the others always stand alone.
inline constexpr KindSet groupable_kinds{NotificationKind::reblog, NotificationKind::follow,
                                         NotificationKind::favourite, NotificationKind::admin_sign_up};

struct Notification {
  NotificationId id;
  AccountId account;
  NotificationKind kind = NotificationKind::mention;
  AccountId sender;
  PostId post;
  std::string group_key;  // empty: it stands alone
  bool filtered = false;  // kept among the requests; stands alone
  bool newest = true;     // of its group
  std::int64_t group_size = 1;
  Time created_at;
  ReportId report;
};
BOOST_DESCRIBE_STRUCT(Notification, (),
                      (id, account, kind, sender, post, group_key, filtered, newest, group_size, created_at, report))

struct NotificationQuery {
  AccountId account;
  KindSet kinds = KindSet::all();
  KindSet grouped;   // of these, only the newest of each group
  AccountId sender;  // none: anybody's
  bool include_filtered = false;
};

std::vector<Notification> notifications(db::Reader& r, NotificationQuery const& query, Page const& page);
std::vector<Notification> notifications_by_id(db::Reader& r, std::vector<NotificationId> const& ids);
std::optional<Notification> find_notification(db::Reader& r, AccountId account, NotificationId id);
// The one that tells of the same thing; kinds without a post match by sender.
std::optional<NotificationId> find_notification(db::Reader& r, AccountId account, NotificationKind kind,
                                                AccountId sender, PostId post);

// Enters its group as the newest member.
void insert_notification(db::Writer& w, Notification notification);
void delete_notifications(db::Writer& w, std::vector<NotificationId> const& ids);
// What somebody sent to `account`, or to everybody: before an account goes, and when one is blocked.
void delete_notifications_from(db::Writer& w, AccountId sender, AccountId account = {});
// Deletes some of what is not filtered; false when nothing was left. Call until then, a unit of work each: a
// million rows at once would hold up all other writers.
bool delete_some_notifications(db::Writer& w, AccountId account);

// --- Groups -----------------------------------------------------------------------------------------------

struct GroupMember {
  std::string group_key;
  NotificationId id;
  AccountId sender;
};
BOOST_DESCRIBE_STRUCT(GroupMember, (), (group_key, id, sender))

std::optional<Notification> find_group(db::Reader& r, AccountId account,
                                       std::string_view group_key);  // its newest
std::vector<GroupMember> group_members(db::Reader& r, AccountId account, std::string_view group_key,
                                       Page const& page);
// The newest `limit` members of the group of each of these notifications, newest first.
std::vector<GroupMember> newest_members(db::Reader& r, std::vector<NotificationId> const& newest, int limit);
// The oldest member with an id of at least `from`, for the group of each of these.
std::vector<GroupMember> oldest_members(db::Reader& r, std::vector<NotificationId> const& newest,
                                        NotificationId from);
// Deletes some members of a group; false when none was left.
bool delete_some_members(db::Writer& w, AccountId account, std::string_view group_key);

}  // namespace posy::store
