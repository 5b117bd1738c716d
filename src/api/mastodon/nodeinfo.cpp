// NodeInfo 2.0 and 2.1: what this server is, for machines. (nodeinfo.diaspora.software/protocol, FEP-0151)
#include "api/entities/nodeinfo.hpp"
#include "api/mastodon/instance.hpp"
#include "api/mastodon/routes.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

using http::Method;

Task<http::Response> links(Api& api, Request const&) {
  entities::NodeInfoLinks out;
  for (auto version : {"2.0", "2.1"})
    out.links.push_back({"http://nodeinfo.diaspora.software/ns/schema/" + std::string(version),
                         api.site.base_url + "/nodeinfo/" + version});
  co_return http::json(json::to_json(out));
}

Task<http::Response> show(Api& api, Request const& request) {
  std::string version(request.http.path_param("version"));
  if (version != "2.0" && version != "2.1") co_return http::error(404, "Record not found");
  entities::NodeInfo out;
  out.version = version;
  out.software.name = "posy";
  out.software.version = POSY_VERSION;
  out.openRegistrations = api.site.registrations == social::Registrations::open;
  auto numbers = co_await instance_counts(api);
  out.usage.users = {numbers.people, numbers.active_halfyear, numbers.active_month};
  out.usage.localPosts = numbers.posts;
  out.metadata.nodeName = api.site.title;
  out.metadata.nodeDescription = api.site.description;
  out.metadata.upstream.name = "mastodon";
  out.metadata.upstream.version = "4.5.0";
  auto response = http::json(json::to_json(out));
  response.headers.set("Content-Type",
                       "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/" + version + "#\"");
  response.headers.set("Cache-Control", "max-age=1800, public");
  co_return response;
}

constexpr Route routes[] = {
    {Method::get, "/.well-known/nodeinfo", Scope::open, links},
    {Method::get, "/nodeinfo/:version", Scope::open, show},
};

}  // namespace

std::span<Route const> nodeinfo_routes() { return routes; }

}  // namespace posy::api
