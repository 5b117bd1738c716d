#include "api/test_site.hpp"

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "crypto/password.hpp"
#include "html/assets.hpp"
#include "social/live.hpp"
#include "social/register.hpp"
#include "store/migrations.hpp"

namespace posy::api::testing {

TemporaryFolder::TemporaryFolder()
    : path(std::filesystem::temp_directory_path() / ("posy-test-" + random_token(9))) {
  std::filesystem::create_directories(path);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // a folder left behind in /tmp fails no test
  std::filesystem::remove_all(path, ignored);
}

TestSite::TestSite(std::vector<std::span<Route const>> const& tables, bool exempt)
    : database(db::Engine::sqlite, store::migrations(), &clock),
      blobs_(media::open_file_store(folder_.path)),
      templates_{html::templates()},
      render_(site),
      hub_(*database, render_),
      exempt_(exempt ? http::Networks::loopback() : http::Networks()),
      gate(*database, limiter, clock, exempt_),
      setup(*database),
      api_{*database, site,       clock, render_,  gate,  *blobs_,     pool_,
           limiter,   templates_, hub_,  numbers_, setup, folder_.path} {
  site.host = site.account_domain = "posy.test";
  site.base_url = "http://posy.test";
  site.title = "Posy";
  database->on_commit([this](std::span<db::Event const> events) {
    for (auto const& event : events)
      if (event.kind == static_cast<int>(social::Live::token_revoked)) gate.forget(TokenId{event.a});
  });
  for (auto routes : tables) gate.add(router_, api_, routes);
  http::Hooks hooks;
  hooks.after = [](http::Request const& request, http::Response& response) {
    Gate::add_rate_headers(request, response);
  };
  http::ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.loops = 1;
  options.spool_dir = folder_.path;
  server_ = std::make_unique<http::Server>(options, router_, hooks);
  server_->start();
}

TestSite::~TestSite() {
  server_->stop();
  hub_.stop();
  pool_.stop();
  database->stop();
}

AccountId TestSite::add_person(std::string const& name, std::string const& password) {
  auto hash = crypto::hash_password(password);
  social::SignUp form{.username = name, .email = name + "@posy.test", .password = password};
  return write([&](db::Writer& w) { return social::add_member(w, form, hash, store::Role::user); });
}

std::string Browser::hidden(std::string const& name) const {
  auto mark = "name=\"" + name + "\" value=\"";
  auto start = last.body.find(mark);
  if (start == std::string::npos) return {};
  start += mark.size();
  return last.body.substr(start, last.body.find('"', start) - start);
}

Answer Browser::send(std::string const& method, std::string const& target, Fields const& form) {
  http::testing::Fields fields(headers.begin(), headers.end());
  std::string jar;
  for (auto const& [name, value] : cookies) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
  if (!jar.empty()) fields.emplace_back("Cookie", jar);
  if (method == "GET")
    last = client_.get(target, fields);
  else
    last = client_.post(target, encode_form(form), "application/x-www-form-urlencoded", fields);
  for (auto cookie : last.headers.all("Set-Cookie")) {
    auto pair = cookie.substr(0, cookie.find(';'));
    auto equals = pair.find('=');
    cookies[std::string(pair.substr(0, equals))] = std::string(pair.substr(equals + 1));
  }
  return last;
}

boost::json::object parse_object(Answer const& answer) {
  return boost::json::parse(answer.body).as_object();
}

std::string encode_form(Fields const& form) {
  std::string out;
  for (auto const& [name, value] : form)
    out += (out.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  return out;
}

}  // namespace posy::api::testing
