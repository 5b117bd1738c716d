#include "social/site.hpp"

#include "base/encoding.hpp"

namespace posy::social {

std::string Site::streaming_url() const {
  bool plain = base_url.starts_with("http://");
  return (plain ? "ws://" : "wss://") + base_url.substr(plain ? 7 : 8);
}

std::string Site::account_uri(store::Account const& account) const {
  return account.uri ? *account.uri : base_url + "/users/" + account.username;
}

std::string Site::account_url(store::Account const& account) const {
  if (!account.is_local()) return account.url ? *account.url : account_uri(account);
  return base_url + "/@" + account.username;
}

std::string Site::post_uri(store::Post const& post, store::Account const& author) const {
  if (post.uri) return *post.uri;
  std::string uri = account_uri(author) + "/statuses/" + post.id.str();
  return post.boost_of ? uri + "/activity" : uri;
}

std::string Site::post_url(store::Post const& post, store::Account const& author) const {
  if (!post.is_local) return post.url ? *post.url : post_uri(post, author);
  return account_url(author) + "/" + post.id.str();
}

std::string Site::tag_url(std::string_view name) const { return base_url + "/tags/" + percent_encode(name); }

std::string Site::media_url(std::string_view blob) const { return base_url + "/media/" + std::string(blob); }

std::string Site::avatar_url(store::Account const& account) const {
  return account.avatar.empty() ? base_url + "/assets/avatar.png" : media_url(account.avatar);
}

std::string Site::header_url(store::Account const& account) const {
  return account.header.empty() ? base_url + "/assets/header.png" : media_url(account.header);
}

}  // namespace posy::social
