#include "pages/test_site.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/random.hpp"
#include "html/assets.hpp"
#include "html/desk.hpp"
#include "http/refusal.hpp"
#include "social/live.hpp"

namespace posy::pages::testing {
namespace {

std::filesystem::path make_folder() {
  auto folder = std::filesystem::temp_directory_path() / ("posy-pages-" + random_token(16));
  std::filesystem::create_directories(folder);
  return folder;
}

// A desk as the build makes it, whatever is in the program.
constexpr html::DeskFile desk[] = {
    {"assets/main-1a2b.js", "text/javascript; charset=utf-8", "v1", "plain script", "gzip script", "brotli script"},
    {"assets/manifest.json", "application/json", "v6", "{}", {}, {}},
    {"icon.png", "image/png", "v2", "a picture", {}, {}},
    {"index.html", "text/html; charset=utf-8", "v3", "<title>The desk</title>", "gzip page", "brotli page"},
    {"manifest.webmanifest", "application/manifest+json", "v4", "{}", {}, {}},
    {"sw.js", "text/javascript; charset=utf-8", "v5", "a worker", {}, {}},
};

}  // namespace

TestSite::TestSite()
    : folder_(make_folder()),
      blobs_(media::open_file_store(folder_)),
      templates_{html::templates()},
      pages_(*world.database, world.site, templates_, *blobs_, answers_, nullptr, desk) {
  world.site.title = "Rose Garden";
  world.database->on_commit([this](std::span<db::Event const> events) { answers_.on_events(events); });
  pages_.add(server_.router);
  server_.hooks.on_error = [this](std::exception_ptr error, http::Request const& request) {
    return pages_.error_page(http::response_for(error, request.id).status);
  };
  server_.start();
}

TestSite::~TestSite() {
  server_.server->stop();
  std::filesystem::remove_all(folder_);
}

Answer TestSite::get(std::string_view target, Fields const& headers) {
  http::testing::Client client(server_.port());
  return client.get(target, headers);
}

std::string TestSite::page(std::string_view target) {
  auto answer = get(target);
  EXPECT_EQ(answer.status, 200u) << target << ": " << answer.body;
  return answer.body;
}

void TestSite::change(AccountId person, std::function<void(store::Account&)> how) {
  world.write([&](db::Writer& w) {
    auto account = *store::find_account(w, person);
    how(account);
    store::update_account(w, account);
    social::tell(w, social::Live::account_changed, person.value);
  });
}

std::string TestSite::keeps(std::string_view content, std::string_view mime) {
  auto file = folder_ / "upload";
  std::ofstream(file, std::ios::binary) << content;
  return blobs_->put(file, mime);
}

MediaId TestSite::uploads(Person const& person, std::string const& blob, std::string const& description) {
  auto id = person.uploads();
  world.write([&](db::Writer& w) {
    auto media = *store::find_media(w, id);
    media.blob = blob;
    media.preview_blob = {};
    media.mime = "image/png";
    media.description = description;
    store::update_media(w, media);
  });
  return id;
}

void TestSite::make_owner(Person const& person) {
  world.write([&](db::Writer& w) {
    auto login = *store::find_login(w, person.id);
    login.role = store::Role::owner;
    store::update_login(w, login);
  });
}

std::string path_of(Post const& post, std::string_view author) {
  return "/@" + std::string(author) + "/" + post.id.str();
}

}  // namespace posy::pages::testing
