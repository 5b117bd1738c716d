#include "social/filters.hpp"

#include <gmock/gmock.h>

#include "social/filter_match.hpp"
#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using store::FilterAction;
using store::FilterContext;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int home = static_cast<int>(FilterContext::home);
constexpr int thread = static_cast<int>(FilterContext::thread);

class Filters : public Rules {
 protected:
  store::Filter add(std::vector<KeywordChange> const& keywords, FilterChange change = {}) {
    if (!change.title) change.title = "spoilers";
    if (!change.contexts) change.contexts = {FilterContext::home};
    return world.write([&](db::Writer& w) { return add_filter(w, alice.id, change, keywords); });
  }
  // The keywords of alice's filters that this text meets.
  std::vector<std::string> met(std::string_view text, int contexts = home) {
    auto filters = world.read([&](db::Reader& r) { return load_filters(r, alice.id); });
    std::vector<std::string> out;
    for (auto const& found : match(filters, contexts, text, PostId{1}, world.clock.now()))
      out.insert(out.end(), found.keywords.begin(), found.keywords.end());
    return out;
  }
  Refusal refused(std::vector<KeywordChange> const& keywords, FilterChange const& change) {
    return world.refusal([&](db::Writer& w) { add_filter(w, alice.id, change, keywords); }).refusal;
  }

  Person alice = world.local("alice");
  Person bob = world.local("bob");
};

TEST_P(Filters, WordsAreFoundInAnyCaseAndScript) {
  add({{.keyword = "Straße"}, {.keyword = "кошка"}, {.keyword = "café"}});
  EXPECT_THAT(met("in der STRASSE"), ElementsAre("Straße"));
  EXPECT_THAT(met("моя КОШКА спит"), ElementsAre("кошка"));
  EXPECT_THAT(met("a cafe\u0301, please"), ElementsAre("café"));
  EXPECT_THAT(met("nothing of that"), IsEmpty());
}

TEST_P(Filters, WholeWordsHaveBordersWherePartsHaveNone) {
  add({{.keyword = "cat", .whole_word = true}});
  EXPECT_THAT(met("a cat."), ElementsAre("cat"));
  EXPECT_THAT(met("cat"), ElementsAre("cat"));
  EXPECT_THAT(met("concatenate"), IsEmpty());
  EXPECT_THAT(met("cats"), IsEmpty());
  EXPECT_THAT(met("catсat, then a cat"), ElementsAre("cat")) << "a later one counts";
  EXPECT_THAT(met("catя"), IsEmpty()) << "letters of all scripts are letters";
  add({{.keyword = "dog", .whole_word = false}});
  EXPECT_THAT(met("doghouse"), ElementsAre("dog"));
}

TEST_P(Filters, MarksAroundAWordNeedNoBorder) {
  add({{.keyword = "#tag", .whole_word = true}, {.keyword = "c++", .whole_word = true}});
  EXPECT_THAT(met("see#tag"), ElementsAre("#tag"));
  EXPECT_THAT(met("#tags"), IsEmpty());
  EXPECT_THAT(met("c++20"), ElementsAre("c++"));
}

TEST_P(Filters, KeywordsAreNoPatterns) {
  add({{.keyword = ".*", .whole_word = false}, {.keyword = "(a+)+$", .whole_word = false}});
  EXPECT_THAT(met("anything at all"), IsEmpty());
  EXPECT_THAT(met("say .* or (a+)+$"), ElementsAre(".*", "(a+)+$"));
}

