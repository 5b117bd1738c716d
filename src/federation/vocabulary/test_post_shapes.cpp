#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/object.hpp"
#include "federation/vocabulary/test_shapes.hpp"

namespace posy::federation::test {
namespace {

using boost::json::object;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr char const quoted[] = "https://posy.example/posts/42";

void mastodon_note(object const& document) {
  auto post = read_object(document).value();
  EXPECT_EQ(post.id, "https://mastodon.example/users/rosalind/statuses/1100");
  EXPECT_EQ(post.type, ObjectType::note);
  EXPECT_EQ(post.author(), "https://mastodon.example/users/rosalind");
  EXPECT_TRUE(is_public(post.to));
  EXPECT_EQ(post.cc.size(), 2u);
  EXPECT_EQ(post.summary, "Slugs, up close");
  EXPECT_TRUE(post.sensitive);
  EXPECT_EQ(post.language, "fr");
  EXPECT_TRUE(post.content.starts_with("<p>Regardez"));
  EXPECT_EQ(post.in_reply_to, "");
  EXPECT_EQ(post.url, "https://mastodon.example/@rosalind/1100");
  EXPECT_EQ(post.published, parse_rfc3339("2024-06-01T09:30:00Z"));
  EXPECT_FALSE(post.updated);
  EXPECT_FALSE(post.is_vote());
  ASSERT_EQ(post.attachments.size(), 2u);
  EXPECT_EQ(post.attachments[0], (Attachment{.url = "https://files.mastodon.example/media/slug.jpg",
                                             .media_type = "image/jpeg",
                                             .description = "A slug on a lettuce leaf",
                                             .blurhash = "UDF?kd00~qM{9FM{t7j[j[fQfQfQ",
                                             .width = 1600,
                                             .height = 1200,
                                             .focus = FocalPoint{-0.25, 0.5}}));
  EXPECT_EQ(post.attachments[1].preview_url, "https://files.mastodon.example/media/slug-small.png");
  EXPECT_EQ(post.attachments[1].description, "");
  EXPECT_THAT(post.tags.mentions, ElementsAre(Mention{"https://gotosocial.example/users/ishmael",
                                                      "@ishmael@gotosocial.example"}));
  EXPECT_THAT(post.tags.hashtags, ElementsAre(Hashtag{"garden", "https://mastodon.example/tags/garden"}));
  EXPECT_EQ(post.tags.emojis.at(0).shortcode, "sprout");
  EXPECT_THAT(post.policy.can_quote.value().automatic, ElementsAre(std::string(public_collection)));
  EXPECT_FALSE(post.policy.can_reply);
  EXPECT_EQ(post.likes,
            (CollectionSummary{"https://mastodon.example/users/rosalind/statuses/1100/likes", 17}));
  EXPECT_EQ(post.shares.total_items, 4);
  EXPECT_EQ(post.context, "https://mastodon.example/contexts/900-1100");
  EXPECT_TRUE(post.conversation.starts_with("tag:mastodon.example"));

  auto replies = read_collection(post.replies.embedded).value();
  auto page = read_collection(replies.first.embedded).value();
  EXPECT_TRUE(page.is_page && !page.is_ordered);
  EXPECT_TRUE(page.next.ends_with("only_other_accounts=true&page=true"));
  EXPECT_EQ(page.items.at(0).id, "https://mastodon.example/users/rosalind/statuses/1101");
}

void mastodon_poll(object const& document) {
  auto post = read_object(document).value();
  EXPECT_EQ(post.type, ObjectType::question);
  auto poll = post.poll.value();
  EXPECT_TRUE(poll.multiple);
  EXPECT_THAT(poll.options, ElementsAre(PollOption{"Runner", 6}, PollOption{"Broad & tall", 5}));
  EXPECT_EQ(poll.voters, 9);
  EXPECT_EQ(poll.end_time, parse_rfc3339("2024-06-09T10:00:00Z"));
  EXPECT_TRUE(poll.is_closed(*poll.end_time));
  EXPECT_FALSE(poll.is_closed(*poll.end_time - std::chrono::milliseconds(1)));
  EXPECT_EQ(post.event, EventTimes{});
  EXPECT_EQ(post.in_reply_to, "https://pleroma.example/objects/6f0e");
}

void mastodon_quote(object const& document) {
  auto post = read_object(document).value();
  EXPECT_EQ(post.quote, (Quote{quoted, false, "https://posy.example/stamps/7"}));
  EXPECT_TRUE(is_public(post.to));
  EXPECT_THAT(post.policy.can_quote.value().automatic,
              ElementsAre("https://mastodon.example/users/rosalind/followers"));
  EXPECT_THAT(post.policy.can_quote.value().manual, IsEmpty());
}

void gotosocial_note(object const& document) {
  auto post = read_object(document).value();
  EXPECT_TRUE(is_public(post.to));
  EXPECT_EQ(post.attachments.at(0).description, "Fog over the harbour");
  EXPECT_EQ(post.attachments.at(0).type, AttachmentType::image);
  EXPECT_EQ(post.attachments.at(0).focus, (FocalPoint{0, 0}));
  EXPECT_EQ(post.language, "en");
  EXPECT_EQ(post.tags.mentions.at(0).href, "https://posy.example/users/1");
  EXPECT_THAT(post.policy.can_like.value().automatic, ElementsAre(std::string(public_collection)));
  EXPECT_EQ(post.policy.can_reply.value().automatic.size(), 2u);
  EXPECT_THAT(post.policy.can_reply.value().manual, ElementsAre(std::string(public_collection)));
  EXPECT_FALSE(post.policy.can_quote);
  EXPECT_EQ(post.replies.id, "https://gotosocial.example/users/ishmael/statuses/01HX/replies");
}

void gotosocial_old_policy(object const& document) {
  auto post = read_object(document).value();
  EXPECT_EQ(post.reply_authorization, "https://mastodon.example/users/rosalind/accepts/4");
  EXPECT_THAT(post.policy.can_like.value().automatic,
              ElementsAre("https://gotosocial.example/users/ishmael/followers"));
  EXPECT_THAT(post.policy.can_reply.value().automatic, IsEmpty());
  EXPECT_THAT(post.policy.can_reply.value().manual, ElementsAre(std::string(public_collection)));
  EXPECT_FALSE(post.policy.can_announce);
}

void misskey_note(object const& document) {
  auto post = read_object(document).value();
  EXPECT_TRUE(is_public(post.cc) && !is_public(post.to));
  EXPECT_EQ(post.summary, "box");
  EXPECT_TRUE(post.sensitive);
  EXPECT_TRUE(post.attachments.at(0).sensitive);
  EXPECT_EQ(post.source, (Source{"Fits. #box $[spin :zzz_cat:]", "text/x.misskeymarkdown"}));
  EXPECT_EQ(post.tags.emojis.at(0).updated, parse_rfc3339("2022-12-31T23:59:59.999Z"));
  EXPECT_EQ(post.language, "");
}

void misskey_quote(object const& document) {
  EXPECT_EQ(read_object(document)->quote, (Quote{quoted, true, ""}));
}

void misskey_poll(object const& document) {
  auto poll = read_object(document)->poll.value();
  EXPECT_FALSE(poll.multiple);
  EXPECT_THAT(poll.options, ElementsAre(PollOption{"Yes", 3}, PollOption{"Also yes", 0}));
  EXPECT_FALSE(poll.voters);
  EXPECT_EQ(poll.end_time, parse_rfc3339("2024-04-05T00:00:00Z"));
}

void pleroma_note(object const& document) {
  auto post = read_object(document).value();
  EXPECT_EQ(post.in_reply_to, quoted);
  EXPECT_EQ(post.context, "https://pleroma.example/contexts/c0ffee");
  auto const& chart = post.attachments.at(0);
  EXPECT_EQ(chart.url, "https://pleroma.example/media/chart.png");
  EXPECT_EQ(chart.width, 640);
  EXPECT_EQ(chart.height, 480);
  EXPECT_EQ(chart.description, "Chart");
  EXPECT_EQ(post.tags.emojis.at(0).url, "https://pleroma.example/emoji/blob_up.png");
  EXPECT_FALSE(post.sensitive);
}

void pleroma_poll(object const& document) {
  auto poll = read_object(document)->poll.value();
  EXPECT_EQ(poll.end_time, parse_rfc3339("2024-03-10T00:00:00Z"));
  EXPECT_FALSE(poll.is_closed(parse_rfc3339("2024-03-06").value()));
  EXPECT_TRUE(poll.is_closed(parse_rfc3339("2024-03-11").value()));
  EXPECT_EQ(poll.voters, 6);
}

void akkoma_quote(object const& document) {
  EXPECT_EQ(read_object(document)->quote, (Quote{quoted, true, ""}));
}

void wordpress_article(object const& document) {
  auto post = read_object(document).value();
  EXPECT_EQ(post.type, ObjectType::article);
  EXPECT_EQ(post.name, "Leek & potato");
  EXPECT_EQ(post.url, "https://blog.example/leek-potato/");
  EXPECT_EQ(post.language, "en");
  EXPECT_EQ(post.media_type, "");
  EXPECT_EQ(post.image.url, "https://blog.example/uploads/soup.jpg");
  EXPECT_EQ(post.updated, parse_rfc3339("2024-10-11T10:10:10Z"));
  EXPECT_EQ(post.likes.total_items, 2);
  EXPECT_EQ(post.preview.id, "");
  EXPECT_FALSE(post.preview.embedded.empty());
  EXPECT_THAT(post.policy.can_quote.value().automatic,
              ElementsAre("https://blog.example/wp-json/activitypub/1.0/actors/0/followers"));
}

void lemmy_comment(object const& document) {
  auto post = read_object(document).value();
  EXPECT_EQ(post.in_reply_to, "https://lemmy.example/post/880");
  EXPECT_THAT(post.audience, ElementsAre("https://lemmy.example/c/ponds"));
  EXPECT_EQ(post.language, "");
  EXPECT_EQ(post.source->media_type, "text/markdown");
  EXPECT_EQ(post.tags.mentions.size(), 1u);
}

void peertube_video(object const& document) {
  auto post = read_object(document).value();
  EXPECT_EQ(post.type, ObjectType::video);
  EXPECT_THAT(post.attributed_to, ElementsAre("https://peertube.example/accounts/joiner",
                                              "https://peertube.example/video-channels/workshop"));
  EXPECT_EQ(post.name, "Sharpening a chisel");
  EXPECT_EQ(post.media_type, "text/markdown");
  EXPECT_EQ(post.language, "en");
  EXPECT_EQ(post.duration, 3723);
  EXPECT_EQ(post.url, "https://peertube.example/w/b0b0");
  EXPECT_EQ(post.links.size(), 2u);
  EXPECT_EQ(post.image.url, "https://peertube.example/thumbnails/b0b0.jpg");
  ASSERT_EQ(post.attachments.size(), 1u);
  auto const& video = post.attachments[0];
  EXPECT_EQ(video.url, "https://peertube.example/hls/b0b0-720.mp4");
  EXPECT_EQ(video.type, AttachmentType::video);
  EXPECT_EQ(video.media_type, "video/mp4");
  EXPECT_EQ(video.width, 1280);
  EXPECT_EQ(video.duration, 3723);
  EXPECT_EQ(video.preview_url, "https://peertube.example/thumbnails/b0b0.jpg");
  EXPECT_THAT(post.tags.hashtags, ElementsAre(Hashtag{"woodwork", ""}));
  EXPECT_EQ(post.replies.id, "https://peertube.example/videos/watch/b0b0/comments");
  EXPECT_EQ(post.likes.id, "https://peertube.example/videos/watch/b0b0/likes");
  EXPECT_FALSE(post.preview);
}

void friendica_note(object const& document) {
  auto post = read_object(document).value();
  EXPECT_TRUE(post.content.starts_with("<span class=\"h-card\">"));
  EXPECT_EQ(post.language, "de");
  EXPECT_EQ(post.source->media_type, "text/bbcode");
  EXPECT_EQ(post.context, "https://posy.example/threads/42");
}

void mobilizon_event(object const& document) {
  auto post = read_object(document).value();
  EXPECT_EQ(post.type, ObjectType::event);
  EXPECT_EQ(post.author(), "https://mobilizon.example/@dancers");
  EXPECT_EQ(post.event, (EventTimes{parse_rfc3339("2024-12-11T19:00:00Z"),
                                    parse_rfc3339("2024-12-11T21:30:00Z"), "The Old Barn"}));
  EXPECT_EQ(post.language, "en");
  EXPECT_EQ(post.attachments.size(), 1u);
}

constexpr Shape shapes[] = {
    {"mastodon-note", mastodon_note},
    {"mastodon-poll", mastodon_poll},
    {"mastodon-quote", mastodon_quote},
    {"gotosocial-note", gotosocial_note},
    {"gotosocial-note-old-policy", gotosocial_old_policy},
    {"misskey-note", misskey_note},
    {"misskey-quote", misskey_quote},
    {"misskey-poll", misskey_poll},
    {"pleroma-note", pleroma_note},
    {"pleroma-poll", pleroma_poll},
    {"akkoma-quote", akkoma_quote},
    {"wordpress-article", wordpress_article},
    {"lemmy-comment", lemmy_comment},
    {"peertube-video", peertube_video},
    {"friendica-note", friendica_note},
    {"mobilizon-event", mobilizon_event},
};

}  // namespace

std::span<Shape const> post_shapes() {
  return shapes;
}

}  // namespace posy::federation::test
