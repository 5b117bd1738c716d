#include "social/test_life.hpp"

#include "jobs/queue.hpp"
#include "social/block.hpp"
#include "social/boost.hpp"
#include "social/clean_up.hpp"
#include "social/collections.hpp"
#include "social/conversations.hpp"
#include "social/edit.hpp"
#include "social/endorse.hpp"
#include "social/favourite.hpp"
#include "social/filters.hpp"
#include "social/follow.hpp"
#include "social/lists.hpp"
#include "social/manuscripts.hpp"
#include "social/mark.hpp"
#include "social/markers.hpp"
#include "social/media.hpp"
#include "social/mute.hpp"
#include "social/notifications.hpp"
#include "social/notify.hpp"
#include "social/poll.hpp"
#include "social/profile.hpp"
#include "social/quote.hpp"
#include "social/register.hpp"
#include "social/remove.hpp"
#include "social/report.hpp"
#include "social/scheduled.hpp"
#include "social/suggestions.hpp"
#include "social/tags.hpp"
#include "social/timelines.hpp"
#include "store/essay_slug.hpp"
#include "store/newest_id.hpp"
#include "store/conversation.hpp"
#include "store/filter.hpp"
#include "store/interaction.hpp"
#include "store/notification_policy.hpp"
#include "store/oauth.hpp"
#include "store/poll.hpp"
#include "store/measure.hpp"
#include "store/operator_numbers.hpp"
#include "store/push_subscription.hpp"

