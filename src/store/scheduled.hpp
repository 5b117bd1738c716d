// Scheduled posts: drafts that wait for their hour. Their media are in `media`, by `scheduled`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/post.hpp"
#include "store/reach.hpp"

namespace posy::store {

struct ScheduledPost {
  RowId id;
  AccountId account;
  Time due_at;
  AppId app;
  std::string title;
  std::string summary;
  std::string slug;
  MediaId cover;
  std::string text;
  SourceType source_type = SourceType::plain;
  std::string notice;
  std::optional<bool> sensitive;
  std::string language;
  Visibility visibility = Visibility::everyone;
  PostId in_reply_to;
  PostId quote_of;
  std::optional<QuotePolicy> quote_policy;
  std::optional<Reach> reach;
  std::string poll_options;  // one a line; empty: no poll
  int poll_seconds = 0;
  bool poll_multiple = false;
  bool poll_hide_totals = false;
  std::string error;  // why it could not be published
};
BOOST_DESCRIBE_STRUCT(ScheduledPost, (),
                      (id, account, due_at, app, title, summary, slug, cover, text, source_type, notice, sensitive, language, visibility,
                       in_reply_to, quote_of, quote_policy, reach, poll_options, poll_seconds, poll_multiple,
                       poll_hide_totals, error))

std::optional<ScheduledPost> find_scheduled(db::Reader& r, RowId id);
std::vector<ScheduledPost> scheduled_by(db::Reader& r, AccountId account, Page const& page);
std::int64_t count_scheduled(db::Reader& r, AccountId account);
std::int64_t count_scheduled_between(db::Reader& r, AccountId account, Time from, Time to);
void insert_scheduled(db::Writer& w, ScheduledPost const& post);
void update_scheduled(db::Writer& w, RowId id, Time due_at, std::string_view error);
bool delete_scheduled(db::Writer& w, RowId id);  // false when it was gone already

}  // namespace posy::store
