// The parameters of POST and PUT /api/v1/statuses, and what they ask for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "social/draft.hpp"
#include "social/edit.hpp"

namespace posy::api {

struct PollParams {
  std::vector<std::string> options;
  std::optional<int> expires_in;  // seconds
  std::optional<bool> multiple;
  std::optional<bool> hide_totals;
};
BOOST_DESCRIBE_STRUCT(PollParams, (), (options, expires_in, multiple, hide_totals))

struct MediaAttribute {
  MediaId id;
  std::optional<std::string> description;
  std::optional<std::string> focus;
};
BOOST_DESCRIBE_STRUCT(MediaAttribute, (), (id, description, focus))

// What both have.
struct TextParams {
  std::optional<std::string> title;  // Posy: makes it an essay, with the next three (docs/posy-api.md)
  std::optional<std::string> summary;
  std::optional<std::string> slug;
  json::Omittable<std::optional<MediaId>> cover_id;
  std::optional<std::string> status;
  std::optional<std::string> spoiler_text;
  std::optional<bool> sensitive;
  std::optional<std::string> language;
  std::optional<std::string> content_type;
  std::optional<std::string> quote_approval_policy;
  std::vector<MediaId> media_ids;
  std::optional<PollParams> poll;
};
BOOST_DESCRIBE_STRUCT(TextParams, (),
                      (title, summary, slug, cover_id, status, spoiler_text, sensitive, language, content_type, quote_approval_policy,
                       media_ids, poll))

// What is Posy's own, apart from Mastodon's names (docs/posy-api.md).
struct PosyParams {
  std::optional<std::string> reach;  // followers, people
};
BOOST_DESCRIBE_STRUCT(PosyParams, (), (reach))

struct StatusParams : TextParams {
  std::optional<std::string> visibility;
  std::optional<PostId> in_reply_to_id;
  std::optional<PostId> quoted_status_id;
  std::optional<Time> scheduled_at;
  std::optional<PosyParams> posy;
};
BOOST_DESCRIBE_STRUCT(StatusParams, (TextParams),
                      (visibility, in_reply_to_id, quoted_status_id, scheduled_at, posy))

struct EditParams : TextParams {
  std::vector<MediaAttribute> media_attributes;
};
BOOST_DESCRIBE_STRUCT(EditParams, (TextParams), (media_attributes))

social::Draft draft_from(Request const& request, StatusParams const& params);
social::Edit edit_from(EditParams const& params);

}  // namespace posy::api
