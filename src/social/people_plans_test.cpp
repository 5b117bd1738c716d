// Everything that people do to one another is done by way of an index, on both engines.
#include <gmock/gmock.h>

#include "db/explain.hpp"
#include "social/block.hpp"
#include "social/endorse.hpp"
#include "social/follow.hpp"
#include "social/lists.hpp"
#include "social/markers.hpp"
#include "social/mute.hpp"
#include "social/profile.hpp"
#include "social/register.hpp"
#include "social/search.hpp"
#include "social/suggestions.hpp"
#include "social/tags.hpp"
#include "social/test_world.hpp"
#include "store/account_search.hpp"
#include "store/relationship.hpp"

namespace posy::social::testing {
namespace {

using ::testing::IsEmpty;

class PeoplePlans : public Rules {
 protected:
  PeoplePlans() { world.database.reopen({.log_statements = true}); }

  // Directory and suggestions: an index is walked in the order wanted and left at the limit, or it holds only
  // the people of this server who want to be found (account_local).
  static bool is_walk(std::string const& sql) {
    for (std::string_view part : {"order by s.last_post_at desc", "order by a.id desc\n      limit",
                                  "where a.domain = '' and a.discoverable = 1"})
      if (sql.find(part) != std::string::npos) return true;
    return false;
  }
  void expect_indexes() {
    auto statements = world.database->prepared_statements();
    world.read([&](db::Reader& r) {
      for (auto const& statement : statements) {
        auto plan = db::explain(r, statement);
        std::string text;
        for (auto const& line : plan) text += "\n  " + line;
        if (is_walk(statement.sql)) continue;
        EXPECT_THAT(db::full_scans(r.engine(), plan), IsEmpty()) << statement.sql << text;
      }
      return 0;
    });
  }
};

TEST_P(PeoplePlans, OfWhatPeopleDoUseIndexes) {
  auto alice = world.local("alice"), bob = world.local("bob"), rita = world.remote("rita", "far.example");
  world.write([&](db::Writer& w) {
    follow(w, alice.id, bob.id);
    follow(w, alice.id, bob.id);
    follow(w, alice.id, rita.id);
    follow(w, rita.id, alice.id);
    endorse(w, alice.id, bob.id);
    auto list = create_list(w, alice.id, {.title = "friends"});
    add_to_list(w, alice.id, list.id, {bob.id});
    change_list(w, alice.id, list.id, {.title = "more"});
    remove_from_list(w, alice.id, list.id, {bob.id});
    delete_list(w, alice.id, list.id);
    unfollow(w, alice.id, bob.id);
    follow(w, bob.id, alice.id);
    update_profile(w, world.site, alice.id, {.locked = true});
    unfollow(w, bob.id, alice.id);
    follow(w, bob.id, alice.id);
    accept_follow(w, alice.id, bob.id);
    note_account(w, alice.id, bob.id, "note");
    note_account(w, alice.id, bob.id, "");
    mute(w, alice.id, bob.id);
    unmute(w, alice.id, bob.id);
    block(w, alice.id, bob.id);
    unblock(w, alice.id, bob.id);
    block_domain(w, alice.id, "far.example", "posy.test");
    leave_some_of_domain(w, alice.id, "far.example");
    unblock_domain(w, alice.id, "far.example");
    unendorse(w, alice.id, bob.id);
    update_profile(w, world.site, alice.id, {.display_name = "Alice", .note = "@bob", .locked = false});
    accept_some_waiting(w, alice.id);
    update_defaults(w, alice.id, {.sensitive = true});
    follow_tag(w, alice.id, "cats");
    unfollow_tag(w, alice.id, "cats");
    auto featured = feature_tag(w, alice.id, "cats");
    unfeature_tag(w, alice.id, featured.id);
    set_markers(w, alice.id, {{"home", 1}});
    dismiss_suggestion(w, alice.id, bob.id);
    world.site.registrations = Registrations::open;
    sign_up(w, world.site,
            {.username = "carol", .email = "c@mail.example", .password = "correct horse", .agreement = true},
            "hash");
    set_password(w, alice.id, "hash");
  });
  expect_indexes();
}

TEST_P(PeoplePlans, OfWhatPeopleLookAtUseIndexes) {
  auto alice = world.local("alice"), bob = world.local("bob");
  world.read([&](db::Reader& r) {
    store::Page page, oldest{.oldest_first = true};
    for (auto const& at : {page, oldest}) {
      store::followers_of(r, alice.id, at);
      store::following_of(r, alice.id, at);
      store::follow_requests_to(r, alice.id, at);
      store::blocks_of(r, alice.id, at);
      store::mutes_of(r, alice.id, at);
      store::domain_blocks_of(r, alice.id, at);
      store::endorsements_of(r, alice.id, at);
      store::followed_tags(r, alice.id, at);
      store::list_members(r, ListId{1}, at);
    }
    store::relationships(r, alice.id, {bob.id});
    store::familiar_followers(r, alice.id, bob.id, 10);
    store::count_follow_requests(r, alice.id);
    store::lists_with(r, alice.id, bob.id);
    store::featured_tags(r, alice.id);
    store::tag_usage(r, alice.id, {TagId{1}});
    store::most_used_tags(r, alice.id, 10);
    store::tag_days(r, {TagId{1}}, 0);
    store::search_tags(r, "ca", 10, 0);
    store::followed_among(r, alice.id, std::vector<TagId>{TagId{1}});
    store::markers_of(r, alice.id, {"home"});
    suggestions(r, alice.id, 10);
    find_login_named(r, "alice");
    search(r, world.site, Viewer{alice.id}, {.text = "bo b"});
    search(r, world.site, Viewer{alice.id}, {.text = "https://far.example/x"});
    for (auto order : {store::DirectoryOrder::active, store::DirectoryOrder::newest})
      for (bool local : {true, false}) store::directory(r, alice.id, order, local, 10, 0);
    return 0;
  });
  expect_indexes();
}

INSTANTIATE_TEST_SUITE_P(Engines, PeoplePlans, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
