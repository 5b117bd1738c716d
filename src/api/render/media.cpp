#include "api/render/media.hpp"

#include <cmath>

namespace posy::api {
namespace {

std::string_view type_of(store::MediaKind kind) {
  switch (kind) {
    case store::MediaKind::image: return "image";
    case store::MediaKind::gifv: return "gifv";
    case store::MediaKind::video: return "video";
    case store::MediaKind::audio: return "audio";
    case store::MediaKind::unknown: break;
  }
  return "unknown";
}

entities::Picture make_picture(int width, int height) {
  entities::Picture out{width, height, fmt::format("{}x{}", width, height), 0, {}, {}, {}};
  if (height > 0) out.aspect = static_cast<double>(width) / height;
  return out;
}

}  // namespace

entities::MediaAttachment make_media(social::Site const& site, store::Media const& media) {
  entities::MediaAttachment out;
  out.id = media.id.str();
  out.type = type_of(media.kind);
  if (!media.description.empty()) out.description = media.description;
  if (media.state != store::MediaState::ready) return out;
  out.url = site.media_url(media);
  if (auto preview = site.preview_url(media); !preview.empty()) out.preview_url = std::move(preview);
  if (!media.remote_url.empty()) out.remote_url = media.remote_url;
  if (!media.blurhash.empty()) out.blurhash = media.blurhash;

  entities::MediaMeta meta;
  if (media.width > 0 || media.duration > 0) {
    auto original = make_picture(media.width, media.height);
    if (media.duration > 0) original.duration = media.duration;
    if (media.bitrate > 0) original.bitrate = media.bitrate;
    if (media.frame_rate > 0) original.frame_rate = fmt::format("{}/1", std::lround(media.frame_rate));
    meta.original = original;
  }
  if (media.preview_width > 0) meta.small = make_picture(media.preview_width, media.preview_height);
  if (media.kind != store::MediaKind::audio) meta.focus = entities::Focus{media.focus_x, media.focus_y};
  out.meta = std::move(meta);
  return out;
}

entities::Poll make_poll(store::Poll const& poll, std::vector<store::PollOption> const& options,
                         std::vector<store::PollVote> const& votes, social::Viewer viewer, AccountId author, Time now,
                         std::vector<entities::CustomEmoji> emojis) {
  entities::Poll out;
  out.id = poll.id.str();
  out.expires_at = poll.expires_at;
  out.expired = poll.expires_at && *poll.expires_at <= now;
  out.multiple = poll.multiple;
  out.voters_count = poll.voters;
  bool hidden = poll.hide_totals && !out.expired;
  for (auto const& option : options) {
    out.votes_count += option.votes;
    entities::PollOption shown{option.title, {}};
    if (!hidden) shown.votes_count = option.votes;
    out.options.push_back(std::move(shown));
  }
  out.emojis = std::move(emojis);
  if (viewer.account) {
    std::vector<int> own;
    for (auto const& vote : votes) own.push_back(vote.choice);
    // Authors cannot vote; to clients they count as having done so, as in Mastodon.
    out.voted = !own.empty() || viewer.account == author;
    out.own_votes = std::move(own);
  }
  return out;
}

}  // namespace posy::api
