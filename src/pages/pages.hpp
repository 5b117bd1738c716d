// What a browser sees without signing in: profiles, posts with their threads, tags, feeds, embeds, and the
// files that these need. Rendered on the server, without scripts.
//
// Only public and unlisted posts of people who are not suspended are shown; everything else is not found.
#pragma once

#include <memory>
#include <string_view>

#include "html/desk.hpp"
#include "http/response.hpp"

namespace posy::db {
class Database;
}
namespace posy::html {
class Templates;
}
namespace posy::http {
class Router;
}
namespace posy::media {
class BlobStore;
}
namespace posy::serving {
class Answers;
}
namespace posy::social {
struct Site;
class RemoteRefresh;
}

namespace posy::pages {

class Pages {
 public:
  // All of them must outlive this.
  Pages(db::Database& db, social::Site const& site, html::Templates const& templates,
        media::BlobStore& blobs, serving::Answers& answers, social::RemoteRefresh* refresh = nullptr,
        std::span<html::DeskFile const> desk = html::desk());
  ~Pages();

  // The routes refer to this object.
  void add(http::Router& router);

  // An error as a page, for browsers. Without a message, the usual sentence for the status.
  http::Response error_page(unsigned status, std::string_view message = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace posy::pages
