#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "federation/vocabulary/activity.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/object.hpp"
#include "federation/vocabulary/test_shapes.hpp"

namespace posy::federation::test {
namespace {

using boost::json::object;
using testing::ElementsAre;

constexpr char const rosalind[] = "https://mastodon.example/users/rosalind";
constexpr char const our_post[] = "https://posy.example/posts/42";
constexpr char const us[] = "https://posy.example/users/1";

Activity read(object const& document, ActivityType type, std::string const& actor) {
  auto activity = read_activity(document).value();
  EXPECT_EQ(activity.type, type);
  EXPECT_EQ(activity.actor, actor);
  return activity;
}

void mastodon_vote(object const& document) {
  auto activity = read(document, ActivityType::create, rosalind);
  EXPECT_THAT(activity.to, ElementsAre(us));
  auto vote = read_object(activity.object.embedded).value();
  EXPECT_TRUE(vote.is_vote());
  EXPECT_EQ(vote.name, "Runner");
  EXPECT_EQ(vote.in_reply_to, our_post);
}

void mastodon_boost(object const& document) {
  auto activity = read(document, ActivityType::announce, rosalind);
  EXPECT_EQ(activity.object, (Reference{our_post, {}}));
  EXPECT_TRUE(is_public(activity.to));
  EXPECT_EQ(activity.published, parse_rfc3339("2024-06-05T11:12:13Z"));
}

void mastodon_edit(object const& document) {
  auto activity = read(document, ActivityType::update, rosalind);
  EXPECT_TRUE(activity.has_ld_signature);
  EXPECT_FALSE(activity.has_proof);
  auto post = read_object(activity.object.embedded).value();
  EXPECT_EQ(post.updated, parse_rfc3339("2024-06-01T10:00:00Z"));
  EXPECT_EQ(post.content, "<p>It was a snail.</p>");
}

void mastodon_delete(object const& document) {
  auto activity = read(document, ActivityType::delete_, rosalind);
  EXPECT_EQ(activity.object.id, "https://mastodon.example/users/rosalind/statuses/1101");
  EXPECT_TRUE(is_tombstone(activity.object.embedded));
  EXPECT_EQ(read_tombstone(activity.object.embedded)->id, activity.object.id);
}

void mastodon_delete_actor(object const& document) {
  auto activity = read(document, ActivityType::delete_, "https://mastodon.example/users/gone");
  EXPECT_EQ(activity.object.id, activity.actor);
}

void mastodon_quote_request(object const& document) {
  auto activity = read(document, ActivityType::quote_request, rosalind);
  EXPECT_EQ(activity.object.id, our_post);
  EXPECT_EQ(activity.instrument.id, "https://mastodon.example/users/rosalind/statuses/1400");
  EXPECT_EQ(read_object(activity.instrument.embedded)->quote.id, our_post);
}

void mastodon_quote_accept(object const& document) {
  auto activity = read(document, ActivityType::accept, rosalind);
  EXPECT_EQ(activity.result.id, "https://mastodon.example/users/rosalind/quote_authorizations/8");
  auto request = read_activity(activity.object.embedded).value();
  EXPECT_EQ(request.type, ActivityType::quote_request);
  EXPECT_EQ(request.instrument.id, "https://posy.example/posts/50");
}

void like(object const& document) {
  auto activity = read(document, ActivityType::like, rosalind);
  EXPECT_EQ(activity.object.id, our_post);
  EXPECT_EQ(activity.content, "");
}

void mastodon_follow(object const& document) {
  EXPECT_EQ(read(document, ActivityType::follow, rosalind).object.id, us);
}

void mastodon_accept(object const& document) {
  auto activity = read(document, ActivityType::accept, rosalind);
  EXPECT_EQ(activity.object.id, "https://posy.example/activities/17");
  EXPECT_EQ(read_activity(activity.object.embedded)->type, ActivityType::follow);
}

void mastodon_undo_follow(object const& document) {
  auto activity = read(document, ActivityType::undo, rosalind);
  auto undone = read_activity(activity.object.embedded).value();
  EXPECT_EQ(undone.type, ActivityType::follow);
  EXPECT_EQ(undone.object.id, us);
}

void mastodon_block(object const& document) {
  EXPECT_EQ(read(document, ActivityType::block, rosalind).object.id, "https://posy.example/users/6");
}

void mastodon_flag(object const& document) {
  auto activity = read(document, ActivityType::flag, "https://mastodon.example/actor");
  EXPECT_THAT(activity.objects, ElementsAre("https://posy.example/users/6", "https://posy.example/posts/61",
                                            "https://posy.example/posts/62"));
  EXPECT_EQ(activity.content, "Sells weed killer");
}

void mastodon_move(object const& document) {
  auto activity = read(document, ActivityType::move, rosalind);
  EXPECT_EQ(activity.object.id, rosalind);
  EXPECT_EQ(activity.target.id, "https://posy.example/users/9");
}

void mastodon_add_pin(object const& document) {
  auto activity = read(document, ActivityType::add, rosalind);
  EXPECT_EQ(activity.id, "");
  EXPECT_EQ(activity.target.id, "https://mastodon.example/users/rosalind/collections/featured");
}

void gotosocial_accept_reply(object const& document) {
  auto activity = read(document, ActivityType::accept, "https://gotosocial.example/users/ishmael");
  EXPECT_EQ(activity.result.id, "https://gotosocial.example/users/ishmael/authorizations/01J0");
  auto request = read_activity(activity.object.embedded).value();
  EXPECT_EQ(request.type, ActivityType::reply_request);
  EXPECT_EQ(request.instrument.id, "https://posy.example/posts/71");
}

void pixelfed_note(object const& document) {
  auto activity = read(document, ActivityType::create, "https://pixelfed.example/users/aperture");
  auto post = read_object(activity.object.embedded).value();
  EXPECT_EQ(post.id, activity.id);
  ASSERT_EQ(post.attachments.size(), 2u);
  EXPECT_EQ(post.attachments[0].description, "A bridge by day");
  EXPECT_EQ(post.attachments[0].height, 1350);
  EXPECT_EQ(post.attachments[1].url, "https://pixelfed.example/storage/m/two.jpg");
  EXPECT_EQ(post.published, parse_rfc3339("2024-05-05T05:05:05Z"));
  EXPECT_EQ(post.event.location, "");
}

void misskey_reaction(object const& document) {
  auto activity = read(document, ActivityType::like, "https://misskey.example/users/9abc");
  EXPECT_EQ(activity.content, ":zzz_cat:");
  EXPECT_EQ(activity.tags.emojis.at(0).url, "https://media.misskey.example/zzz_cat.gif");
}

void misskey_boost(object const& document) {
  auto activity = read(document, ActivityType::announce, "https://misskey.example/users/9abc");
  EXPECT_TRUE(is_public(activity.cc));
}

void misskey_follow(object const& document) {
  EXPECT_EQ(read(document, ActivityType::follow, "https://misskey.example/users/9abc").object.id, us);
}

void pleroma_reaction(object const& document) {
  auto activity = read(document, ActivityType::emoji_react, "https://pleroma.example/users/leni");
  EXPECT_EQ(activity.content, "🎉");
  EXPECT_EQ(activity.object.id, our_post);
}

void pleroma_chat(object const& document) {
  auto activity = read(document, ActivityType::create, "https://pleroma.example/users/leni");
  auto message = read_object(activity.object.embedded).value();
  EXPECT_EQ(message.type, ObjectType::unknown);
  EXPECT_EQ(message.type_name, "ChatMessage");
  EXPECT_EQ(message.content, "hi");
}

void akkoma_reaction(object const& document) {
  auto activity = read(document, ActivityType::emoji_react, "https://akkoma.example/users/mo");
  EXPECT_EQ(activity.tags.emojis.at(0).shortcode, "blob_up");
}

void mitra_quote(object const& document) {
  auto activity = read(document, ActivityType::create, "https://mitra.example/users/vela");
  EXPECT_TRUE(activity.has_proof);
  auto post = read_object(activity.object.embedded).value();
  EXPECT_EQ(post.quote, (Quote{our_post, true, ""}));
  EXPECT_EQ(post.replies, (Reference{"https://mitra.example/objects/0190/replies", {}}));
  EXPECT_THAT(post.tags.hashtags,
              ElementsAre(Hashtag{"wind", "https://mitra.example/collections/tags/wind"}));
  EXPECT_EQ(post.url, "");
}

void mitra_accept(object const& document) {
  auto activity = read(document, ActivityType::accept, "https://mitra.example/users/vela");
  EXPECT_EQ(activity.object, (Reference{"https://posy.example/activities/17", {}}));
}

void ghost_article(object const& document) {
  auto activity =
      read(document, ActivityType::create, "https://letters.example/.ghost/activitypub/users/index");
  EXPECT_TRUE(is_public(activity.to));
  auto post = read_object(activity.object.embedded).value();
  EXPECT_EQ(post.type, ObjectType::article);
  EXPECT_EQ(post.author(), activity.actor);
  EXPECT_EQ(post.name, "On waiting");
  EXPECT_EQ(post.image.url, "https://letters.example/content/rain.png");
  EXPECT_EQ(post.preview.id, "https://letters.example/.ghost/activitypub/note/1d0c");
}

void lemmy_announce_page(object const& document) {
  auto activity = read(document, ActivityType::announce, "https://lemmy.example/c/ponds");
  auto inner = read_activity(activity.object.embedded).value();
  EXPECT_EQ(inner.type, ActivityType::create);
  EXPECT_EQ(inner.actor, "https://lemmy.example/u/toad");
  auto post = read_object(inner.object.embedded).value();
  EXPECT_EQ(post.type, ObjectType::page);
  EXPECT_EQ(post.name, "Duckweed again");
  EXPECT_EQ(post.language, "de");
  EXPECT_EQ(post.url, "");
  EXPECT_EQ(post.attachments.at(0).type, AttachmentType::link);
  EXPECT_EQ(post.attachments.at(0).url, "https://news.example/duckweed");
  EXPECT_EQ(post.attachments.at(0).media_type, "text/html");
  EXPECT_EQ(post.image.url, "https://lemmy.example/pictrs/image/weed.webp");
}

void lemmy_dislike(object const& document) {
  auto activity = read(document, ActivityType::dislike, "https://lemmy.example/u/toad");
  EXPECT_EQ(activity.object.id, our_post);
  EXPECT_THAT(activity.audience, ElementsAre("https://lemmy.example/c/ponds"));
}

void lemmy_report(object const& document) {
  auto activity = read(document, ActivityType::flag, "https://lemmy.example/u/toad");
  EXPECT_EQ(activity.content, "Off topic");
  EXPECT_THAT(activity.objects, ElementsAre("https://posy.example/posts/61"));
}

void peertube_boost(object const& document) {
  auto activity = read(document, ActivityType::announce, "https://peertube.example/video-channels/workshop");
  EXPECT_EQ(activity.object.id, "https://peertube.example/videos/watch/b0b0");
}

constexpr Shape shapes[] = {
    {"mastodon-vote", mastodon_vote},
    {"mastodon-boost", mastodon_boost},
    {"mastodon-edit", mastodon_edit},
    {"mastodon-delete", mastodon_delete},
    {"mastodon-delete-actor", mastodon_delete_actor},
    {"mastodon-quote-request", mastodon_quote_request},
    {"mastodon-quote-accept", mastodon_quote_accept},
    {"mastodon-like", like},
    {"mastodon-follow", mastodon_follow},
    {"mastodon-accept", mastodon_accept},
    {"mastodon-undo-follow", mastodon_undo_follow},
    {"mastodon-block", mastodon_block},
    {"mastodon-flag", mastodon_flag},
    {"mastodon-move", mastodon_move},
    {"mastodon-add-pin", mastodon_add_pin},
    {"gotosocial-accept-reply", gotosocial_accept_reply},
    {"pixelfed-note", pixelfed_note},
    {"misskey-reaction", misskey_reaction},
    {"misskey-boost", misskey_boost},
    {"misskey-follow", misskey_follow},
    {"pleroma-reaction", pleroma_reaction},
    {"pleroma-chat", pleroma_chat},
    {"akkoma-reaction", akkoma_reaction},
    {"mitra-quote", mitra_quote},
    {"mitra-accept", mitra_accept},
    {"ghost-article", ghost_article},
    {"lemmy-announce-page", lemmy_announce_page},
    {"lemmy-dislike", lemmy_dislike},
    {"lemmy-report", lemmy_report},
    {"peertube-boost", peertube_boost},
};

}  // namespace

std::span<Shape const> activity_shapes() {
  return shapes;
}

}  // namespace posy::federation::test
