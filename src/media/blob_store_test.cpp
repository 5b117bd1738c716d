#include "media/blob_store.hpp"

#include "media/test_fixtures.hpp"

namespace posy::media {
namespace {

using namespace testing;
using namespace std::string_literals;

constexpr char key_of_hello[] = "2c/f24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824.jpg";

TEST(BlobStore, KeepsAFileUnderTheDigestOfItsContent) {
  Folder folder;
  auto store = open_file_store(folder / "blobs");
  auto file = folder.write("upload", "hello");
  EXPECT_EQ(store->put(file, "image/jpeg"), key_of_hello);
  EXPECT_FALSE(fs::exists(file));
  auto place = store->path_of(key_of_hello);
  ASSERT_TRUE(place);
  EXPECT_EQ(content_of(*place), "hello");
}

TEST(BlobStore, GivesEqualContentTheSameKey) {
  Folder folder;
  auto store = open_file_store(folder / "blobs");
  auto first = store->put(folder.write("a", "hello"), "image/jpeg");
  auto second = store->put(folder.write("b", "hello"), "image/jpeg");
  EXPECT_EQ(first, second);
  EXPECT_EQ(content_of(store->path_of(second).value()), "hello");
  EXPECT_NE(store->put(folder.write("c", "hello"), "image/png"), first);
}

TEST(BlobStore, IsThereAgainAfterReopening) {
  Folder folder;
  open_file_store(folder / "blobs")->put(folder.write("a", "hello"), "image/jpeg");
  EXPECT_TRUE(open_file_store(folder / "blobs")->path_of(key_of_hello));
}

TEST(BlobStore, ForgetsWhatIsRemoved) {
  Folder folder;
  auto store = open_file_store(folder / "blobs");
  auto key = store->put(folder.write("a", "hello"), "image/jpeg");
  store->remove(key);
  EXPECT_FALSE(store->path_of(key));
  store->remove(key);
}

TEST(BlobStore, AnswersNoTextThatIsNotAKey) {
  Folder folder;
  auto store = open_file_store(folder / "blobs");
  folder.write("secret.jpg", "secret");
  std::string key = store->put(folder.write("a", "hello"), "image/jpeg");
  std::string upper = key;
  upper[0] = '2', upper[1] = 'C';
  for (std::string const& text :
       {""s, "/"s, "../secret.jpg"s, "../../etc/passwd"s, "/etc/passwd"s, key + "\0"s, "\0"s + key, key + "/",
        key + ".", "./" + key, upper, key.substr(0, key.size() - 4), key.substr(0, key.size() - 4) + ".php",
        key.substr(0, 3) + "../../../../../../../../../../../../../../../../../etc/passwd.jpg"s,
        "incoming/a.jpg"s}) {
    EXPECT_FALSE(store->path_of(text)) << text;
    store->remove(text);
  }
  EXPECT_TRUE(fs::exists(folder / "secret.jpg"));
  EXPECT_TRUE(store->path_of(key));
}

TEST(BlobStore, DoesNotFollowALinkInTheFolder) {
  Folder folder;
  auto store = open_file_store(folder / "blobs");
  fs::create_directories(folder / "blobs/2c");
  fs::create_symlink("/etc/passwd", (folder / "blobs") / key_of_hello);
  EXPECT_FALSE(store->path_of(key_of_hello));
}

TEST(BlobStore, SaysWhenTheFileIsMissing) {
  Folder folder;
  auto store = open_file_store(folder / "blobs");
  EXPECT_THROW(store->put(folder / "missing", "image/jpeg"), std::system_error);
}

TEST(BlobStore, ClearsWhatAKilledProcessLeftBehindLongAgo) {
  Folder folder;
  auto store = open_file_store(folder / "blobs");
  auto old = folder.write("blobs/incoming/old.jpg", "half");
  auto young = folder.write("blobs/incoming/young.jpg", "half");
  fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(48));
  open_file_store(folder / "blobs");
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young));
}

}  // namespace
}  // namespace posy::media
