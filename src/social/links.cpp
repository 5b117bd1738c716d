#include "social/links.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "store/post_link.hpp"
#include "text/normalize.hpp"

namespace posy::social {
namespace {

// Enough of SHA-256 that nobody finds two addresses with one key.
constexpr std::size_t key_bytes = 16;

}  // namespace

std::optional<std::string> normal_link(std::string_view given) {
  auto url = text::normalize_url(given);
  if (!url) return {};
  std::size_t host_at = url->find("//") + 2;
  std::size_t path_at = std::min(url->find_first_of("/?#", host_at), url->size());
  std::string scheme = text::fold_username(std::string_view(*url).substr(0, host_at));
  std::string_view authority = std::string_view(*url).substr(host_at, path_at - host_at);
  std::string_view path = std::string_view(*url).substr(path_at);
  path = path.substr(0, path.find('#'));

  auto colon = authority.find(':');
  auto host = text::to_ascii_domain(authority.substr(0, colon));
  if (!host) return {};
  std::string_view port = colon == authority.npos ? std::string_view{} : authority.substr(colon + 1);
  if (port == (scheme == "https://" ? "443" : "80")) port = {};

  std::string normal = scheme + *host;
  if (!port.empty()) normal.append(":").append(port);
  if (!path.starts_with('/')) normal += '/';
  normal += path;
  return normal;
}

std::optional<std::string> link_key(std::string_view given) {
  auto normal = normal_link(given);
  if (!normal) return {};
  return to_base64url(crypto::sha256(*normal).substr(0, key_bytes));
}

void set_links(db::Writer& w, PostId post, std::vector<std::string> const& urls) {
  store::delete_post_links(w, post);
  std::vector<std::string> keys;
  for (auto const& url : urls) {
    if (keys.size() == links_max) break;
    auto key = link_key(url);
    if (key && std::ranges::find(keys, *key) == keys.end()) keys.push_back(std::move(*key));
  }
  store::insert_post_links(w, post, keys);
}

}  // namespace posy::social
