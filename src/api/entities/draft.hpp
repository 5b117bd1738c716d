// What is being written: entities of Posy's own API. (docs/posy-api.md)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "api/entities/status.hpp"

namespace posy::api::entities {

struct Draft {
  std::string id;
  std::optional<std::string> status_id;  // what it will change; null: it becomes a status
  std::int64_t version = 0;
  Time created_at;
  Time updated_at;
  std::string title;
  std::string summary;
  std::string slug;
  std::string text;
  std::string content_type;
  std::string spoiler_text;
  bool sensitive = false;
  std::optional<std::string> language;
  std::optional<std::string> visibility;  // null: as she prefers when it is published
  std::optional<std::string> quote_approval_policy;
  std::optional<std::string> cover_id;
  std::vector<std::string> media_ids;
  std::vector<MediaAttachment> media_attachments;  // all its files: cover, pictures in the text, media_ids
};
BOOST_DESCRIBE_STRUCT(Draft, (),
                      (id, status_id, version, created_at, updated_at, title, summary, slug, text, content_type,
                       spoiler_text, sensitive, language, visibility, quote_approval_policy, cover_id, media_ids,
                       media_attachments))

struct DraftHead {
  std::string id;
  std::optional<std::string> status_id;
  std::int64_t version = 0;
  Time created_at;
  Time updated_at;
  std::string title;
  std::string summary;
  std::string beginning;  // of the text, as it is written
  std::optional<std::string> cover_id;
};
BOOST_DESCRIBE_STRUCT(DraftHead, (),
                      (id, status_id, version, created_at, updated_at, title, summary, beginning, cover_id))

struct DraftVersionHead {
  std::int64_t version = 0;
  Time saved_at;
  std::string title;
  std::int64_t characters = 0;
};
BOOST_DESCRIBE_STRUCT(DraftVersionHead, (), (version, saved_at, title, characters))

struct DraftVersion {
  std::int64_t version = 0;
  Time saved_at;
  std::string title;
  std::string summary;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(DraftVersion, (), (version, saved_at, title, summary, text))

// How it would look.
struct DraftPreview {
  std::string title;
  std::string summary;
  std::string content;  // HTML
  std::string slug;     // that it would get
};
BOOST_DESCRIBE_STRUCT(DraftPreview, (), (title, summary, content, slug))

}  // namespace posy::api::entities
