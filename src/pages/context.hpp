// What every page family works with, and how a page is answered.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "html/assets.hpp"
#include "html/desk.hpp"
#include "html/templates.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "media/blob_store.hpp"
#include "serving/answers.hpp"
#include "social/remote_refresh.hpp"
#include "social/site.hpp"

namespace posy::pages {

using serving::Shows;

struct Context {
  db::Database& db;
  social::Site const& site;
  html::Templates const& templates;
  media::BlobStore& blobs;
  html::Assets assets;
  serving::Answers& answers;
  social::RemoteRefresh* refresh = nullptr;  // null where there is no federation
  std::span<html::DeskFile const> desk = {};
};

using Handler = Task<http::Response> (*)(Context& context, http::Request const& request);

// A row of the table at the top of each family's file. All are GET.
struct Route {
  char const* pattern;
  Handler handler;
};

enum class Kind { page, embed, rss, atom };

// What a render function makes of one read.
struct Rendered {
  std::string body;
  std::string redirect = {};  // not empty: go there instead
};
using Render = std::function<Rendered(db::Reader&, Shows&)>;

// Answers from memory, or renders and keeps the page under `address`. Pages with an empty address are not
// kept: what stands behind "older posts" is asked for by one crawler at a time.
Task<http::Response> answer(Context& context, Kind kind, std::string address, Render render);
// The same for what was rendered without the database.
http::Response answer_page(std::string body, unsigned status);

// Addresses on this server without its name: pages work under whatever name they were opened.
std::string local_path(social::Site const& site, std::string url);

}  // namespace posy::pages
