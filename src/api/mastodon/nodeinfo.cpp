// NodeInfo 2.0 and 2.1: what this server is, for machines. (nodeinfo.diaspora.software/protocol, FEP-0151)
#include "api/entities/nodeinfo.hpp"
#include "api/mastodon/instance.hpp"
#include "api/mastodon/kept.hpp"
#include "api/mastodon/routes.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr std::string_view old_version = "2.0", new_version = "2.1";

Task<http::Response> links(Api& api, Request const&) {
  entities::NodeInfoLinks out;
  for (auto version : {old_version, new_version})
    out.links.push_back({fmt::format("http://nodeinfo.diaspora.software/ns/schema/{}", version),
                         fmt::format("{}/nodeinfo/{}", api.site.base_url, version)});
  co_return http::json(json::to_json(out));
}

std::string make_document(Api& api, std::string_view version, store::InstanceCounts const& numbers) {
  entities::NodeInfo out;
  out.version = version;
  out.software.name = "posy";
  out.software.version = POSY_VERSION;
  out.openRegistrations = api.site.registrations == social::Registrations::open;
  out.usage.users = {numbers.people, numbers.active_halfyear, numbers.active_month};
  out.usage.localPosts = numbers.posts;
  out.metadata.nodeName = api.site.title;
  out.metadata.nodeDescription = api.site.description;
  out.metadata.upstream.name = "mastodon";
  out.metadata.upstream.version = "4.5.0";
  return json::to_json(out);
}

// The finished text is kept: crawlers and every new server ask for it.
Task<http::Response> show(Api& api, Request const& request) {
  using Text = std::shared_ptr<std::string const>;
  std::string version(request.http.path_param("version"));
  if (version != old_version && version != new_version) co_return http::error(404, "Record not found");
  auto& kept = version == old_version ? api.numbers.nodeinfo_2_0 : api.numbers.nodeinfo_2_1;
  Text text = find_fresh(api, kept).value_or(nullptr);
  if (!text) {
    Task<store::InstanceCounts> counting = instance_counts(api);
    store::InstanceCounts numbers = co_await std::move(counting);
    text = std::make_shared<std::string const>(make_document(api, version, numbers));
    keep(api, kept, text);
  }
  auto type = fmt::format("application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/{}#\"", version);
  co_return http::shared(std::move(text), type, "max-age=1800, public");
}

constexpr Route routes[] = {
    {Method::get, "/.well-known/nodeinfo", Scope::open, links},
    {Method::get, "/nodeinfo/:version", Scope::open, show},
};

}  // namespace

std::span<Route const> nodeinfo_routes() { return routes; }

}  // namespace posy::api
