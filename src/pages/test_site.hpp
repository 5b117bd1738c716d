// A site with people, pages and a server in front of them, for the tests of this folder.
#pragma once

#include <filesystem>
#include <string>

#include "html/templates.hpp"
#include "http/test_server.hpp"
#include "media/blob_store.hpp"
#include "pages/pages.hpp"
#include "serving/answers.hpp"
#include "social/test_world.hpp"

namespace posy::pages::testing {

using http::testing::Answer;
using http::testing::Fields;
using social::testing::Person;
using store::Post;
using store::Visibility;

class TestSite {
 public:
  TestSite();
  ~TestSite();

  Answer get(std::string_view target, Fields const& headers = {});
  std::string page(std::string_view target);  // the body of a 200; else the test fails
  unsigned status(std::string_view target) { return get(target).status; }
  void change(AccountId person, std::function<void(store::Account&)> how);  // as a changed profile
  std::string keeps(std::string_view content, std::string_view mime);       // the key of a blob
  MediaId uploads(Person const& person, std::string const& blob, std::string const& description);
  void make_owner(Person const& person);

  social::testing::World world{db::Engine::sqlite};

 private:
  std::filesystem::path folder_;
  std::unique_ptr<media::BlobStore> blobs_;
  html::Templates templates_;
  Metrics metrics_;
  serving::Answers answers_{metrics_};
  Pages pages_;
  http::testing::TestServer server_;
};

std::string path_of(Post const& post, std::string_view author);  // "/@alice/1"

}  // namespace posy::pages::testing
