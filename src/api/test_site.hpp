// A whole API on a loopback port, over a fresh database, for tests of the gate and of signing in.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <map>

#include "api/gate/gate.hpp"
#include "api/oauth/setup.hpp"
#include "api/oauth/token.hpp"
#include "api/render/renderer.hpp"
#include "api/streaming/hub.hpp"
#include "db/test_database.hpp"
#include "html/templates.hpp"
#include "http/networks.hpp"
#include "http/rate_limit.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "http/test_client.hpp"

namespace posy::api::testing {

using http::testing::Answer;
using Fields = std::map<std::string, std::string>;

class TestClock final : public Clock {
 public:
  Time now() const override { return from_milliseconds(now_.load()); }
  void advance(Milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_{1'800'000'000'000};
};

// A folder that goes when the test ends.
struct TemporaryFolder {
  TemporaryFolder();
  ~TemporaryFolder();
  std::filesystem::path path;
};

class TestSite {
 public:
  // Requests from loopback are limited like all others unless `exempt` says otherwise.
  explicit TestSite(std::vector<std::span<Route const>> const& tables, bool exempt = false);
  ~TestSite();

  template <class F>
  auto write(F act) {
    return database->write_now([&](db::Writer& w) { return act(w); });
  }
  template <class F>
  auto read(F ask) {
    return database->read_now([&](db::Reader& r) { return ask(r); });
  }
  AccountId add_person(std::string const& name, std::string const& password);  // may sign in
  std::uint16_t port() const { return server_->port(); }

  TestClock clock;
  social::Site site;
  http::RateLimiter limiter;

 private:
  TemporaryFolder folder_;

 public:
  db::TestDatabase database;

 private:
  std::unique_ptr<media::BlobStore> blobs_;
  WorkerPool pool_{2, 50};
  html::Templates templates_;
  Renderer render_;
  streaming::Hub hub_;
  http::Networks exempt_;

 public:
  Gate gate;
  OwnerSetup setup;

 private:
  Numbers numbers_;
  Api api_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

// A browser or an app: keeps cookies, follows nothing by itself.
class Browser {
 public:
  explicit Browser(TestSite const& site) : client_(site.port()) {}

  Answer get(std::string const& target) { return send("GET", target, {}); }
  Answer post(std::string const& target, Fields const& form) { return send("POST", target, form); }
  // The value of the hidden field `name` on the last page.
  std::string hidden(std::string const& name) const;

  std::map<std::string, std::string> headers;  // sent with each request
  std::map<std::string, std::string> cookies;
  Answer last;

 private:
  Answer send(std::string const& method, std::string const& target, Fields const& form);

  http::testing::Client client_;
};

boost::json::object parse_object(Answer const& answer);
std::string encode_form(Fields const& form);

}  // namespace posy::api::testing
