#include "social/boost.hpp"
#include "social/emoji.hpp"
#include "social/poll.hpp"
#include "social/receive.hpp"
#include "social/remove.hpp"
#include "social/test_life.hpp"
#include "store/outgoing.hpp"
#include "store/received.hpp"
#include "store/emoji.hpp"
#include "store/remote.hpp"
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
  store::find_remote_key(w, "https://far.example/key");
  store::find_account_by_uri(w, "https://far.example/users/zoe");
  store::follower_inboxes(w, somebody);
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
                           .run_at = w.now()};
  store::keep_received(w, received);
  store::count_received_waiting(w, 10);
  store::next_received(w);
  store::release_received(w, std::chrono::minutes(1));
  for (auto const& one : store::take_received(w, 3, std::chrono::minutes(1))) {
    store::put_received_back(w, one.id, w.now(), "later");
    store::finish_received(w, one.id, "done");
  }
  store::forget_received(w, w.now());

  store::send_to(w, 1, "{}", {{"far.example", "https://far.example/inbox"}});
  store::next_delivery(w);
  store::release_deliveries(w, std::chrono::minutes(1));
  for (auto const& one : store::take_deliveries(w, 3, std::chrono::minutes(1))) {
    store::find_outgoing(w, one.outgoing);
    store::put_delivery_back(w, one, w.now(), "later");
    store::finish_delivery(w, one);
  }
  store::put_peer(w, {.host = "far.example"});
  store::find_peer(w, "far.example");
}

void copy_files(db::Writer& w, AccountId somebody) {
  using Kind = store::RemoteFileKind;
  for (auto kind : {Kind::original, Kind::preview, Kind::avatar, Kind::header, Kind::emoji}) {
    store::remote_source(w, kind, 1);
    store::find_remote_file(w, kind, 1);
  }
  store::RemoteFile file{.id = w.make_id<RowId>(), .owner = 1, .url = "u", .blob = "b", .bytes = 1};
  file.used_at = w.now();
  store::put_remote_file(w, file);
  store::touch_remote_files(w, {file.id});
  file.id = w.make_id<RowId>();
  store::put_remote_file(w, file);
  store::drop_remote_files(w, {MediaId{1}});
  store::drop_remote_files(w, somebody);
  store::evict_remote_files(w, 1 << 20);

  keep_emojis(w, "far.example", {{"bee", "https://far.example/bee.png", {}}});
  keep_emojis(w, "far.example", {{"bee", "https://far.example/bee2.png", w.now()}});
  store::delete_emoji(w, store::first_emoji(w, "far.example")->id);
}

}  // namespace

void hear_from_elsewhere(World& world) {
  auto anna = world.local("petra"), zoe = world.remote("zoe", "far.example");
  world.write([&](db::Writer& w) {
    know(w, zoe.id);
    copy_files(w, zoe.id);
    keep_and_send(w);
    Arrival arrival{.author = zoe.id, .uri = "https://far.example/posts/1", .content = "<p>hello</p>"};
    arrival.poll = ArrivedPoll{.titles = {"a", "b"}, .votes = {1, 2}, .ends_at = w.now() + std::chrono::hours(1)};
    arrival.mentioned = {anna.id};
    auto post = receive_post(w, arrival);
    boost(w, anna.id, post.id, {});
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
  });
  auto own = anna.posts("to be deleted");
  world.write([&](db::Writer& w) { remove_post(w, anna.id, own.id, KeepMedia::no); });
  world.read([&](db::Reader& r) { return store::find_tombstone(r, own.id).has_value(); });
}

}  // namespace posy::social::testing
