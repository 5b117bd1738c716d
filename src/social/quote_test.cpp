#include "social/quote.hpp"

#include "social/publish.hpp"
#include "social/remove.hpp"
#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using store::NotificationKind;
using store::QuotePolicy;
using store::QuoteState;

class Quotes : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  Draft quote(Post const& post) {
    auto draft = bob.draft("look at this");
    draft.quote_of = post.id;
    return draft;
  }
  Refusal refused(Draft const& draft) {
    return world.refusal([&](db::Writer& w) { publish(w, world.site, draft); }).refusal;
  }
  QuoteState state(PostId id) {
    return world.read([&](db::Reader& r) { return store::find_post(r, id)->quote_state; });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Quotes, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Quotes, AreCountedAndTold) {
  auto post = alice.posts("hello");
  auto made = bob.publishes(quote(post));
  EXPECT_EQ(made.quote_state, QuoteState::accepted);
  EXPECT_EQ(world.stats(post.id).quotes, 1);
  EXPECT_EQ(world.notifications(alice, NotificationKind::quote), 1);
  auto listed = world.read([&](db::Reader& r) { return store::quotes_of(r, post.id, {}); });
  EXPECT_EQ(listed, std::vector<PostId>{made.id});
}

TEST_P(Quotes, ObeyThePolicyOfTheQuoted) {
  auto post = alice.posts("hello");
  auto set = [&](QuotePolicy policy) {
    world.write([&](db::Writer& w) { set_quote_policy(w, alice.id, post.id, policy); });
  };
  set(QuotePolicy::nobody);
  EXPECT_EQ(refused(quote(post)), Refusal::forbidden);
  set(QuotePolicy::followers);
  EXPECT_EQ(refused(quote(post)), Refusal::forbidden);
  bob.follows(alice);
  bob.publishes(quote(post));
  EXPECT_EQ(world.refusal([&](db::Writer& w) { set_quote_policy(w, bob.id, post.id, QuotePolicy::everyone); })
                .refusal,
            Refusal::forbidden);
}

TEST_P(Quotes, DoNotSpreadWhatIsForFew) {
  bob.follows(alice);
  auto post = alice.posts("for friends", Visibility::followers);
  EXPECT_EQ(refused(quote(post)), Refusal::forbidden);
  auto own = alice.draft("as I said");
  own.quote_of = post.id;
  EXPECT_EQ(alice.publishes(own).visibility, Visibility::followers);
  auto direct = alice.posts("@bob psst", Visibility::direct);
  EXPECT_EQ(refused(quote(direct)), Refusal::forbidden);
  auto unseen = world.local("carol").posts("for others", Visibility::followers);
  EXPECT_EQ(refused(quote(unseen)), Refusal::not_found);
}

TEST_P(Quotes, AreRevokedByTheQuotedAlone) {
  auto post = alice.posts("hello");
  auto made = bob.publishes(quote(post));
  auto revoke = [&](Person const& who) {
    world.write([&](db::Writer& w) { revoke_quote(w, who.id, post.id, made.id); });
  };
  EXPECT_EQ(world.refusal([&](db::Writer& w) { revoke_quote(w, bob.id, post.id, made.id); }).refusal,
            Refusal::forbidden);
  revoke(alice);
  revoke(alice);
  EXPECT_EQ(state(made.id), QuoteState::revoked);
  EXPECT_EQ(world.stats(post.id).quotes, 0);
  EXPECT_EQ(world.refusal([&](db::Writer& w) { revoke_quote(w, alice.id, post.id, post.id); }).refusal,
            Refusal::not_found);
}

TEST_P(Quotes, OutliveWhatTheyQuoted) {
  auto post = alice.posts("hello");
  auto made = bob.publishes(quote(post));
  world.write([&](db::Writer& w) { remove_post(w, alice.id, post.id, KeepMedia::yes); });
  EXPECT_EQ(state(made.id), QuoteState::deleted);
}

}  // namespace
}  // namespace posy::social::testing
