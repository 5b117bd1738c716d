#include "api/mastodon/status_params.hpp"

#include "api/render/words.hpp"
#include "crypto/digest.hpp"

namespace posy::api {
namespace {

// Clients send an empty string where nothing was chosen.
bool is_given(std::optional<std::string> const& text) {
  return text && !text->empty();
}

std::optional<social::PollDraft> poll_from(std::optional<PollParams> const& params) {
  if (!params || params->options.empty()) return {};
  if (!params->expires_in) refuse(Refusal::unprocessable, "Validation failed: Expires at can't be blank");
  return social::PollDraft{params->options, *params->expires_in, params->multiple.value_or(false),
                           params->hide_totals.value_or(false)};
}

}  // namespace

social::Draft draft_from(Request const& request, StatusParams const& params) {
  social::Draft draft;
  draft.author = request.who.account;
  draft.app = request.who.app;
  draft.title = params.title.value_or("");
  draft.summary = params.summary.value_or("");
  draft.slug = params.slug.value_or("");
  if (params.cover_id) draft.cover = params.cover_id->value_or(MediaId{});
  draft.text = params.status.value_or("");
  draft.notice = params.spoiler_text.value_or("");
  draft.sensitive = params.sensitive;
  draft.language = params.language.value_or("");
  if (is_given(params.content_type))
    draft.source_type = parse_content_type(*params.content_type);
  else if (!draft.title.empty())
    draft.source_type = store::SourceType::markdown;  // essays are
  if (is_given(params.visibility)) draft.visibility = parse_visibility(*params.visibility);
  if (is_given(params.quote_approval_policy))
    draft.quote_policy = parse_quote_policy(*params.quote_approval_policy);
  if (params.posy && is_given(params.posy->reach)) draft.reach = parse_reach(*params.posy->reach);
  draft.in_reply_to = params.in_reply_to_id.value_or(PostId{});
  draft.quote_of = params.quoted_status_id.value_or(PostId{});
  draft.media = params.media_ids;
  draft.poll = poll_from(params.poll);
  // As a digest: whatever the client sends is short, and text that any database takes.
  if (auto key = request.http.headers.find("Idempotency-Key"); key && !key->empty())
    draft.idempotency_key = crypto::sha256_hex(*key);
  return draft;
}

social::Edit edit_from(EditParams const& params) {
  social::Edit edit;
  edit.title = params.title;
  edit.summary = params.summary;
  edit.slug = params.slug;
  if (params.cover_id) edit.cover = params.cover_id->value_or(MediaId{});
  edit.text = params.status.value_or("");
  edit.notice = params.spoiler_text.value_or("");
  edit.sensitive = params.sensitive.value_or(false);
  edit.language = params.language.value_or("");
  if (is_given(params.content_type)) edit.source_type = parse_content_type(*params.content_type);
  if (is_given(params.quote_approval_policy))
    edit.quote_policy = parse_quote_policy(*params.quote_approval_policy);
  edit.media = params.media_ids;
  for (auto const& change : params.media_attributes)
    edit.media_changes.push_back({change.id, change.description, change.focus});
  edit.poll = poll_from(params.poll);
  return edit;
}

}  // namespace posy::api
