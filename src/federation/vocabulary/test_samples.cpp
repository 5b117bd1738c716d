#include "federation/vocabulary/test_samples.hpp"

#include "federation/vocabulary/iri.hpp"

namespace posy::federation::test {
namespace {

std::string const ada = "https://posy.example/users/1";
std::string const post = "https://posy.example/posts/42";
std::string const everyone{public_collection};

Emoji bee() {
  return {.id = "https://posy.example/emojis/bee",
          .shortcode = "bee",
          .url = "https://posy.example/media/bee.png",
          .media_type = "image/png",
          .updated = at("2026-01-02T03:04:05Z")};
}

Object addressed(ObjectType type) {
  Object object;
  object.id = post;
  object.type = type;
  object.attributed_to = {ada};
  object.to = {everyone};
  object.cc = {ada + "/followers", "https://mastodon.example/users/rosalind"};
  object.url = "https://posy.example/@ada/42";
  object.links = {{.href = object.url}};
  object.published = at("2026-02-03T04:05:06.789Z");
  object.content = "<p>Hello :bee:</p>";
  object.language = "en";
  return object;
}

}  // namespace

Time at(std::string_view time) {
  return parse_rfc3339(time).value();
}

Actor full_actor() {
  Actor actor;
  actor.id = ada;
  actor.preferred_username = "ada";
  actor.name = "Ada :bee:";
  actor.summary = "<p>Writes.</p>";
  actor.url = "https://posy.example/@ada";
  actor.inbox = ada + "/inbox";
  actor.outbox = ada + "/outbox";
  actor.followers = ada + "/followers";
  actor.following = ada + "/following";
  actor.featured = ada + "/featured";
  actor.featured_tags = ada + "/tags";
  actor.shared_inbox = "https://posy.example/inbox";
  actor.keys = {{.id = ada + "#main-key",
                 .owner = ada,
                 .kind = KeyKind::rsa_pem,
                 .material = "-----BEGIN PUBLIC KEY-----\nQQ==\n-----END PUBLIC KEY-----\n"},
                {.id = ada + "#ed25519-key",
                 .owner = ada,
                 .kind = KeyKind::ed25519_multibase,
                 .material = "z6MkInventedForThisTestOnly"}};
  actor.icon = {"https://posy.example/media/ada.png", "image/png", "Ada, smiling"};
  actor.image = {"https://posy.example/media/sea.jpg", "image/jpeg", ""};
  actor.locked = actor.discoverable = actor.indexable = true;
  actor.show_media_replies = false;
  actor.also_known_as = {"https://old.example/users/ada"};
  actor.moved_to = "https://new.example/users/ada";
  actor.fields = {{"Pronouns", "she/her"},
                  {"Site", "<a href=\"https://ada.example\" rel=\"me\">ada.example</a>"}};
  actor.tags = {.hashtags = {{"poetry", "https://posy.example/tags/poetry"}}, .emojis = {bee()}};
  actor.attribution_domains = {"ada.example"};
  actor.webfinger = "ada@posy.example";
  actor.implements = {"https://datatracker.ietf.org/doc/html/rfc9421"};
  actor.policy.can_feature = Permission{{everyone}, {}};
  actor.published = at("2025-01-01T00:00:00Z");
  actor.updated = at("2026-01-01T00:00:00Z");
  return actor;
}

Object full_note() {
  Object note = addressed(ObjectType::note);
  note.summary = "bees";
  note.sensitive = true;
  note.in_reply_to = "https://mastodon.example/users/rosalind/statuses/1100";
  note.updated = at("2026-02-04T00:00:00Z");
  note.attachments = {{.type = AttachmentType::image,
                       .url = "https://posy.example/media/1.jpg",
                       .media_type = "image/jpeg",
                       .description = "A bee on a thistle",
                       .blurhash = "UAB",
                       .width = 1200,
                       .height = 800,
                       .focus = FocalPoint{0.5, -0.25}},
                      {.type = AttachmentType::video,
                       .url = "https://posy.example/media/2.mp4",
                       .media_type = "video/mp4",
                       .preview_url = "https://posy.example/media/2.jpg",
                       .duration = 12.5}};
  note.tags = {.mentions = {{"https://mastodon.example/users/rosalind", "@rosalind@mastodon.example"}},
               .hashtags = {{"bees", "https://posy.example/tags/bees"}},
               .emojis = {bee()}};
  note.quote = {.id = "https://mastodon.example/users/rosalind/statuses/1400",
                .authorization = "https://mastodon.example/users/rosalind/quote_authorizations/8"};
  note.policy = {.can_like = Permission{{everyone}, {}},
                 .can_reply = Permission{{ada + "/followers", ada}, {everyone}},
                 .can_announce = Permission{{everyone}, {}},
                 .can_quote = Permission{{ada}, {}}};
  note.replies = {post + "/replies", {}};
  note.likes = {post + "/likes", 3};
  note.shares = {post + "/shares", 0};
  note.context = "https://posy.example/threads/42";
  note.conversation = "https://posy.example/threads/42";
  note.source = Source{"Hello :bee:", "text/markdown"};
  return note;
}

Object full_question() {
  Object question = addressed(ObjectType::question);
  question.poll = Poll{.multiple = true,
                       .options = {{"One", 2}, {"Two", 0}},
                       .end_time = at("2026-02-10T00:00:00Z"),
                       .closed_at = at("2026-02-10T00:00:00Z"),
                       .voters = 2};
  return question;
}

Object full_article() {
  Object article = addressed(ObjectType::article);
  article.name = "On bees";
  article.summary = "<p>They are busy.</p>";
  article.content = "<h2>One</h2><p>Busy.</p>";
  article.image = {"https://posy.example/media/bees.jpg", "image/jpeg", "Bees"};
  Object preview = addressed(ObjectType::note);
  preview.id = post + "/preview";
  article.preview = {preview.id, write_object(preview)};
  return article;
}

}  // namespace posy::federation::test
