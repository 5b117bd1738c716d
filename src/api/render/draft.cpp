#include "api/render/draft.hpp"

#include "api/render/media.hpp"
#include "api/render/words.hpp"
#include "social/manuscripts.hpp"

namespace posy::api {
namespace {

template <class Tag>
std::optional<std::string> text_of(Id<Tag> id) {
  if (!id) return {};
  return id.str();
}

}  // namespace

entities::Draft load_draft(db::Reader& r, social::Site const& site, store::Manuscript const& m) {
  entities::Draft out;
  out.id = m.id.str();
  out.status_id = text_of(m.post);
  out.version = m.version;
  out.created_at = m.created_at;
  out.updated_at = m.updated_at;
  out.title = m.title;
  out.summary = m.summary;
  out.slug = m.slug;
  out.text = m.text;
  out.content_type = content_type_name(m.source_type);
  out.spoiler_text = m.notice;
  out.sensitive = m.sensitive;
  if (!m.language.empty()) out.language = m.language;
  if (m.visibility) out.visibility = std::string(visibility_name(*m.visibility));
  if (m.quote_policy) out.quote_approval_policy = std::string(quote_policy_name(*m.quote_policy));
  out.cover_id = text_of(m.cover);
  for (auto id : social::media_of(m)) out.media_ids.push_back(id.str());
  for (auto const& media : store::media_by_id(r, store::held_media(r, m.id)))
    out.media_attachments.push_back(make_media(site, media));
  return out;
}

entities::DraftHead make_draft_head(store::ManuscriptHead const& head) {
  return {.id = head.id.str(),
          .status_id = text_of(head.post),
          .version = head.version,
          .created_at = head.created_at,
          .updated_at = head.updated_at,
          .title = head.title,
          .summary = head.summary,
          .beginning = head.beginning,
          .cover_id = text_of(head.cover)};
}

entities::DraftVersionHead make_version_head(store::VersionHead const& head) {
  return {.version = head.version, .saved_at = head.saved_at, .title = head.title, .characters = head.characters};
}

entities::DraftVersion make_version(store::ManuscriptVersion const& version) {
  return {.version = version.version,
          .saved_at = version.saved_at,
          .title = version.title,
          .summary = version.summary,
          .text = version.text};
}

}  // namespace posy::api
