// Copies of other servers' files: which go first, and that together they keep within their bound.
#include "store/remote_file.hpp"

#include <gmock/gmock.h>

#include "social/domain_holds.hpp"
#include "social/emoji.hpp"
#include "social/receive.hpp"
#include "social/remove.hpp"
#include "social/test_world.hpp"
#include "store/emoji.hpp"

namespace posy::social::testing {
namespace {

using store::RemoteFileKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Copies : public Rules {
 protected:
  std::vector<std::string> put(std::int64_t owner, std::string blob, std::int64_t bytes) {
    world.clock.advance(Milliseconds(1));
    return world.write([&](db::Writer& w) {
      return store::put_remote_file(w, {.id = w.make_id<RowId>(),
                                        .kind = RemoteFileKind::emoji,
                                        .owner = owner,
                                        .url = "u",
                                        .blob = std::move(blob),
                                        .bytes = bytes,
                                        .used_at = w.now()});
    });
  }
  std::vector<std::string> evict(std::int64_t bytes_max) {
    std::vector<std::string> blobs;
    while (true) {
      auto some = world.write([&](db::Writer& w) { return store::evict_remote_files(w, bytes_max); });
      for (auto& blob : some.blobs) blobs.push_back(std::move(blob));
      ++slices;
      EXPECT_LE(some.blobs.size(), 100u);
      if (some.is_over) return blobs;
    }
  }
  void touch(std::int64_t owner) {
    world.clock.advance(Milliseconds(1));
    world.write([&](db::Writer& w) {
      store::touch_remote_files(w, {store::find_remote_file(w, RemoteFileKind::emoji, owner)->id});
    });
  }
  int slices = 0;
  std::int64_t total() { return world.count("select bytes from remote_file_total"); }
  std::int64_t counted() { return world.count("select cast(coalesce(sum(bytes), 0) as bigint) from remote_file"); }
};
INSTANTIATE_TEST_SUITE_P(Engines, Copies, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Copies, GoThatWereUsedLongestAgo) {
  for (int i = 1; i <= 4; ++i) put(i, "b" + std::to_string(i), 100);
  touch(1);
  EXPECT_THAT(evict(400), IsEmpty());
  EXPECT_THAT(evict(250), ElementsAre("b2", "b3"));
  EXPECT_EQ(total(), 200);
  EXPECT_EQ(counted(), 200);
}

TEST_P(Copies, KeepWithinTheirBoundHoweverManyTheyAre) {
  for (int i = 1; i <= 1200; ++i) put(i, "b" + std::to_string(i), 10);
  put(5000, "large", 5000);
  EXPECT_EQ(evict(6000).size(), 1100u);
  EXPECT_GE(slices, 11);
  EXPECT_EQ(total(), 6000);
  EXPECT_EQ(counted(), 6000);
}

TEST_P(Copies, ThatTakeTheSameBlobLeaveItToEachOther) {
  put(1, "same", 100);
  put(2, "same", 100);
  put(3, "other", 100);
  EXPECT_THAT(evict(200), IsEmpty());
  EXPECT_THAT(put(2, "new", 100), ElementsAre("same"));
  EXPECT_EQ(total(), 200);
  EXPECT_EQ(counted(), 200);
}

TEST_P(Copies, ThatNobodyNeedsGoWhateverRoomThereIs) {
  put(1, "b1", 100);
  put(2, "b2", 100);
  world.write([](db::Writer& w) { store::drop_remote_file(w, RemoteFileKind::emoji, 1); });
  touch(1);  // too late
  EXPECT_THAT(evict(1'000'000), ElementsAre("b1"));
}

TEST_P(Copies, GoWithThePostAndWithTheAccount) {
  auto zoe = world.remote("zoe", "far.example");
  Arrival arrival{.author = zoe.id, .uri = "https://far.example/1", .content = "<p>look</p>"};
  arrival.media.resize(1);
  arrival.media[0].kind = store::MediaKind::image;
  arrival.media[0].remote_url = "https://far.example/a.png";
  auto copy = [&](std::string uri, std::string blob) {
    arrival.uri = std::move(uri);
    return world.write([&](db::Writer& w) {
      auto post = receive_post(w, arrival);
      auto media = store::media_of(w, {post.id}).at(0);
      EXPECT_EQ(store::remote_source(w, RemoteFileKind::original, media.id.value), "https://far.example/a.png");
      store::put_remote_file(w, {.id = w.make_id<RowId>(),
                                 .kind = RemoteFileKind::original,
                                 .owner = media.id.value,
                                 .blob = std::move(blob),
                                 .bytes = 1,
                                 .used_at = w.now()});
      return std::pair(post, media);
    });
  };
  auto [first, first_media] = copy("https://far.example/1", "b1");
  copy("https://far.example/2", "b2");
  copy("https://far.example/3", "b3");
  world.write([&](db::Writer& w) { remove_post(w, zoe.id, first.id, KeepMedia::no); });
  EXPECT_EQ(world.read([&](db::Reader& r) {
    return store::remote_source(r, RemoteFileKind::original, first_media.id.value);
  }), "");
  EXPECT_THAT(evict(1'000'000), ElementsAre("b1"));

  arrival.uri = "https://far.example/2";
  arrival.media[0].remote_url = "https://far.example/other.png";
  arrival.edited = world.clock.now();
  world.write([&](db::Writer& w) { receive_edit(w, arrival); });
  EXPECT_THAT(evict(1'000'000), ElementsAre("b2"));

  world.write([&](db::Writer& w) { store::drop_remote_files(w, zoe.id); });
  EXPECT_THAT(evict(1'000'000), ElementsAre("b3"));
}

TEST_P(Copies, OfAServerWhoseFilesAreNotWantedGo) {
  auto zoe = world.remote("zoe", "far.example");
  world.remote("yan", "near.example");
  world.write([](db::Writer& w) {
    keep_emojis(w, "far.example", {{"bee", "https://far.example/bee.png", {}}});
    keep_emojis(w, "near.example", {{"bee", "https://near.example/bee.png", {}}});
  });
  auto emoji = [&](std::string domain) {
    return world.read([&](db::Reader& r) { return store::emojis_by_code(r, domain, {"bee"}).at(0).id.value; });
  };
  put(emoji("far.example"), "far", 1);
  put(emoji("near.example"), "near", 1);
  world.write([&](db::Writer& w) {
    store::put_remote_file(w, {.id = w.make_id<RowId>(),
                               .kind = RemoteFileKind::avatar,
                               .owner = zoe.id.value,
                               .blob = "zoe",
                               .bytes = 1,
                               .used_at = w.now()});
    EXPECT_EQ(store::remote_source_domain(w, RemoteFileKind::avatar, zoe.id.value), "far.example");
  });
  EXPECT_THAT(evict(1'000'000), IsEmpty());
  RuleSet rules(false, {{.domain = "far.example", .severity = store::Severity::noop, .reject_media = true}}, {});
  world.write([&](db::Writer& w) { hold_some_accounts(w, rules, AccountId{}); });
  EXPECT_THAT(evict(1'000'000), ::testing::UnorderedElementsAre("far", "zoe"));
}

}  // namespace
}  // namespace posy::social::testing
