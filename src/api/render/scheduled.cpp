#include "api/render/scheduled.hpp"

#include "api/render/words.hpp"
#include "api/render/media.hpp"
#include "social/scheduled.hpp"

namespace posy::api {
namespace {

template <class Tag>
std::optional<std::string> text_of(Id<Tag> id) {
  if (!id) return {};
  return id.str();
}

std::optional<std::string> unless_empty(std::string const& text) {
  if (text.empty()) return {};
  return text;
}

entities::ScheduledStatus make_scheduled(store::ScheduledPost const& post) {
  entities::ScheduledStatus out;
  out.id = post.id.str();
  out.scheduled_at = post.due_at;
  auto& params = out.params;
  params.text = post.text;
  if (!post.title.empty()) {
    params.title = post.title;
    params.summary = post.summary;
    params.slug = post.slug;
    if (post.cover) params.cover_id = post.cover.str();
  }
  params.visibility = visibility_name(post.visibility);
  params.spoiler_text = unless_empty(post.notice);
  params.sensitive = post.sensitive;
  params.language = unless_empty(post.language);
  params.in_reply_to_id = text_of(post.in_reply_to);
  params.quoted_status_id = text_of(post.quote_of);
  if (post.quote_policy) params.quote_approval_policy = std::string(quote_policy_name(*post.quote_policy));
  params.application_id = post.app.str();
  if (!post.poll_options.empty())
    params.poll = entities::ScheduledPoll{social::poll_options_of(post), post.poll_seconds,
                                          post.poll_multiple, post.poll_hide_totals};
  return out;
}

}  // namespace

std::vector<entities::ScheduledStatus> load_scheduled(db::Reader& r, social::Site const& site,
                                                      std::vector<store::ScheduledPost> const& posts) {
  std::vector<RowId> ids;
  for (auto const& post : posts) ids.push_back(post.id);
  auto media = store::media_of_scheduled(r, ids);
  std::vector<entities::ScheduledStatus> out;
  for (auto const& post : posts) {
    auto& entity = out.emplace_back(make_scheduled(post));
    std::vector<std::string> media_ids;
    for (auto const& row : media) {
      if (row.scheduled != post.id) continue;
      entity.media_attachments.push_back(make_media(site, row));
      media_ids.push_back(row.id.str());
    }
    if (!media_ids.empty()) entity.params.media_ids = std::move(media_ids);
  }
  return out;
}

}  // namespace posy::api
