#include "jobs/queue.hpp"
#include "social/block.hpp"
#include "social/boost.hpp"
#include "social/close.hpp"
#include "social/domain_holds.hpp"
#include "social/favourite.hpp"
#include "social/follow.hpp"
#include "social/join_thread.hpp"
#include "social/link_preview.hpp"
#include "social/move.hpp"
#include "social/mute.hpp"
#include "social/emoji.hpp"
#include "social/poll.hpp"
#include "social/reach.hpp"
#include "social/delivery_progress.hpp"
#include "social/receive.hpp"
#include "social/remove.hpp"
#include "social/report.hpp"
#include "social/mark.hpp"
#include "social/synchronise.hpp"
#include "social/test_life.hpp"
#include "store/audience.hpp"
#include "store/awaited.hpp"
#include "store/closed_account.hpp"
#include "store/consent.hpp"
#include "store/other_name.hpp"
#include "store/outgoing.hpp"
#include "store/received.hpp"
#include "store/emoji.hpp"
#include "store/inbox_depth.hpp"
#include "store/relation.hpp"
#include "store/remote.hpp"
#include "store/remote_profile.hpp"
#include "store/remote_thread.hpp"
#include "store/remote_file.hpp"
#include "store/signing_key.hpp"
#include "store/tombstone.hpp"

