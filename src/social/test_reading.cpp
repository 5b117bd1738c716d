// The reading half of test_life.hpp.
#include "jobs/queue.hpp"
#include "social/conversations.hpp"
#include "social/filter_match.hpp"
#include "social/hidden.hpp"
#include "social/lists.hpp"
#include "social/notifications.hpp"
#include "social/register.hpp"
#include "social/search.hpp"
#include "social/suggestions.hpp"
#include "social/test_life.hpp"
#include "social/timelines.hpp"
#include "social/trends.hpp"
#include "store/account_search.hpp"
#include "store/collection.hpp"
#include "store/conversation.hpp"
#include "store/edit.hpp"
#include "store/emoji.hpp"
#include "store/filter.hpp"
#include "store/instance.hpp"
#include "store/interaction.hpp"
#include "store/list.hpp"
#include "store/marker.hpp"
#include "store/notification_policy.hpp"
#include "store/oauth.hpp"
#include "store/poll.hpp"
#include "store/relation.hpp"
#include "store/relationship.hpp"
#include "store/scheduled.hpp"
#include "store/search.hpp"
#include "store/tag.hpp"
#include "store/tag_follow.hpp"

namespace posy::social::testing {
namespace {

constexpr AccountId somebody{2}, other{3};
constexpr PostId post{5};
constexpr TagId tag{7};
constexpr ListId list{9};
constexpr NotificationId notification{11};

void read_pages(db::Reader& r, store::Page const& page) {
  store::followers_of(r, somebody, page);
  store::following_of(r, somebody, page);
  store::follow_requests_to(r, somebody, page);
  store::blocks_of(r, somebody, page);
  store::mutes_of(r, somebody, page);
  store::domain_blocks_of(r, somebody, page);
  store::endorsements_of(r, somebody, page);
  store::followed_tags(r, somebody, page);
  store::list_members(r, list, page);
  store::boosts_of(r, post, page);
  store::quotes_of(r, post, page);
  store::favourites_of(r, post, page);
  store::favourites_by(r, somebody, page);
  store::bookmarks_by(r, somebody, page);
  store::conversations(r, somebody, page);
  store::scheduled_by(r, somebody, page);
  store::search_posts(r, {.words = {"word"}, .reader = somebody}, page);
  store::notification_requests(r, somebody, page);
  store::group_members(r, somebody, "g1", page);
  store::notifications(r, {.account = somebody}, page);
  store::notifications(r, {.account = somebody, .kinds = {store::NotificationKind::mention}}, page);
  store::notifications(r, {.account = somebody, .sender = other}, page);
  home_timeline(r, somebody, page);
  list_timeline(r, somebody, list, page);
  Viewer viewer{somebody};
  public_timeline(r, viewer, {}, page);
  public_timeline(r, viewer, {.local_only = true}, page);
  tag_timeline(r, viewer, {.tag = "tag5"}, page);
  link_timeline(r, viewer, "https://news.example/1", page);
  tag_timeline(r, viewer, {.tag = "tag5", .any = {"tag6"}}, page);
  profile_timeline(r, viewer, other, {.tag = "tag5"}, page);
  profile_timeline(r, viewer, other, {.pinned = true}, page);
  profile_timeline(r, viewer, other, {.media_only = true}, page);
}

void read_people(db::Reader& r) {
  store::find_account(r, "name2", "");
  store::account_stats(r, {somebody});
  store::relationships(r, somebody, {other});
  store::familiar_followers(r, somebody, other, 10);
  store::followed_among(r, somebody, std::vector{other});
  store::is_following(r, somebody, other);
  store::is_blocked_between(r, somebody, other);
  store::has_blocked_domain(r, somebody, "far.example");
  store::count_follow_requests(r, somebody);
  store::lists_of(r, somebody);
  store::lists_with(r, somebody, other);
  store::find_list(r, somebody, list);
  suggestions(r, somebody, 10);
  for (auto order : {store::DirectoryOrder::active, store::DirectoryOrder::newest})
    for (bool local : {true, false}) store::directory(r, somebody, order, local, 10, 0);
  hidden_authors(r, Viewer{somebody}, {other});
  store::count_collections(r, somebody);
  store::collections_of(r, somebody, true, 10, 0);
  store::collections_with(r, somebody, 10, 0);
  find_login_named(r, "name2");
  find_login_named(r, "e2@posy.test");
}

void read_posts(db::Reader& r) {
  auto found = *store::find_post(r, post);
  store::posts_by_id(r, {post});
  store::post_stats(r, {post});
  store::mentions_of(r, {post});
  store::is_mentioned(r, post, somebody);
  store::find_boost(r, somebody, post);
  store::ancestors(r, found, 10);
  store::descendants(r, found, 10);
  store::edits_of(r, post, 10);
  store::media_of_edits(r, {RowId{1}});
  store::media_of(r, {post});
  store::media_by_id(r, {MediaId{1}});
  store::favourited_among(r, somebody, {post});
  store::bookmarked_among(r, somebody, {post});
  store::pinned_among(r, somebody, {post});
  store::muted_among(r, somebody, {post});
  store::polls_by_id(r, {PollId{1}});
  store::options_of(r, {PollId{1}});
  store::votes_of(r, somebody, {PollId{1}});
  store::media_of_scheduled(r, {RowId{1}});
  store::tags_of(r, {post});
  store::emojis_by_code(r, "", {"code1"});
  store::emojis_by_code(r, std::vector<std::string>{"far.example"}, {"code1"});
  store::local_emojis(r);
}

void read_own(db::Reader& r) {
  store::find_notification(r, somebody, notification);
  store::notifications_by_id(r, {notification});
  store::newest_members(r, {notification}, 8);
  store::oldest_members(r, {notification}, notification);
  store::pending_requests(r, somebody);
  store::find_notification_request(r, somebody, RowId{1});
  store::find_group(r, somebody, "g1");
  unread_notifications(r, {.account = somebody}, 10);
  store::markers_of(r, somebody, {"home"});
  load_filters(r, somebody);
  store::find_tag(r, "tag1");
  store::tags_by_id(r, {tag});
  store::followed_among(r, somebody, std::vector{tag});
  store::count_followed_tags(r, somebody);
  store::featured_tags(r, somebody);
  store::featured_among(r, somebody, {tag});
  store::find_featured_tag(r, somebody, tag);
  store::tag_usage(r, somebody, {tag});
  store::most_used_tags(r, somebody, 10);
  store::tag_days(r, {tag}, 0);
}

void read_server(World& world, db::Reader& r) {
  search(r, world.site, Viewer{somebody}, {.text = "name", .only_used_tags = true});
  search(r, world.site, Viewer{somebody}, {.text = "https://far.example/x"});
  store::count_instance(r);
  store::weekly_activity(r, 1);
  store::known_domains(r);
  store::contact_account(r);
  store::find_app(r, AppId{1});
  store::find_app_by_client_id(r, "c1");
  store::find_token(r, "t1");
  store::find_web_session(r, "s1");
  store::session_addresses(r, somebody);
  trending_tags(r);
  trending_posts(r);
  jobs::is_any_due(r);
  jobs::next_due(r);
}

}  // namespace

void read_everything(World& world) {
  world.read([&](db::Reader& r) {
    read_pages(r, {});
    read_pages(r, {.oldest_first = true});
    read_people(r);
    read_posts(r);
    read_own(r);
    read_server(world, r);
  });
}

}  // namespace posy::social::testing
