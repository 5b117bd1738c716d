#include "api/render/history.hpp"

#include <unordered_map>

#include "api/render/account.hpp"
#include "api/render/media.hpp"
#include "store/edit.hpp"

namespace posy::api {
namespace {

constexpr int versions_max = 200;

// What the post is now, as if it had been kept.
struct Versions {
  std::vector<store::PostEdit> edits;
  std::vector<store::EditMedia> media;
};

Versions current_version(db::Reader& r, store::Post const& post) {
  Versions out;
  store::PostEdit edit{.post = post.id, .created_at = post.created_at};
  edit.content = post.content;
  edit.notice = post.notice;
  edit.sensitive = post.sensitive;
  if (post.poll)
    for (auto const& option : store::options_of(r, {post.poll}))
      edit.poll += edit.poll.empty() ? option.title : "\n" + option.title;
  for (auto const& row : store::media_of(r, {post.id}))
    out.media.push_back({edit.id, row.position, row.id, row.description});
  out.edits.push_back(std::move(edit));
  return out;
}

Versions load_versions(db::Reader& r, store::Post const& post) {
  Versions out;
  out.edits = store::edits_of(r, post.id, versions_max);
  if (out.edits.empty()) return current_version(r, post);
  std::vector<RowId> ids;
  for (auto const& edit : out.edits) ids.push_back(edit.id);
  out.media = store::media_of_edits(r, ids);
  return out;
}

std::optional<entities::EditedPoll> make_poll(std::string_view titles) {
  if (titles.empty()) return {};
  entities::EditedPoll poll;
  for (bool more = true; more;) {
    auto end = titles.find('\n');
    poll.options.push_back({std::string(titles.substr(0, end))});
    more = end != titles.npos;
    if (more) titles.remove_prefix(end + 1);
  }
  return poll;
}

}  // namespace

std::vector<entities::StatusEdit> load_history(db::Reader& r, social::Site const& site, Renderer& render,
                                               store::Post const& post) {
  Versions versions = load_versions(r, post);
  auto author = store::find_account(r, post.author);
  json::Raw account{render.account(r, post.author)};

  std::string all_text;
  for (auto const& edit : versions.edits)
    all_text += edit.content + "\n" + edit.notice + "\n" + edit.poll + "\n";
  auto emojis = emojis_in(r, site, author ? author->domain : "", all_text);

  std::vector<MediaId> media_ids;
  for (auto const& row : versions.media) media_ids.push_back(row.media);
  std::unordered_map<MediaId, store::Media> media;
  for (auto& row : store::media_by_id(r, media_ids)) media.emplace(row.id, std::move(row));

  std::vector<entities::StatusEdit> out;
  for (auto const& edit : versions.edits) {
    auto& entity = out.emplace_back();
    entity.content = edit.content;
    entity.spoiler_text = edit.notice;
    entity.sensitive = edit.sensitive;
    entity.created_at = edit.created_at;
    entity.account = account;
    entity.poll = make_poll(edit.poll);
    std::string text = edit.content + edit.notice + edit.poll;
    for (auto const& emoji : emojis)
      if (text.find(":" + emoji.shortcode + ":") != text.npos) entity.emojis.push_back(emoji);
    for (auto const& row : versions.media) {
      auto found = media.find(row.media);
      if (row.edit != edit.id || found == media.end()) continue;  // taken out, and gone since
      store::Media shown = found->second;
      shown.description = row.description;
      entity.media_attachments.push_back(make_media(site, shown));
    }
  }
  return out;
}

}  // namespace posy::api
