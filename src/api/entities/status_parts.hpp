// What is answered about a Status besides itself. (docs.joinmastodon.org/entities/Context, StatusSource,
// StatusEdit, ScheduledStatus)
#pragma once

#include "api/entities/status.hpp"

namespace posy::api::entities {

struct StatusContext {
  json::Raw ancestors;  // Status entities
  json::Raw descendants;
};
BOOST_DESCRIBE_STRUCT(StatusContext, (), (ancestors, descendants))

struct StatusSource {
  std::string id;
  std::string text;
  std::string spoiler_text;
  std::string content_type;  // Posy's own, this and what follows
  json::Omittable<std::string> title;  // of an essay, this and what follows
  json::Omittable<std::string> summary;
  json::Omittable<std::string> slug;
  json::Omittable<std::string> cover_id;
};
BOOST_DESCRIBE_STRUCT(StatusSource, (), (id, text, spoiler_text, content_type, title, summary, slug, cover_id))

struct EditedPollOption {
  std::string title;
};
BOOST_DESCRIBE_STRUCT(EditedPollOption, (), (title))

struct EditedPoll {
  std::vector<EditedPollOption> options;
};
BOOST_DESCRIBE_STRUCT(EditedPoll, (), (options))

struct StatusEdit {
  std::string content;
  std::string spoiler_text;
  bool sensitive = false;
  Time created_at;
  json::Raw account;
  std::optional<EditedPoll> poll;
  std::vector<MediaAttachment> media_attachments;
  std::vector<CustomEmoji> emojis;
};
BOOST_DESCRIBE_STRUCT(StatusEdit, (),
                      (content, spoiler_text, sensitive, created_at, account, poll, media_attachments,
                       emojis))

struct ScheduledPoll {
  std::vector<std::string> options;
  int expires_in = 0;  // seconds
  bool multiple = false;
  bool hide_totals = false;
};
BOOST_DESCRIBE_STRUCT(ScheduledPoll, (), (options, expires_in, multiple, hide_totals))

struct ScheduledParams {
  std::string text;
  json::Omittable<std::string> title;  // Posy: of an essay, with the next three
  json::Omittable<std::string> summary;
  json::Omittable<std::string> slug;
  json::Omittable<std::string> cover_id;
  std::string visibility;
  std::optional<std::string> spoiler_text;
  std::optional<bool> sensitive;
  std::optional<std::string> language;
  std::optional<std::vector<std::string>> media_ids;
  std::optional<ScheduledPoll> poll;
  std::optional<std::string> in_reply_to_id;
  std::optional<std::string> quoted_status_id;
  std::optional<std::string> quote_approval_policy;
  std::optional<std::string> scheduled_at;  // always null: what counts stands beside
  std::optional<std::string> idempotency;
  std::string application_id;
  bool with_rate_limit = false;
};
BOOST_DESCRIBE_STRUCT(ScheduledParams, (),
                      (text, title, summary, slug, cover_id, visibility, spoiler_text, sensitive, language, media_ids, poll, in_reply_to_id,
                       quoted_status_id, quote_approval_policy, scheduled_at, idempotency, application_id,
                       with_rate_limit))

struct ScheduledStatus {
  std::string id;
  Time scheduled_at;
  ScheduledParams params;
  std::vector<MediaAttachment> media_attachments;
};
BOOST_DESCRIBE_STRUCT(ScheduledStatus, (), (id, scheduled_at, params, media_attachments))

}  // namespace posy::api::entities
