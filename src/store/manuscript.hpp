// Manuscripts: what somebody is writing, kept while she writes, with what it was before. (The API calls them drafts.)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/page.hpp"
#include "store/post.hpp"

namespace posy::store {

struct Manuscript {
  RowId id;
  AccountId account;
  PostId post;               // hers that it will change; none: it becomes one
  std::int64_t version = 1;  // counts what was saved
  Time created_at;
  Time updated_at;
  std::string title;
  std::string summary;
  std::string slug;
  std::string text;
  SourceType source_type = SourceType::markdown;
  std::string notice;
  bool sensitive = false;
  std::string language;
  std::optional<Visibility> visibility;  // none, here and below: as she prefers when it is published
  std::optional<QuotePolicy> quote_policy;
  MediaId cover;
  std::string media;  // ids, one a line
};
BOOST_DESCRIBE_STRUCT(Manuscript, (),
                      (id, account, post, version, created_at, updated_at, title, summary, slug, text, source_type,
                       notice, sensitive, language, visibility, quote_policy, cover, media))

// What a list shows.
struct ManuscriptHead {
  RowId id;
  PostId post;
  std::int64_t version = 0;
  Time created_at;
  Time updated_at;
  std::string title;
  std::string summary;
  std::string beginning;  // of the text
  MediaId cover;
};
BOOST_DESCRIBE_STRUCT(ManuscriptHead, (),
                      (id, post, version, created_at, updated_at, title, summary, beginning, cover))

struct ManuscriptVersion {
  RowId manuscript;
  std::int64_t version = 0;
  Time begun_at;  // when the one before was left as it is
  Time saved_at;
  std::string title;
  std::string summary;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ManuscriptVersion, (), (manuscript, version, begun_at, saved_at, title, summary, text))

struct VersionHead {
  std::int64_t version = 0;
  Time begun_at;
  Time saved_at;
  std::string title;
  std::int64_t characters = 0;
};
BOOST_DESCRIBE_STRUCT(VersionHead, (), (version, begun_at, saved_at, title, characters))

std::optional<Manuscript> find_manuscript(db::Reader& r, RowId id);
std::optional<Manuscript> find_manuscript_of(db::Reader& r, PostId post);
std::vector<ManuscriptHead> manuscripts_by(db::Reader& r, AccountId account, Page const& page);
std::int64_t count_manuscripts(db::Reader& r, AccountId account);
void insert_manuscript(db::Writer& w, Manuscript const& manuscript);
// Where `before` is still its version; false: somebody saved meanwhile.
[[nodiscard]] bool update_manuscript(db::Writer& w, Manuscript const& manuscript, std::int64_t before);
void delete_manuscript(db::Writer& w, RowId id);

// Files that it waits with, instead of those it had.
void hold_media(db::Writer& w, RowId manuscript, std::vector<MediaId> const& media);
std::vector<MediaId> held_media(db::Reader& r, RowId manuscript);

std::vector<VersionHead> versions_of(db::Reader& r, RowId manuscript, int limit);  // the newest first
std::optional<ManuscriptVersion> find_version(db::Reader& r, RowId manuscript, std::int64_t version);
void insert_version(db::Writer& w, ManuscriptVersion const& version);
void delete_version(db::Writer& w, RowId manuscript, std::int64_t version);
void delete_versions_up_to(db::Writer& w, RowId manuscript, std::int64_t version);

}  // namespace posy::store
