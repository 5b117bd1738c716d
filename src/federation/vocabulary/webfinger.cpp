#include "federation/vocabulary/webfinger.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <charconv>

#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/writing.hpp"
#include "text/normalize.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

constexpr char const profile_page_relation[] = "http://webfinger.net/rel/profile-page";
constexpr char const avatar_relation[] = "http://webfinger.net/rel/avatar";
constexpr char const subscribe_relation[] = "http://ostatus.org/schema/1.0/subscribe";
// Lemmy gives a person and a group of one name in one answer, and this property to tell them.
constexpr char const type_property[] = "https://www.w3.org/ns/activitystreams#type";

bool is_group(json::object const& link) {
  auto const* properties = find_object(link, "properties");
  return properties && read_token(*properties, type_property, limits::type_bytes_max) == "Group";
}

void put_link(json::array& links, std::string_view relation, std::string_view type, std::string_view member,
              std::string_view target) {
  if (target.empty()) return;
  json::object link;
  put(link, "rel", relation);
  put(link, "type", type);
  put(link, member, target);
  links.push_back(std::move(link));
}

}  // namespace

std::string account_of(std::string_view acct_uri) {
  if (acct_uri.starts_with("acct:")) acct_uri.remove_prefix(5);
  if (acct_uri.starts_with('@')) acct_uri.remove_prefix(1);
  std::size_t at = acct_uri.find('@');
  if (at == 0 || at == std::string_view::npos || at > limits::username_bytes_max) return {};
  std::string_view name = acct_uri.substr(0, at);
  bool is_plain =
      std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != 0x7f; }) &&
      name.find_first_of("/\\?#:<>\"") == std::string_view::npos;
  // The domain is checked as part of an address, so that it may have a port.
  std::string domain = host_of("https://" + std::string(acct_uri.substr(at + 1)));
  bool is_only_domain = acct_uri.find_first_of("/?#", at) == std::string_view::npos;
  if (!is_plain || domain.empty() || !is_only_domain) return {};
  return std::string(name) + "@" + domain;
}

Result<WebFinger> read_webfinger(json::object const& document) {
  WebFinger found{.subject = read_token(document, "subject", limits::id_bytes_max),
                  .aliases = read_ids(document, "aliases", limits::aliases_max)};
  std::string group;
  for (auto const& value : values_in(document, "links", limits::links_max)) {
    auto const* link = value.if_object();
    if (!link) continue;
    auto relation = read_token(*link, "rel", limits::type_bytes_max);
    auto href = read_id(*link, "href");
    if (relation == "self" &&
        is_activity_media_type(read_token(*link, "type", limits::media_type_bytes_max))) {
      auto& actor = is_group(*link) ? group : found.actor;
      if (actor.empty()) actor = href;
    } else if (relation == profile_page_relation && found.profile_page.empty()) {
      found.profile_page = href;
    } else if (relation == avatar_relation && found.avatar.empty()) {
      found.avatar = href;
    } else if (relation == subscribe_relation && found.subscribe_template.empty()) {
      auto pattern = read_token(*link, "template", limits::id_bytes_max);
      if (is_iri(pattern) && pattern.find("{uri}") != std::string::npos) found.subscribe_template = pattern;
    }
  }
  if (found.actor.empty()) found.actor = group;
  if (found.subject.empty() || found.actor.empty())
    return unprocessable("The WebFinger answer names no actor");
  return found;
}

json::object write_webfinger(WebFinger const& webfinger) {
  json::object out;
  put(out, "subject", webfinger.subject);
  put(out, "aliases", to_array(webfinger.aliases));
  json::array links;
  put_link(links, profile_page_relation, "text/html", "href", webfinger.profile_page);
  put_link(links, "self", activity_json, "href", webfinger.actor);
  put_link(links, subscribe_relation, {}, "template", webfinger.subscribe_template);
  put_link(links, avatar_relation, {}, "href", webfinger.avatar);
  put(out, "links", std::move(links));
  return out;
}

}  // namespace posy::federation
