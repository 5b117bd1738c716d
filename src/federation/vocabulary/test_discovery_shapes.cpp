#include <gtest/gtest.h>

#include "federation/vocabulary/activity.hpp"
#include "federation/vocabulary/collection.hpp"
#include "federation/vocabulary/nodeinfo.hpp"
#include "federation/vocabulary/policy.hpp"
#include "federation/vocabulary/test_shapes.hpp"
#include "federation/vocabulary/webfinger.hpp"

namespace posy::federation::test {
namespace {

using boost::json::object;

void mastodon_webfinger(object const& document) {
  auto found = read_webfinger(document).value();
  EXPECT_EQ(found.subject, "acct:rosalind@mastodon.example");
  EXPECT_EQ(found.aliases.size(), 2u);
  EXPECT_EQ(found.actor, "https://mastodon.example/users/rosalind");
  EXPECT_EQ(found.profile_page, "https://mastodon.example/@rosalind");
  EXPECT_EQ(found.subscribe_template, "https://mastodon.example/authorize_interaction?uri={uri}");
  EXPECT_EQ(found.avatar, "https://files.mastodon.example/avatars/rosalind.jpg");
}

void mitra_webfinger(object const& document) {
  EXPECT_EQ(read_webfinger(document)->actor, "https://mitra.example/users/vela");
}

void lemmy_webfinger(object const& document) {
  EXPECT_EQ(read_webfinger(document)->actor, "https://lemmy.example/u/ponds");
}

void gotosocial_nodeinfo_links(object const& document) {
  EXPECT_EQ(read_nodeinfo_address(document), "https://gotosocial.example/nodeinfo/2.1");
}

void gotosocial_nodeinfo(object const& document) {
  auto info = read_nodeinfo(document).value();
  EXPECT_EQ(info.software, "gotosocial");
  EXPECT_EQ(info.version, "0.21.0+git-abcdef0");
  EXPECT_EQ(info.protocols, std::vector<std::string>{"activitypub"});
}

void mastodon_outbox_page(object const& document) {
  auto page = read_collection(document).value();
  EXPECT_TRUE(page.is_page && page.is_ordered);
  EXPECT_EQ(page.part_of, "https://mastodon.example/users/rosalind/outbox");
  EXPECT_EQ(page.next, "https://mastodon.example/users/rosalind/outbox?max_id=1100&page=true");
  EXPECT_EQ(page.prev, "https://mastodon.example/users/rosalind/outbox?min_id=1300&page=true");
  ASSERT_EQ(page.items.size(), 2u);
  EXPECT_EQ(page.items[0].id, "https://mastodon.example/users/rosalind/statuses/1300/activity");
  EXPECT_EQ(read_activity(page.items[1].embedded)->type, ActivityType::create);
}

void mastodon_quote_authorization(object const& document) {
  auto stamp = read_authorization(document).value();
  EXPECT_EQ(stamp,
            (Authorization{.type = AuthorizationType::quote,
                           .id = "https://mastodon.example/users/rosalind/quote_authorizations/8",
                           .attributed_to = "https://mastodon.example/users/rosalind",
                           .interacting_object = "https://posy.example/posts/50",
                           .interaction_target = "https://mastodon.example/users/rosalind/statuses/1100"}));
}

constexpr Shape shapes[] = {
    {"mastodon-webfinger", mastodon_webfinger},
    {"mitra-webfinger", mitra_webfinger},
    {"lemmy-webfinger", lemmy_webfinger},
    {"gotosocial-nodeinfo-links", gotosocial_nodeinfo_links},
    {"gotosocial-nodeinfo", gotosocial_nodeinfo},
    {"mastodon-outbox-page", mastodon_outbox_page},
    {"mastodon-quote-authorization", mastodon_quote_authorization},
};

}  // namespace

std::span<Shape const> discovery_shapes() {
  return shapes;
}

}  // namespace posy::federation::test
