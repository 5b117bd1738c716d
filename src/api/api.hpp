// The door for apps: what every handler is handed, and how a route is declared.
//
// An area file (mastodon/statuses.cpp ...) has one `constexpr Route` table at its top and a handler for each
// row. The gate (gate/gate.hpp) has settled who is asking, the scope and the rate before a handler runs.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "api/gate/scope.hpp"
#include "base/task.hpp"
#include "base/worker_pool.hpp"
#include "db/database.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "json/read.hpp"
#include "media/blob_store.hpp"
#include "social/site.hpp"
#include "social/visibility.hpp"
#include "store/instance.hpp"
#include "store/operator_numbers.hpp"

namespace posy::html {
class Templates;
}
namespace posy::social {
class RemoteLookup;
class RemoteRefresh;
}
namespace posy::http {
class RateLimiter;
class Router;
class Networks;
}  // namespace posy::http

namespace posy::api {

class Renderer;
class Gate;
class OwnerSetup;
namespace streaming {
class Hub;
}

// What takes long to find about the whole server, kept for a while (mastodon/kept.hpp). The mutex guards all.
template <class T>
struct Kept {
  std::optional<T> value;
  Time taken{};
};
struct Numbers {
  std::mutex mutex;
  Kept<store::InstanceCounts> counts;
  Kept<std::vector<store::Week>> weeks;
  Kept<std::vector<std::string>> domains;
  Kept<store::OperatorNumbers> of_operator;
  Kept<std::int64_t> media_bytes;
  Kept<std::vector<TagId>> trending_tags;
  Kept<std::vector<PostId>> trending_posts;
  Kept<std::shared_ptr<std::string const>> nodeinfo_2_0, nodeinfo_2_1;
  std::shared_ptr<std::string const> domain_blocks;  // as they are shown, and of which version of the rules
  std::int64_t domain_blocks_version = 0;
};

// Everything that handlers work with. Built by `server/`, which outlives every request.
struct Api {
  db::Database& db;
  social::Site const& site;
  Clock const& clock;
  Renderer& render;
  Gate& gate;
  media::BlobStore& blobs;
  WorkerPool& pool;  // for what takes long: passwords, pictures
  http::RateLimiter& limiter;
  html::Templates const& templates;
  streaming::Hub& hub;
  Numbers& numbers;
  OwnerSetup& setup;
  std::filesystem::path work_dir;  // for files in the making, on the disk of the blob store
  std::string push_key;            // of this server, as push services want it (RFC 8292, section 3.2)
  social::RemoteLookup* elsewhere = nullptr;  // null where there is no federation
  social::RemoteRefresh* refresh = nullptr;   // likewise
};

// Who sends a request: what its token says.
struct Who {
  AccountId account;  // none for a visitor and for a token of an application itself
  AppId app;
  TokenId token;
  Scopes scopes;
};

// A request that has passed the gate.
struct Request {
  http::Request& http;
  Who who;

  social::Viewer viewer() const { return {who.account}; }
  AccountId account() const { return who.account; }
  // A path parameter as an id; what is no id is not found, as in Mastodon.
  template <class I>
  Result<I> id(std::string_view name) const {
    if (auto value = parse_id(http.path_param(name))) return I{*value};
    return not_found();
  }
  // Query and body as a described struct: missing, wrong and oversized values are refused.
  template <class T>
  T read() const {
    return json::read<T>(http.params).value();
  }
};

using Handler = Task<http::Response> (*)(Api& api, Request const& request);

// How often a person or an address may call a route (gate/gate.cpp has the figures).
enum class Rate : std::uint8_t { standard, media, deletion, app_registration, sign_up, sign_in };

struct Route {
  http::Method method;
  char const* pattern;  // "/api/v1/statuses/:id"
  Access access;
  Handler handler;
  Rate rate = Rate::standard;
  std::size_t body_max = 1 << 20;  // bytes
  bool files = false;              // multipart files are kept
};

}  // namespace posy::api
