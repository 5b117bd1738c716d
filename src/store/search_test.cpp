#include "store/search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/test_database.hpp"
#include "store/interaction.hpp"
#include "store/migrations.hpp"
#include "store/post.hpp"

namespace posy::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PostSearches : public ::testing::TestWithParam<db::Engine> {
 protected:
  AccountId account(std::string const& name) {
    return database->write_now([&](db::Writer& w) {
      auto id = w.make_id<AccountId>();
      w.run(
          "insert into account (id, username, username_key, created_at, updated_at) values ($1, $2, $2, 0, "
          "0)",
          id, name);
      return id;
    });
  }
  PostId post(AccountId author, std::string_view text) {
    return database->write_now([&](db::Writer& w) {
      Post post{.id = w.make_id<PostId>(), .author = author, .created_at = w.now()};
      post.thread = post.id;
      insert_post(w, post);
      index_new_post(w, post.id, text);
      return post.id;
    });
  }
  std::vector<PostId> find(AccountId reader, std::vector<std::string> words, AccountId author = {}) {
    return database->read_now([&](db::Reader& r) {
      return search_posts(r, {.words = std::move(words), .reader = reader, .author = author}, {});
    });
  }

  db::TestDatabase database{GetParam(), migrations()};
  AccountId alice = account("alice");
  AccountId bob = account("bob");
};
INSTANTIATE_TEST_SUITE_P(Engines, PostSearches, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(PostSearches, FindWordsFromTheirBeginningNewestFirst) {
  auto first = post(alice, "Two Gardens in Spring");
  auto second = post(alice, "a garden");
  post(alice, "something else");
  EXPECT_THAT(find(alice, {"garden"}), ElementsAre(second, first));
  EXPECT_THAT(find(alice, {"garden", "spring"}), ElementsAre(first));
  EXPECT_THAT(find(alice, {"arden"}), IsEmpty());
  EXPECT_THAT(find(alice, {"two gardens"}), ElementsAre(first));
  EXPECT_THAT(find(alice, {"gardens two"}), IsEmpty());
}

TEST_P(PostSearches, FindOnlyWhatConcernsTheReader) {
  auto mine = post(alice, "a garden");
  EXPECT_THAT(find(bob, {"garden"}), IsEmpty());
  database->write_now([&](db::Writer& w) { insert_favourite(w, bob, mine); });
  EXPECT_THAT(find(bob, {"garden"}), ElementsAre(mine));
  auto marked = post(alice, "garden two");
  database->write_now([&](db::Writer& w) { insert_bookmark(w, bob, marked); });
  auto addressed = post(alice, "garden three");
  database->write_now([&](db::Writer& w) { insert_mentions(w, addressed, {bob}); });
  EXPECT_THAT(find(bob, {"garden"}), ElementsAre(addressed, marked, mine));
  EXPECT_THAT(find(bob, {"garden"}, bob), IsEmpty());
  EXPECT_THAT(find({}, {"garden"}), IsEmpty());
}

TEST_P(PostSearches, ReadOperatorsAsText) {
  post(alice, "a garden");
  for (std::string word :
       {"\"", "' | '", "garden' | 'x", "a:*", "\\", "x\\' & !'", "NOT", "words:garden", "(", "\"a"})
    EXPECT_NO_THROW(find(alice, {word})) << word;
  EXPECT_THAT(find(alice, {"nothing' | 'garden"}), IsEmpty());
}

TEST_P(PostSearches, FollowTheText) {
  auto id = post(alice, "before");
  database->write_now([&](db::Writer& w) { index_changed_post(w, id, "after"); });
  EXPECT_THAT(find(alice, {"before"}), IsEmpty());
  EXPECT_THAT(find(alice, {"after"}), ElementsAre(id));
  database->write_now([&](db::Writer& w) { remove_from_index(w, id); });
  EXPECT_THAT(find(alice, {"after"}), IsEmpty());
}

TEST_P(PostSearches, TakeTextOfAnyLength) {
  std::string text;
  while (text.size() < 2 * searched_bytes_max) text += "größe ";
  auto id = post(alice, "x" + text);
  EXPECT_THAT(find(alice, {"größe"}), ElementsAre(id));
}

}  // namespace
}  // namespace posy::store