namespace posy::social::testing {
namespace {

using std::chrono::hours;

void mark_and_quote(World& world, Person alice, Person bob, Post const& post) {
  auto draft = bob.draft("quote");
  draft.quote_of = post.id;
  auto quote = bob.publishes(draft);
  world.write([&](db::Writer& w) {
    favourite(w, bob.id, post.id);
    bookmark(w, bob.id, post.id);
    pin(w, world.site, alice.id, post.id);
    mute_thread(w, bob.id, post.id);
    auto boosted = boost(w, bob.id, post.id);
    edit_post(w, world.site, alice.id, post.id, {.text = "edited"});
    set_quote_policy(w, alice.id, post.id, store::QuotePolicy::nobody);
    revoke_quote(w, alice.id, post.id, quote.id);
    unfavourite(w, bob.id, post.id);
    unbookmark(w, bob.id, post.id);
    unpin(w, alice.id, post.id);
    unmute_thread(w, bob.id, post.id);
    unboost(w, bob.id, boosted.boost_of);
  });
}

void ask_in_a_poll(World& world, Person alice, Person bob, Post const& post) {
  auto draft = alice.draft("which?");
  draft.in_reply_to = post.id;
  draft.poll = PollDraft{{"a", "b"}, 300};
  auto asked = alice.publishes(draft);
  world.write([&](db::Writer& w) {
    vote(w, bob.id, asked.poll, {0});
    store::insert_votes(w, asked.poll, bob.id, {1});  // too late
    Edit edit{.text = "which one?", .poll = PollDraft{{"a", "b", "c"}, 300}};
    edit_post(w, world.site, alice.id, asked.id, edit);
    vote(w, bob.id, asked.poll, {1});
  });
  world.clock.advance(hours(1));
  world.write([&](db::Writer& w) {
    end_poll(w, asked.poll);
    edit_post(w, world.site, alice.id, asked.id, {.text = "no more"});
  });
}

void write_letters(World& world, Person alice, Person bob) {
  auto letter = alice.posts("@bob privately", Visibility::direct);
  auto answer = bob.replies(letter, "@alice indeed", Visibility::direct);
  world.write([&](db::Writer& w) {
    remove_post(w, bob.id, answer.id, KeepMedia::no);
    auto held = store::conversations(w, alice.id, {}).at(0);
    mark_conversation(w, alice.id, held.id, true);
    remove_conversation(w, alice.id, held.id);
  });
}

void upload(World& world, Person alice) {
  world.write([&](db::Writer& w) {
    auto media = start_upload(w, world.site,
                              {.account = alice.id, .kind = store::MediaKind::image, .mime = "image/png"});
    finish_upload(w, media.id, {.kind = store::MediaKind::image, .blob = "b", .preview_blob = "p"});
    fail_interrupted_uploads(w);
    delete_media(w, alice.id, media.id);
  });
}

void publish_later(World& world, Person alice) {
  auto due = world.clock.now() + hours(1);
  auto draft = alice.draft("later");
  draft.media = {alice.uploads()};
  auto row = world.write([&](db::Writer& w) {
    cancel_scheduled(w, alice.id, schedule(w, world.site, alice.draft("never"), due).id);
    auto row = schedule(w, world.site, draft, due);
    keep_failure(w, row.id, "error");
    return reschedule(w, world.site, alice.id, row.id, due);
  });
  world.clock.advance(hours(48));
  world.write([&](db::Writer& w) { publish_scheduled(w, world.site, row.id); });
}

void write_essays(World& world, Person alice) {
  auto draft = alice.draft("long");
  draft.title = "A title";
  draft.cover = alice.uploads();
  auto post = alice.publishes(draft);
  world.write([&](db::Writer& w) {
    store::find_slug(w, alice.id, post.slug);
    auto m = begin_manuscript(w, alice.id, post.id, {.text = "longer"});
    begin_manuscript(w, alice.id, post.id, {});
    save_manuscript(w, alice.id, m.id, 1, {.text = "the longest"});
    store::manuscripts_by(w, alice.id, {});
    store::manuscripts_by(w, alice.id, {.oldest_first = true});
    store::find_version(w, m.id, 2);
    store::delete_versions_up_to(w, m.id, 1);
    publish_manuscript(w, world.site, alice.id, m.id, {});
    delete_own_manuscript(w, alice.id, begin_manuscript(w, alice.id, {}, {.text = "other"}).id);
  });
}

void follow_and_part(World& world, Person alice, Person bob, Person rita) {
  world.write([&](db::Writer& w) {
    follow(w, alice.id, bob.id);
    follow(w, alice.id, bob.id, {.notify = true});
    follow(w, alice.id, rita.id);
    follow(w, rita.id, alice.id);
    endorse(w, alice.id, bob.id);
    unendorse(w, alice.id, bob.id);
    update_profile(w, world.site, alice.id, {.locked = true});
    follow(w, bob.id, alice.id);
    follow(w, bob.id, alice.id, {.notify = true});
    accept_follow(w, alice.id, bob.id);
    unfollow(w, bob.id, alice.id);
    update_profile(w, world.site, alice.id, {.display_name = "Alice", .note = "@bob", .locked = false});
    accept_some_waiting(w, alice.id);
    update_defaults(w, alice.id, {.sensitive = true});
    note_account(w, alice.id, bob.id, "note");
    note_account(w, alice.id, bob.id, "");
    mute(w, alice.id, bob.id);
    unmute(w, alice.id, bob.id);
    block(w, alice.id, bob.id);
    unblock(w, alice.id, bob.id);
    block_domain(w, alice.id, "far.example", "posy.test");
    leave_some_of_domain(w, alice.id, "far.example");
    unblock_domain(w, alice.id, "far.example");
    dismiss_suggestion(w, alice.id, bob.id);
  });
}

void arrange(World& world, Person alice, Person bob, Post const& post) {
  world.write([&](db::Writer& w) {
    follow(w, alice.id, bob.id);
    auto list = create_list(w, alice.id, {.title = "friends"});
    add_to_list(w, alice.id, list.id, {bob.id});
    change_list(w, alice.id, list.id, {.title = "more", .exclusive = true});
    remove_from_list(w, alice.id, list.id, {bob.id});
    delete_list(w, alice.id, list.id);
    follow_tag(w, alice.id, "cats");
    unfollow_tag(w, alice.id, "cats");
    auto featured = feature_tag(w, alice.id, "cats");
    unfeature_tag(w, alice.id, featured.id);
    set_markers(w, alice.id, {{"home", 1}});
    auto filter = add_filter(w, alice.id, {.title = "f", .contexts = {{store::FilterContext::home}}},
                             {{.keyword = "x"}});
    change_filter(w, alice.id, filter.id, {.title = "g"}, {});
    auto keyword = add_keyword(w, alice.id, filter.id, {.keyword = "y"});
    change_keyword(w, alice.id, {.id = keyword.id, .keyword = "z"});
    remove_keyword(w, alice.id, keyword.id);
    auto filtered = add_filter_post(w, alice.id, filter.id, post.id);
    load_filter_post(w, alice.id, filtered.id);
    remove_filter_post(w, alice.id, filtered.id);
    remove_filter(w, alice.id, filter.id);
  });
}

void recommend_and_report(World& world, Person alice, Person bob, Post const& post) {
  world.write([&](db::Writer& w) {
    update_profile(w, world.site, bob.id, {.discoverable = true});
    auto made = create_collection(w, alice.id, {.name = "people"}, {bob.id});
    auto report =
        social::report(w, bob.id, {.target = alice.id, .posts = {post.id}, .collections = {made.id}});
    store::reported_posts(w, report.id);
    store::reported_collections(w, report.id);
    change_collection(w, alice.id, made.id, {.name = "good people"});
    auto item = store::collection_items(w, alice.id, {made.id}).at(0);
    remove_from_collection(w, alice.id, made.id, item.id);
    item = add_to_collection(w, alice.id, made.id, bob.id);
    leave_collection(w, bob.id, made.id, item.id);
    delete_collection(w, alice.id, made.id);
  });
}

void be_notified(World& world, Person alice, Person bob, Post const& post) {
  world.write([&](db::Writer& w) {
    store::save_policy(w, {.account = alice.id, .for_not_following = store::PolicyAction::filter});
    unfollow(w, alice.id, bob.id);
    notify(w, alice.id, NotificationKind::mention, bob.id, post.id);
    accept_requests(w, alice.id, {store::notification_requests(w, alice.id, {}).at(0).id});
    dismiss_requests(w, alice.id, {RowId{1}});
    notify(w, alice.id, NotificationKind::favourite, bob.id, post.id);
    notify(w, alice.id, NotificationKind::follow, bob.id);
    forget(w, alice.id, NotificationKind::favourite, bob.id, post.id);
    for (auto const& all : store::notifications(w, {.account = alice.id}, {}))
      if (all.kind == NotificationKind::follow) dismiss_some_of_group(w, alice.id, all.group_key);
    // More than one helping of a group: what is left is counted anew.
    for (int i = 1; i <= 2001; ++i)
      store::insert_notification(w, {.id = w.make_id<NotificationId>(),
                                     .account = alice.id,
                                     .sender = AccountId{i},
                                     .group_key = "many",
                                     .created_at = w.now()});
    dismiss_some_of_group(w, alice.id, "many");
    store::delete_notifications_from(w, bob.id, alice.id);
    store::delete_notifications_from(w, bob.id);
    clear_some_notifications(w, alice.id);
  });
}

}  // namespace

void publish_and_answer(World& world) {
  auto alice = world.local("alice"), bob = world.local("bob");
  world.write([&](db::Writer& w) {
    follow(w, bob.id, alice.id, {.notify = true});
    follow_tag(w, bob.id, "tag");
  });
  auto draft = alice.draft("@bob #tag https://news.example/1");
  draft.idempotency_key = "key";
  draft.media = {alice.uploads(), alice.uploads()};
  auto post = alice.publishes(draft);
  mark_and_quote(world, alice, bob, post);
  ask_in_a_poll(world, alice, bob, post);
  write_letters(world, alice, bob);
  upload(world, alice);
  publish_later(world, alice);
  write_essays(world, alice);
  world.write([&](db::Writer& w) { remove_post(w, alice.id, post.id, KeepMedia::yes); });
  alice.publishes(draft);  // with the key of a post that is gone
}

void meet_people(World& world) {
  auto anna = world.local("anna"), ben = world.local("ben"), rita = world.remote("rita", "far.example");
  auto post = anna.posts("hello");
  follow_and_part(world, anna, ben, rita);
  arrange(world, anna, ben, post);
  recommend_and_report(world, anna, ben, post);
  be_notified(world, anna, ben, post);
}

void keep_house(World& world) {
  world.site.registrations = Registrations::open;
  world.write([&](db::Writer& w) {
    SignUp form{
        .username = "carol", .email = "c@mail.example", .password = "correct horse", .agreement = true};
    auto carol = sign_up(w, world.site, form, "hash");
    add_member(w, {.username = "dora", .email = "d@mail.example", .password = "correct horse"}, "hash",
               store::Role::admin);
    set_password(w, carol, "hash");
    world.site.registrations = Registrations::approval;
    sign_up(w, world.site,
            {.username = "eve",
             .email = "e@mail.example",
             .password = "correct horse",
             .agreement = true,
             .reason = "why not"},
            "hash");
    reject_member(w, "eve");
    store::has_owner(w);

    auto app = w.make_id<AppId>();
    store::insert_app(w, {.id = app, .client_id = "client"});
    store::insert_code(w, {.code_hash = "code", .app = app, .account = carol, .expires_at = w.now()});
    store::find_code(w, "code");
    auto token = w.make_id<TokenId>();
    store::use_code(w, "code", token);
    store::insert_token(w, {.id = token, .token_hash = "token", .app = app, .account = carol});
    store::put_push_subscription(w, {.token = token, .id = w.make_id<RowId>(), .account = carol});
    store::find_push_subscription(w, token);
    store::push_subscriptions_of(w, carol);
    store::change_push_subscription(w, token, 1, store::PushPolicy::all);
    store::delete_push_subscription(w, token, w.make_id<RowId>());
    store::keep_push_key(w, {});
    store::touch_token(w, token, w.now());
    store::tokens_of(w, carol, {});
    store::operator_numbers(w);
    store::hours_of(w, carol.value, store::Measure::delivered, 0);
    store::told_by_day(w, carol, store::NotificationKind::follow, w.now());
    store::count_failing_hosts(w);
    store::count_jobs(w);
    store::logins_before(w, {}, 3);
    store::last_uses(w, {carol});
    store::is_token_of(w, token, carol);
    store::delete_token(w, token);
    store::insert_web_session(w, {.token_hash = "session", .account = carol});
    store::touch_web_session(w, "session", w.now());
    store::delete_web_sessions_unused_since(w, carol, w.now());
    store::delete_web_session(w, "session");
    store::insert_sign_in_link(w, {.token_hash = "link", .account = carol, .expires_at = w.now()});
    store::take_sign_in_link(w, "link");

    store::delete_expired_mutes(w, carol);
    clean_up(w);
    jobs::release(w);
    jobs::bring_forward(w, std::chrono::minutes(1));
    jobs::give_back(w, {RowId{1}});
    store::newest_id(w);
    for (auto job : jobs::take_due(w, 2)) {
      jobs::put_back(w, job, "error");
      jobs::finish(w, job.id);
    }
  });
}

}  // namespace posy::social::testing
