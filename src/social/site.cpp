#include "social/site.hpp"

#include "base/encoding.hpp"
#include "crypto/digest.hpp"

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
  return account_url(author) + "/" + (post.slug.empty() ? post.id.str() : post.slug);
}

std::string Site::tag_url(std::string_view name) const { return base_url + "/tags/" + percent_encode(name); }

std::string Site::media_url(std::string_view blob) const { return base_url + "/media/" + std::string(blob); }

std::string Site::avatar_url(store::Account const& account) const {
  if (account.avatar.empty()) return base_url + "/assets/avatar.png";
  if (account.is_local()) return media_url(account.avatar);
  return remote_file_url(store::RemoteFileKind::avatar, account.id.value, account.avatar);
}

std::string Site::header_url(store::Account const& account) const {
  if (account.header.empty()) return base_url + "/assets/header.png";
  if (account.is_local()) return media_url(account.header);
  return remote_file_url(store::RemoteFileKind::header, account.id.value, account.header);
}

std::string Site::media_url(store::Media const& media) const {
  if (media.remote_url.empty()) return media_url(media.blob);
  if (media.kind == store::MediaKind::unknown) return media.remote_url;
  return remote_file_url(store::RemoteFileKind::original, media.id.value, mark_of(media.remote_url));
}

std::string Site::preview_url(store::Media const& media) const {
  if (media.remote_url.empty()) return media_url(media.preview_blob.empty() ? media.blob : media.preview_blob);
  if (!media.remote_preview_url.empty())
    return remote_file_url(store::RemoteFileKind::preview, media.id.value, mark_of(media.remote_preview_url));
  return media.kind == store::MediaKind::image ? media_url(media) : std::string();
}

std::string Site::emoji_url(store::CustomEmoji const& emoji) const {
  if (emoji.domain.empty()) return media_url(emoji.blob);
  return remote_file_url(store::RemoteFileKind::emoji, emoji.id.value, mark_of(emoji.url));
}

std::string Site::static_emoji_url(store::CustomEmoji const& emoji) const {
  return emoji.domain.empty() ? media_url(emoji.static_blob) : emoji_url(emoji);
}

std::string Site::remote_file_url(store::RemoteFileKind kind, std::int64_t owner, std::string_view mark) const {
  std::string out = base_url + "/media_proxy/";
  out.append(name_of(kind)).append("/").append(std::to_string(owner)).append("/").append(mark);
  return out;
}

std::string mark_of(std::string_view original_url) {
  constexpr std::size_t hex_digits = 24;
  return crypto::sha256_hex(original_url).substr(0, hex_digits);
}

}  // namespace posy::social
