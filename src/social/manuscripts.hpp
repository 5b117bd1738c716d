// Writing over days: what is typed is saved as it is, often; the rules for posts are asked when it is published.
//
// Whoever saves says which version she has read: who comes second is told (conflict), and nothing is overwritten. Of
// what it was before, a version is kept for each five minutes in which something was saved.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "social/site.hpp"
#include "store/manuscript.hpp"

namespace posy::social {

constexpr std::int64_t manuscripts_max = 500;  // of one person
constexpr int manuscript_versions_max = 50;    // of one manuscript, and as many as this allows:
constexpr std::int64_t manuscript_versions_characters_max = 8 << 20;
constexpr std::chrono::minutes manuscript_version_span{5};

// What is left out stays as it is.
struct ManuscriptChange {
  std::optional<std::string> title;
  std::optional<std::string> summary;
  std::optional<std::string> slug;
  std::optional<std::string> text;
  std::optional<store::SourceType> source_type;
  std::optional<std::string> notice;
  std::optional<bool> sensitive;
  std::optional<std::string> language;
  std::optional<store::Visibility> visibility;
  std::optional<store::QuotePolicy> quote_policy;
  std::optional<MediaId> cover;  // an id of none: no cover
  std::optional<std::vector<MediaId>> media;
};

// `post`: hers, to be changed; what it says is where the manuscript begins, and there is one for each post.
store::Manuscript begin_manuscript(db::Writer& w, AccountId who, PostId post, ManuscriptChange const& change);
// Hers, or not_found.
store::Manuscript find_own_manuscript(db::Reader& r, AccountId who, RowId id);
store::Manuscript save_manuscript(db::Writer& w, AccountId who, RowId id, std::int64_t version,
                                  ManuscriptChange const& change);
void delete_own_manuscript(db::Writer& w, AccountId who, RowId id);
std::vector<MediaId> media_of(store::Manuscript const& manuscript);  // as it lists them

struct Publication {
  AppId app;
  std::optional<std::int64_t> version;  // that is meant; else as it is
  std::string announcement;             // a note of its own, with the address below it; empty: none
};
// Becomes a post, or changes hers; the manuscript is gone then.
PostId publish_manuscript(db::Writer& w, Site const& site, AccountId who, RowId id, Publication const& publication);
// Likewise at its hour; the id of the scheduled post. What changes a post cannot wait.
RowId schedule_manuscript(db::Writer& w, Site const& site, AccountId who, RowId id, Publication const& publication,
                          Time due_at);

}  // namespace posy::social
