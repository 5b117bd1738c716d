#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "federation/vocabulary/actor.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/test_shapes.hpp"

namespace posy::federation::test {
namespace {

using boost::json::object;
using testing::ElementsAre;

constexpr char const rfc9421[] = "https://datatracker.ietf.org/doc/html/rfc9421";

void mastodon(object const& document) {
  auto actor = read_actor(document).value();
  EXPECT_EQ(actor.id, "https://mastodon.example/users/rosalind");
  EXPECT_EQ(actor.type, ActorType::person);
  EXPECT_EQ(actor.preferred_username, "rosalind");
  EXPECT_EQ(actor.webfinger, "rosalind@mastodon.example");
  EXPECT_EQ(actor.name, "Rosalind :sprout:");
  EXPECT_TRUE(actor.summary.starts_with("<p>Grows beans."));
  EXPECT_EQ(actor.url, "https://mastodon.example/@rosalind");
  EXPECT_EQ(actor.inbox, "https://mastodon.example/users/rosalind/inbox");
  EXPECT_EQ(actor.outbox, "https://mastodon.example/users/rosalind/outbox");
  EXPECT_EQ(actor.followers, "https://mastodon.example/users/rosalind/followers");
  EXPECT_EQ(actor.following, "https://mastodon.example/users/rosalind/following");
  EXPECT_EQ(actor.featured, "https://mastodon.example/users/rosalind/collections/featured");
  EXPECT_EQ(actor.featured_tags, "https://mastodon.example/users/rosalind/collections/tags");
  EXPECT_EQ(actor.shared_inbox, "https://mastodon.example/inbox");
  EXPECT_TRUE(actor.locked && actor.discoverable && !actor.indexable && !actor.memorial && !actor.suspended);
  EXPECT_TRUE(actor.show_featured && actor.show_media && !actor.show_media_replies);
  EXPECT_THAT(actor.also_known_as, ElementsAre("https://old.example/users/rosalind"));
  EXPECT_THAT(actor.attribution_domains, ElementsAre("beans.example"));
  ASSERT_EQ(actor.keys.size(), 1u);
  EXPECT_EQ(actor.keys[0].id, "https://mastodon.example/users/rosalind#main-key");
  EXPECT_EQ(actor.keys[0].owner, actor.id);
  EXPECT_EQ(actor.keys[0].kind, KeyKind::rsa_pem);
  EXPECT_TRUE(actor.keys[0].material.starts_with("-----BEGIN PUBLIC KEY-----\n"));
  EXPECT_THAT(actor.tags.emojis, ElementsAre(Emoji{.id = "https://mastodon.example/emojis/77",
                                                   .shortcode = "sprout",
                                                   .url = "https://files.mastodon.example/emoji/sprout.png",
                                                   .media_type = "image/png",
                                                   .updated = parse_rfc3339("2023-05-06T07:08:09Z")}));
  EXPECT_THAT(actor.tags.hashtags, ElementsAre(Hashtag{"garden", "https://mastodon.example/tags/garden"}));
  ASSERT_EQ(actor.fields.size(), 2u);
  EXPECT_EQ(actor.fields[0], (ProfileField{"Pronouns", "she/her"}));
  EXPECT_EQ(actor.icon,
            (Image{"https://files.mastodon.example/avatars/rosalind.jpg", "image/jpeg", "A bean plant"}));
  EXPECT_EQ(actor.image.url, "https://files.mastodon.example/headers/rosalind.png");
  EXPECT_THAT(actor.policy.can_feature.value().automatic,
              ElementsAre("https://mastodon.example/users/rosalind/followers"));
  EXPECT_EQ(actor.published, parse_rfc3339("2019-03-14"));
}

void gotosocial(object const& document) {
  auto actor = read_actor(document).value();
  EXPECT_EQ(actor.shared_inbox, "https://gotosocial.example/sharedInbox");
  EXPECT_THAT(actor.also_known_as, ElementsAre("https://mastodon.example/users/ishmael"));
  EXPECT_THAT(actor.fields, ElementsAre(ProfileField{"ship", "a whaler"}));
  EXPECT_EQ(actor.icon.description, "A white whale");
  EXPECT_EQ(actor.keys.at(0).id, "https://gotosocial.example/users/ishmael/main-key");
  EXPECT_EQ(actor.published, parse_rfc3339("2023-11-05T13:03:02Z"));
  EXPECT_TRUE(actor.show_media);
  EXPECT_FALSE(actor.discoverable || actor.locked);
}

void pixelfed(object const& document) {
  auto actor = read_actor(document).value();
  EXPECT_EQ(actor.name, "f/2.8");
  EXPECT_EQ(actor.summary, "");
  EXPECT_TRUE(actor.indexable);
  EXPECT_EQ(actor.shared_inbox, "https://pixelfed.example/f/inbox");
  EXPECT_EQ(actor.icon.url, "https://pixelfed.example/storage/avatars/default.jpg?v=0");
}

void misskey(object const& document) {
  auto actor = read_actor(document).value();
  EXPECT_EQ(actor.type, ActorType::service);
  EXPECT_EQ(actor.name, "");
  EXPECT_EQ(actor.preferred_username, "tama");
  EXPECT_EQ(actor.shared_inbox, "https://misskey.example/inbox");
  EXPECT_EQ(actor.icon.url, "https://media.misskey.example/tama.webp");
  EXPECT_FALSE(actor.image);
  EXPECT_EQ(actor.tags.emojis.at(0).shortcode, "zzz_cat");
  EXPECT_EQ(actor.keys.size(), 1u);
}

void pleroma(object const& document) {
  auto actor = read_actor(document).value();
  EXPECT_TRUE(actor.locked);
  EXPECT_EQ(actor.shared_inbox, "https://pleroma.example/inbox");
  EXPECT_EQ(actor.summary, "posts<br/>sometimes");
  EXPECT_EQ(actor.image.url, "https://pleroma.example/media/leni-banner.png");
}

void mitra(object const& document) {
  auto actor = read_actor(document).value();
  // Its RSA key comes twice, and the second form is not one that we use.
  ASSERT_EQ(actor.keys.size(), 2u);
  EXPECT_EQ(actor.keys[0].kind, KeyKind::rsa_pem);
  EXPECT_EQ(actor.keys[1], (ActorKey{.id = "https://mitra.example/users/vela#ed25519-key",
                                     .owner = "https://mitra.example/users/vela",
                                     .kind = KeyKind::ed25519_multibase,
                                     .material = "z6MkInventedForThisTestOnly11111111111111111111"}));
  EXPECT_EQ(actor.shared_inbox, "");
  EXPECT_THAT(actor.implements, ElementsAre(rfc9421));
  EXPECT_THAT(actor.also_known_as, ElementsAre("https://gotosocial.example/users/vela"));
  EXPECT_THAT(actor.fields, ElementsAre(ProfileField{"port", "Piraeus"}));
}

void wordpress(object const& document) {
  auto actor = read_actor(document).value();
  EXPECT_EQ(actor.type, ActorType::group);
  EXPECT_EQ(actor.id, "https://blog.example/?author=0");
  EXPECT_EQ(actor.webfinger, "kitchen@blog.example");
  EXPECT_EQ(actor.fields.size(), 1u);
  EXPECT_THAT(actor.implements, ElementsAre(rfc9421));
  EXPECT_TRUE(actor.indexable);
  EXPECT_TRUE(is_same_origin(actor.id, actor.shared_inbox));
}

void ghost(object const& document) {
  auto actor = read_actor(document).value();
  EXPECT_EQ(actor.preferred_username, "index");
  EXPECT_EQ(actor.url, "https://letters.example/");
  ASSERT_EQ(actor.keys.size(), 1u);
  EXPECT_EQ(actor.keys[0].kind, KeyKind::rsa_pem);
  EXPECT_EQ(actor.shared_inbox, "");
}

void lemmy_person(object const& document) {
  auto actor = read_actor(document).value();
  EXPECT_EQ(actor.name, "Toad");
  EXPECT_EQ(actor.url, "");
  EXPECT_EQ(actor.followers, "");
  EXPECT_EQ(actor.published, parse_rfc3339("2023-06-14T20:00:00Z"));
}

void lemmy_group(object const& document) {
  auto actor = read_actor(document).value();
  EXPECT_EQ(actor.type, ActorType::group);
  EXPECT_EQ(actor.followers, "https://lemmy.example/c/ponds/followers");
  EXPECT_EQ(actor.featured, "https://lemmy.example/c/ponds/featured");
}

constexpr Shape shapes[] = {
    {"mastodon-actor", mastodon},   {"gotosocial-actor", gotosocial}, {"pixelfed-actor", pixelfed},
    {"misskey-actor", misskey},     {"pleroma-actor", pleroma},       {"mitra-actor", mitra},
    {"wordpress-actor", wordpress}, {"ghost-actor", ghost},           {"lemmy-actor", lemmy_person},
    {"lemmy-group", lemmy_group},
};

}  // namespace

std::span<Shape const> actor_shapes() {
  return shapes;
}

}  // namespace posy::federation::test