TEST_P(Filters, RepeatingWordsMeetRepeatingTexts) {
  std::string many(500, 'a');
  add({{.keyword = many, .whole_word = true}, {.keyword = many + "b", .whole_word = false}});
  EXPECT_THAT(met(std::string(250'000, 'a')), IsEmpty());
  EXPECT_THAT(met(std::string(100'000, 'a') + " " + many + "!"), ElementsAre(many));
  EXPECT_THAT(met(std::string(100'000, 'a') + "b"), ElementsAre(many + "b"));
}

TEST_P(Filters, BrokenTextIsNoTrouble) {
  add({{.keyword = "word", .whole_word = true}});
  EXPECT_THAT(met("\xff\xfe word \xc3"), ElementsAre("word"));
  EXPECT_THAT(met(""), IsEmpty());
}

TEST_P(Filters, ApplyWhereAndWhileTheyAreMeantTo) {
  add({{.keyword = "word"}}, {.contexts = {{FilterContext::home}}, .expires_in = std::chrono::seconds(60)});
  EXPECT_THAT(met("word", thread), IsEmpty());
  EXPECT_THAT(met("word", home | thread), ElementsAre("word"));
  auto loaded = world.read([&](db::Reader& r) { return load_filters(r, alice.id); });
  world.clock.advance(std::chrono::minutes(2));
  EXPECT_THAT(met("word"), IsEmpty());
  EXPECT_TRUE(match(loaded, home, "word", PostId{1}, world.clock.now()).empty()) << "also one loaded before";
}

TEST_P(Filters, SinglePostsAreMet) {
  auto filter = add({});
  auto post = bob.posts("hello");
  auto hidden = bob.posts("secret", Visibility::followers);
  auto add_post = [&](PostId id) {
    return [=, this](db::Writer& w) { add_filter_post(w, alice.id, filter.id, id); };
  };
  world.write(add_post(post.id));
  EXPECT_EQ(world.refusal(add_post(post.id)).refusal, Refusal::unprocessable) << "twice";
  EXPECT_EQ(world.refusal(add_post(hidden.id)).refusal, Refusal::not_found);
  auto filters = world.read([&](db::Reader& r) { return load_filters(r, alice.id); });
  auto found = match(filters, home, "hello", post.id, world.clock.now());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].post);
  EXPECT_EQ(found[0].filter->id, filter.id);
  EXPECT_TRUE(match(filters, home, "hello", hidden.id, world.clock.now()).empty());
}

TEST_P(Filters, RefuseWhatSaysNothing) {
  FilterChange good{.title = "t", .contexts = {{FilterContext::home}}};
  EXPECT_EQ(refused({}, {.contexts = {{FilterContext::home}}}), Refusal::unprocessable);
  EXPECT_EQ(refused({}, {.title = " \n", .contexts = {{FilterContext::home}}}), Refusal::unprocessable);
  EXPECT_EQ(refused({}, {.title = "t"}), Refusal::unprocessable);
  EXPECT_EQ(refused({{.keyword = "  "}}, good), Refusal::unprocessable);
  EXPECT_EQ(refused({{.whole_word = true}}, good), Refusal::unprocessable);
  EXPECT_EQ(refused({{.keyword = std::string(600, 'x')}}, good), Refusal::unprocessable);
  EXPECT_EQ(refused({{.id = RowId{99}, .keyword = "x"}}, good), Refusal::not_found);
  EXPECT_TRUE(world.read([&](db::Reader& r) { return store::filters_of(r, alice.id); }).empty())
      << "nothing stays";
}

TEST_P(Filters, KeywordsAreAddedChangedAndRemovedTogether) {
  auto filter = add({{.keyword = "one"}, {.keyword = "two"}});
  auto before = world.read([&](db::Reader& r) { return store::keywords_of(r, {filter.id}); });
  ASSERT_EQ(before.size(), 2u);
  world.write([&](db::Writer& w) {
    change_filter(w, alice.id, filter.id, {.title = "new", .action = FilterAction::hide},
                  {{.id = before[0].id, .remove = true},
                   {.id = before[1].id, .keyword = "zwei"},
                   {.keyword = "three"}});
  });
  world.read([&](db::Reader& r) {
    auto now = store::keywords_of(r, {filter.id});
    EXPECT_EQ(now.size(), 2u);
    EXPECT_EQ(now[0].keyword, "zwei");
    EXPECT_EQ(now[1].keyword, "three");
    auto changed = load_filter(r, alice.id, filter.id);
    EXPECT_EQ(changed.title, "new");
    EXPECT_EQ(changed.action, FilterAction::hide);
    EXPECT_EQ(changed.contexts, home);
  });
}

TEST_P(Filters, AreNobodyElsesBusiness) {
  auto filter = add({{.keyword = "one"}});
  auto keyword = world.read([&](db::Reader& r) { return store::keywords_of(r, {filter.id}).at(0); });
  auto refusal = [&](auto act) { return world.refusal(act).refusal; };
  EXPECT_EQ(refusal([&](db::Writer& w) { load_filter(w, bob.id, filter.id); }), Refusal::not_found);
  EXPECT_EQ(refusal([&](db::Writer& w) { change_filter(w, bob.id, filter.id, {}, {}); }), Refusal::not_found);
  EXPECT_EQ(refusal([&](db::Writer& w) { remove_filter(w, bob.id, filter.id); }), Refusal::not_found);
  EXPECT_EQ(refusal([&](db::Writer& w) { add_keyword(w, bob.id, filter.id, {.keyword = "x"}); }),
            Refusal::not_found);
  EXPECT_EQ(refusal([&](db::Writer& w) { change_keyword(w, bob.id, {.id = keyword.id}); }),
            Refusal::not_found);
  EXPECT_EQ(refusal([&](db::Writer& w) { remove_keyword(w, bob.id, keyword.id); }), Refusal::not_found);
  EXPECT_TRUE(world.read([&](db::Reader& r) { return load_filters(r, bob.id); }).empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, Filters, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
