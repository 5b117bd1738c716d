#include "api/streaming/channel.hpp"

#include "text/normalize.hpp"

namespace posy::api::streaming {
namespace {

constexpr std::pair<Kind, std::string_view> names[] = {
    {Kind::user, "user"},
    {Kind::user_notification, "user:notification"},
    {Kind::everyone, "public"},
    {Kind::everyone_media, "public:media"},
    {Kind::local, "public:local"},
    {Kind::local_media, "public:local:media"},
    {Kind::remote, "public:remote"},
    {Kind::remote_media, "public:remote:media"},
    {Kind::hashtag, "hashtag"},
    {Kind::hashtag_local, "hashtag:local"},
    {Kind::list, "list"},
    {Kind::direct, "direct"},
};

constexpr std::size_t tag_bytes_max = 500;

}  // namespace

std::string_view name_of(Kind kind) {
  for (auto const& [known, name] : names)
    if (known == kind) return name;
  return {};
}

std::vector<std::string> Channel::stream() const {
  std::vector<std::string> out{std::string(name_of(kind))};
  if (kind == Kind::hashtag || kind == Kind::hashtag_local) out.push_back(tag);
  if (kind == Kind::list) out.push_back(list.str());
  return out;
}

Result<Channel> parse_channel(std::string_view name, AccountId account, std::string_view tag,
                              std::string_view list) {
  for (auto const& [kind, known] : names) {
    if (known != name) continue;
    Channel channel{.kind = kind};
    if (kind == Kind::user || kind == Kind::user_notification || kind == Kind::direct) channel.account = account;
    if (kind == Kind::hashtag || kind == Kind::hashtag_local) {
      if (tag.empty() || tag.size() > tag_bytes_max) return Error{Refusal::bad_request, "Tag is missing"};
      channel.tag = text::fold_tag(tag);
    }
    if (kind == Kind::list) {
      auto id = parse_id(list);
      if (!id) return not_found();
      channel.list = ListId{*id};
    }
    return channel;
  }
  return Error{Refusal::bad_request, "Unknown stream type"};
}

}  // namespace posy::api::streaming
