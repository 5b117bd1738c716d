// The streams that a client can open, by Mastodon's names. (docs.joinmastodon.org/methods/streaming)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/id.hpp"

namespace posy::api::streaming {

enum class Kind {
  user,
  user_notification,
  everyone,
  everyone_media,
  local,
  local_media,
  remote,
  remote_media,
  hashtag,
  hashtag_local,
  list,
  direct,
};

// One stream as somebody opened it. Equal channels share what is rendered for them.
struct Channel {
  Kind kind = Kind::user;
  AccountId account;  // whose: user, user_notification, direct
  ListId list;
  std::string tag;  // folded

  friend auto operator<=>(Channel const&, Channel const&) = default;
  // As messages name it: ["user"], ["hashtag", "posy"], ["list", "12"].
  std::vector<std::string> stream() const;
};

std::string_view name_of(Kind kind);  // "public:local:media"
// `tag` and `list` as the client gave them, empty if it did not. Refuses unknown names and missing parameters;
// who may open a list is the caller's business.
Result<Channel> parse_channel(std::string_view name, AccountId account, std::string_view tag, std::string_view list);

}  // namespace posy::api::streaming
