// How others find people here: WebFinger and host-meta.
#include "federation/endpoints/answers.hpp"
#include "federation/vocabulary/webfinger.hpp"
#include "store/closed_account.hpp"

#include <boost/json/serialize.hpp>

namespace posy::federation {
namespace {

std::optional<std::string> name_in(Context const& context, std::string_view resource) {
  if (auto name = context.uris.username(resource)) return name;
  auto page = context.site.base_url + "/@";
  if (resource.starts_with(page)) return std::string(resource.substr(page.size()));
  auto handle = account_of(resource.starts_with("acct:") ? std::string(resource) : "acct:" + std::string(resource));
  auto at = handle.find('@');
  if (at == handle.npos) return {};
  auto domain = handle.substr(at + 1);
  if (domain != context.site.account_domain && domain != context.site.host) return {};
  return handle.substr(0, at);
}

}  // namespace

Made webfinger(db::Reader& r, Asked const& asked) {
  auto const& context = asked.context;
  auto const* resource = asked.request.params.if_contains("resource");
  if (!resource || !resource->is_string()) refuse(Refusal::bad_request, "The parameter resource is missing");
  std::string_view what = resource->get_string();
  auto name = what == context.uris.server_actor() ? std::optional(context.site.host) : name_in(context, what);
  if (!name) refuse(Refusal::not_found, not_found().message);
  bool is_server = *name == context.site.host;
  auto account = store::find_account(r, *name, "");
  if (!account && !is_server) refuse(Refusal::not_found, not_found().message);
  WebFinger out;
  if (is_server) {
    out.subject = "acct:" + context.site.host + "@" + context.site.account_domain;
    out.actor = context.uris.server_actor();
    out.profile_page = context.site.base_url + "/about";
  } else {
    asked.shows.add(account->id);
    if (account->suspended_at && store::find_closed(r, account->id)) refuse(Refusal::gone, "This account was closed");
    out.subject = "acct:" + account->username + "@" + context.site.account_domain;
    out.actor = context.uris.actor(*account);
    out.profile_page = context.site.account_url(*account);
    out.aliases = {out.profile_page, out.actor};
    out.subscribe_template = context.site.base_url + "/authorize_interaction?uri={uri}";
    out.avatar = context.site.avatar_url(*account);
  }
  return {shared_text(boost::json::serialize(write_webfinger(out)), "application/jrd+json; charset=utf-8")};
}

Task<http::Response> host_meta(Context& context, http::Request const&) {
  auto text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n"
      "  <Link rel=\"lrdd\" type=\"application/xrd+xml\" template=\"{}/.well-known/webfinger?resource={{uri}}\"/>\n"
      "</XRD>\n",
      context.site.base_url);
  co_return shared_text(std::move(text), "application/xrd+xml; charset=utf-8");
}

}  // namespace posy::federation