namespace posy::social::testing {
namespace {

void know(db::Writer& w, AccountId somebody) {
  store::put_remote(w, {.account = somebody, .inbox = "https://far.example/inbox", .fetched_at = w.now()});
  store::put_remote_keys(w, somebody, {{"https://far.example/key", somebody, store::KeyKind::rsa_pem, "pem"}});
  store::find_remote(w, somebody);
  store::remotes_by_id(w, {somebody});
  store::find_signer_key(w, "https://far.example/key");
  store::find_account_by_uri(w, "https://far.example/users/zoe");
  store::insert_follow(w, {.id = w.make_id<RowId>(), .account = somebody, .target = somebody, .created_at = w.now(),
                           .by_local = false});
  store::leave_audiences(w, somebody);
  store::join_audiences(w, somebody);
  store::delete_follow(w, somebody, somebody);
  store::has_audience(w, somebody);
  store::is_in_audience(w, somebody, "https://far.example/inbox");
  store::audience_size(w, somebody);
  store::remote_keys_of(w, somebody);
  store::set_domain(w, somebody, "other.far.example");
  store::set_uri(w, somebody, "https://far.example/users/zoe-1", "");
  store::set_follow_uri(w, somebody, somebody, "");
  store::find_post_by_uri(w, "https://far.example/posts/0");
  store::set_boost_uri(w, PostId{1}, "");
  store::keep_signing_key(w, {.owner = store::server_owner, .created_at = w.now()});
  store::keep_signing_key(w, {.owner = store::server_owner, .created_at = w.now()});
}

void keep_and_send(db::Writer& w) {
  store::Received received{.id = w.make_id<RowId>(),
                           .activity = "https://far.example/1",
                           .actor = "https://far.example/users/zoe",
                           .body = "{}",
                           .received_at = w.now(),
                           .run_at = w.now(),
                           .host = "far.example"};
  store::keep_received(w, {&received, 1});
  store::weigh_received_waiting(w);
  store::next_sender(w, received.lane);
  store::release_senders(w);
  store::bring_received_forward(w, std::chrono::minutes(1));
  for (auto const& sender : store::take_senders(w, received.lane, 3, std::chrono::minutes(1))) {
    for (auto const& one : store::due_received(w, sender.lane, sender.host, 3)) {
      store::put_received_back(w, one.id, w.now(), "later");
      store::set_received_aside(w, {one.id}, w.now());
      store::put_sender_back(w, sender);
      store::shorten_sender(w, sender.lane, sender.host, store::finish_received(w, {one.id}, "done"));
    }
    store::put_sender_back(w, sender);
  }
  store::allow_again(w, received.activity);
  store::remember_deleted(w, received.activity);
  store::forget_deletion(w, received.activity);
  store::forget_received(w, w.now(), 3);

  for (bool followers : {false, false, true})
    store::send_to(w, 1, "{}", {.followers = followers, .inboxes = {"https://far.example/inbox"}, .held = PostId{1}},
                   PostId{1});
  store::send_to(w, 1, "{}", {.inboxes = {"nonsense"}});
  store::next_peer(w);
  store::release_peers(w);
  store::bring_peers_forward(w, std::chrono::minutes(1));
  store::take_urgent_peers(w, 3, std::chrono::minutes(1));
  store::take_peers(w, 3, std::chrono::minutes(1));
  auto peer = store::find_peer(w, "far.example").value();
  auto waiting = store::waiting_for(w, "far.example", 3);
  store::urgent_for(w, "far.example", 3);
  store::find_outgoing(w, waiting.at(0).outgoing);
  store::finish_deliveries(w, {waiting.at(1)});
  store::give_up_deliveries(w, {{waiting.at(2), "never"}});
  store::outgoing_of(w, PostId{1}, 3);
  store::failed_deliveries(w, RowId{1}, 3);
  store::put_peer_back(w, peer);
  store::forget_outgoing(w, w.now());
  store::forget_idle_peers(w, w.now(), 3);
  store::retire_inbox(w, "https://far.example/inbox");
  store::is_retired(w, "https://far.example/inbox");
  store::revive_inbox(w, "https://far.example/inbox");
}

// How far somebody's posts go, and what became of them.
void reach_people(World& world, Person somebody, Person far) {
  auto letter = world.write([&](db::Writer& w) {
    store::put_remote(w, {.account = far.id, .inbox = "https://slow.example/inbox", .fetched_at = w.now()});
    return receive_post(w, {.author = far.id, .uri = "https://far.example/posts/letter", .content = "<p>hello</p>"});
  });
  auto draft = somebody.draft("thank you");
  draft.in_reply_to = letter.id;
  draft.reach = store::Reach::people;
  world.read([&](db::Reader& r) { return cost_of(r, world.site, draft).people; });
  auto thanks = somebody.publishes(draft);
  draft.visibility = Visibility::followers;
  auto quiet = somebody.publishes(draft);
  world.write([&](db::Writer& w) {
    set_course(w, quiet);
    set_course(w, thanks);
    set_course(w, thanks);
    store::send_to(w, somebody.id.value, "{}", {.inboxes = {"https://slow.example/inbox"}}, thanks.id);
    store::name_sent(w, thanks.id, store::SentKind::post);
    auto progress = find_progress(w, somebody.id, thanks.id).value();
    auto sent = progress.sent.at(0).id;
    note_progress(w, {sent});
    store::waiting_hosts(w, sent, "", "", 10);
    store::failed_after(w, sent, "", 10);
    store::sent_open(w, 10);
    store::failing_hosts(w, 10);
    store::given_up_hosts(w, 10);
    store::queue_depth(w);
    store::inbox_depth(w, 10);
    remove_post(w, somebody.id, thanks.id, KeepMedia::no);
  });
}

void consent(db::Writer& w, PostId post) {
  store::put_policy(w, {.post = post, .reply = store::Circle::followers});
  store::leave_count(w, post, store::PostCount::replies, 1);
  store::find_policy(w, post);
  store::put_stamp(w, post, "https://far.example/stamps/1");
  store::find_stamp(w, post);
  store::find_stamped(w, "https://far.example/stamps/1");
  store::delete_stamp(w, post);
  store::set_quote(w, post, {}, store::QuoteState::none);
  store::remember_deleted(w, "https://far.example/posts/9");
  store::was_deleted(w, "https://far.example/posts/9");
  store::forget_deleted(w, w.now());
}

void leave_for_ever(World& world, Person somebody, PostId post) {
  world.write([&](db::Writer& w) {
    favourite(w, somebody.id, post);
    store::let_go_of_blobs(w, {"old-picture"});
    store::take_loose_blobs(w, w.now(), 1);
    close_account(w, somebody.id);
    store::set_told_up_to(w, somebody.id, store::server_inboxes_after(w, "", 3).last);
    while (close_some(w, somebody.id)) continue;
    store::delete_signing_key(w, somebody.id.value);
  });
}

// Everything that rules about servers ask and change.
void rule_servers(World& world) {
  auto zoe = world.remote("zoe", "ruled.example"), anna = world.local("ruth");
  anna.follows(zoe);
  world.write([&](db::Writer& w) {
    auto rule = put_rule(w, {.domain = "ruled.example", .severity = store::Severity::silence, .reject_media = true});
    DomainRules rules(true);
    auto allow = allow_domain(w, "ruled.example");
    store::find_domain_allow(w, allow.id);
    store::find_domain_rule(w, rule.id);
    store::Page newest, oldest;
    oldest.oldest_first = true;
    for (auto const& page : {newest, oldest}) {
      store::domain_rules(w, page);
      store::domain_allows(w, page);
    }
    rules.refresh(w);
    keep_federation_mode(w, true);
    auto before = AccountId{zoe.id.value - 1};
    hold_some_accounts(w, *rules.all(), before);
    rule.severity = store::Severity::suspend;
    put_rule(w, rule);
    rules.refresh(w);
    hold_some_accounts(w, *rules.all(), before);
    disallow_domain(w, allow.id);
    remove_rule(w, rule.id);
    DomainRules open(false);
    open.refresh(w);
    hold_some_accounts(w, *open.all(), before);
    keep_federation_mode(w, false);
    jobs::cancel(w, jobs::HoldAccounts{});
  });
}

void show_pages(db::Writer& w, PostId post) {
  store::LinkPreview preview{.id = w.make_id<RowId>(), .link_key = "page", .link = "https://news.example/a"};
  preview.run_at = w.now();
  store::insert_preview(w, preview);
  store::find_preview(w, "page");
  store::hasten_preview(w, preview.id, w.now());
  store::next_preview(w);
  store::release_previews(w, std::chrono::minutes(1));
  store::bring_previews_forward(w, std::chrono::minutes(1));
  store::take_previews(w, 3, std::chrono::minutes(1));
  store::put_previews_back(w, {preview.id}, w.now());
  store::uncount_attempts(w, {preview.id});
  store::ask_again(w, preview.id, w.now());
  store::show_preview(w, post, preview.id);
  preview.state = store::PreviewState::found;
  keep_preview(w, preview);
  shown_previews(w, {post});
  store::hide_preview(w, post);
  clean_up_previews(w);
}

void move_about(World& world, Person one, Person other, Person reader) {
  world.write([&](db::Writer& w) {
    block(w, reader.id, one.id);
    unblock(w, reader.id, one.id);
    mute(w, reader.id, one.id);
    note_account(w, reader.id, one.id, "a note");
    store::Follow old{.id = RowId{1'000'000}, .account = reader.id, .target = one.id, .created_at = w.now()};
    w.insert("follow", old);
    begin_move(w, *store::find_account(w, one.id), *store::find_account(w, other.id)).value();
    store::count_left_behind(w, *store::find_move(w, one.id));
    while (carry_some_over(w, one.id)) continue;
    store::has_left(w, one.id);
    store::set_moved_to(w, one.id, {});
    add_alias(w, reader.id, "https://far.example/users/zoe");
    store::is_known_as(w, *store::find_account(w, reader.id), "https://far.example/users/zoe");
    remove_alias(w, reader.id, "https://far.example/users/zoe");
    auto request = ask_to_move(w, reader.id, store::MoveRequestKind::alias, "zoe@far.example");
    store::find_move_request(w, request);
    store::take_move_request(w, request);
    store::finish_move_request(w, request, store::MoveRequestState::done, "");
    withdraw_request(w, request);
  });
}

void hear_reports(World& world, Person somebody, Person reader) {
  auto post = reader.posts("bad");
  world.write([&](db::Writer& w) {
    auto made = receive_report(w, {"https://far.example/flags/1", somebody.id, reader.id, {post.id}, "look"});
    store::find_report(w, made->id);
    store::reports_by_id(w, {made->id});
    store::reported_posts(w, std::vector{made->id});
    store::reported_collections(w, std::vector{made->id});
    store::mark_forwarded(w, made->id);
  });
}

void look_elsewhere(db::Writer& w, AccountId somebody, PostId post) {
  store::put_remote_thread(w, {post, "https://far.example/posts/1/replies", ""});
  store::find_remote_thread(w, post);
  store::thread_links(w, post, 10);
  store::open_posts_of_thread(w, post, {}, 10);
  store::open_replies(w, post, {}, 10);
  store::set_profile_looked_at(w, somebody, w.now());
  store::profile_looked_at(w, somebody);
  store::set_remote_counts(w, somebody, {.posts = 3, .followers = 4, .following = {}});
  for (int i = 0; i < 2; ++i) store::count_gone_answer(w, somebody);
  store::follower_uris_at(w, somebody, "https://far.example", 10);
  store::local_followers(w, somebody, 10);
  keep_pins(w, somebody, {post});
  keep_pins(w, somebody, {});
  reconcile_followers(w, somebody, {}, {});
}

// An answer comes before what it answers, publicly and by letter.
void join_late(World& world, Person far, Person somebody) {
  world.write([&](db::Writer& w) {
    for (auto visibility : {Visibility::everyone, Visibility::direct}) {
      auto uri = "https://far.example/late/" + std::to_string(static_cast<int>(visibility));
      Arrival arrival{.author = far.id, .uri = uri + "/answer", .visibility = visibility, .content = "<p>yes</p>"};
      arrival.awaited = uri;
      arrival.mentioned = {somebody.id};
      auto answer = receive_post(w, arrival);
      store::find_awaiting(w, answer.id);
      store::is_awaited(w, uri);
      auto further = arrival;
      further.uri = uri + "/further";
      further.in_reply_to = answer.id;
      further.awaited = "";
      receive_post(w, further);
      arrival.uri = uri;
      arrival.awaited = "";
      receive_post(w, arrival);
      move_some_of_thread(w, answer.id);
    }
    auto account = *store::find_account(w, far.id);
    store::put_other_handle(w, account, "web.far.example");
    store::put_page_of(w, "https://far.example/@far", {far.id, {}});
    store::put_page_of(w, "https://far.example/@far/1", {{}, store::find_post_by_uri(w, "https://far.example/late/0")->id});
    store::find_page_of(w, "https://far.example/@far");
  });
}

void copy_files(db::Writer& w, AccountId somebody) {
  using Kind = store::RemoteFileKind;
  for (auto kind : {Kind::original, Kind::preview, Kind::avatar, Kind::header, Kind::emoji}) {
    store::remote_source(w, kind, 1);
    store::find_remote_file(w, kind, 1);
    store::remote_source_domain(w, kind, 1);
  }
  store::RemoteFile file{.id = w.make_id<RowId>(), .owner = 1, .url = "u", .blob = "b", .bytes = 1};
  file.used_at = w.now();
  store::put_remote_file(w, file);
  store::touch_remote_files(w, {file.id});
  file.id = w.make_id<RowId>();
  store::put_remote_file(w, file);
  store::drop_remote_files(w, {MediaId{1}});
  store::drop_remote_files(w, somebody);
  store::drop_remote_emojis(w, "far.example");
  store::evict_remote_files(w, 1 << 20);

  store::let_go_of_blobs(w, {"loose"});
  store::take_loose_blobs(w, w.now() + std::chrono::hours(1), 3);

  keep_emojis(w, "far.example", {{"bee", "https://far.example/bee.png", {}}});
  keep_emojis(w, "far.example", {{"bee", "https://far.example/bee2.png", w.now()}});
  store::delete_emoji(w, store::first_emoji(w, "far.example")->id);
}

}  // namespace

void hear_from_elsewhere(World& world) {
  auto anna = world.local("petra"), zoe = world.remote("zoe", "far.example");
  join_late(world, zoe, anna);
  world.write([&](db::Writer& w) {
    know(w, zoe.id);
    copy_files(w, zoe.id);
    keep_and_send(w);
    Arrival arrival{.author = zoe.id, .uri = "https://far.example/posts/1", .content = "<p>hello</p>"};
    arrival.poll = ArrivedPoll{.titles = {"a", "b"}, .votes = {1, 2}, .ends_at = w.now() + std::chrono::hours(1)};
    arrival.mentioned = {anna.id};
    auto post = receive_post(w, arrival);
    consent(w, post.id);
    show_pages(w, post.id);
    boost(w, anna.id, post.id, {});
    look_elsewhere(w, zoe.id, post.id);
    arrival.content = "<p>hello again</p>";
    arrival.edited = w.now();
    store::Media picture;
    picture.remote_url = "https://far.example/a.png";
    arrival.media = {picture};
    arrival.poll->titles = {"a", "c"};
    receive_edit(w, arrival);
    arrival.media.clear();
    receive_edit(w, arrival);
    add_vote(w, anna.id, post.poll, 0);
    remove_post(w, zoe.id, post.id, KeepMedia::no);
    store::suspend(w, zoe.id, w.now());
  });
  reach_people(world, anna, world.remote("uma", "far.example"));
  rule_servers(world);
  move_about(world, zoe, world.remote("yve", "far.example"), anna);
  hear_reports(world, zoe, anna);
  world.write([&](db::Writer& w) { remove_some_posts(w, zoe.id); });
  auto own = anna.posts("to be deleted");
  world.write([&](db::Writer& w) { remove_post(w, anna.id, own.id, KeepMedia::no); });
  world.read([&](db::Reader& r) { return store::find_tombstone(r, own.id).has_value(); });
  leave_for_ever(world, world.local("lea"), anna.posts("farewell").id);
}

}  // namespace posy::social::testing
