#include "social/scheduled.hpp"

#include <fmt/format.h>

#include "jobs/queue.hpp"
#include "social/publish.hpp"
#include "store/idempotency.hpp"
#include "store/media.hpp"

namespace posy::social {

using store::ScheduledPost;

namespace {

constexpr auto invalid = Refusal::unprocessable;

void check_time(db::Reader& r, Site const& site, AccountId who, Time due_at) {
  if (due_at < r.now() + schedule_ahead_min)
    refuse(invalid, "Validation failed: Scheduled at must be at least 5 minutes in the future");
  auto day = std::chrono::floor<std::chrono::days>(due_at);
  auto that_day = store::count_scheduled_between(r, who, day, day + std::chrono::days(1));
  if (that_day >= static_cast<std::int64_t>(site.limits.scheduled_posts_a_day))
    refuse(invalid,
           fmt::format("Validation failed: You have exceeded the limit of {} scheduled posts for that day",
                       site.limits.scheduled_posts_a_day));
}

ScheduledPost row_of(Draft const& draft, Prepared const& prepared) {
  ScheduledPost row{
      .account = draft.author,
      .app = draft.app,
      .title = draft.title,
      .summary = draft.summary,
      .slug = draft.slug,
      .cover = draft.cover,
      .text = draft.text,
      .source_type = draft.source_type,
      .notice = draft.notice,
      .sensitive = draft.sensitive,
      .language = draft.language,
      .visibility = prepared.post.visibility,
      .in_reply_to = draft.in_reply_to,
      .quote_of = draft.quote_of,
      .quote_policy = draft.quote_policy,
      .reach = draft.reach,
  };
  if (!prepared.poll) return row;
  for (auto const& option : prepared.poll->options)
    row.poll_options += row.poll_options.empty() ? option : "\n" + option;
  row.poll_seconds = prepared.poll->seconds;
  row.poll_multiple = prepared.poll->multiple;
  row.poll_hide_totals = prepared.poll->hide_totals;
  return row;
}

Draft draft_of(db::Reader& r, ScheduledPost const& row) {
  Draft draft{
      .author = row.account,
      .app = row.app,
      .title = row.title,
      .summary = row.summary,
      .slug = row.slug,
      .cover = row.cover,
      .text = row.text,
      .source_type = row.source_type,
      .notice = row.notice,
      .sensitive = row.sensitive,
      .language = row.language,
      .visibility = row.visibility,
      .quote_policy = row.quote_policy,
      .reach = row.reach,
      .in_reply_to = row.in_reply_to,
      .quote_of = row.quote_of,
      .scheduled = row.id,
  };
  for (auto const& media : store::media_of_scheduled(r, {row.id})) draft.media.push_back(media.id);
  if (!row.poll_options.empty())
    draft.poll = PollDraft{poll_options_of(row), row.poll_seconds, row.poll_multiple, row.poll_hide_totals};
  return draft;
}

}  // namespace

std::vector<std::string> poll_options_of(ScheduledPost const& post) {
  std::vector<std::string> out;
  std::string_view rest = post.poll_options;
  while (!rest.empty()) {
    auto end = rest.find('\n');
    out.emplace_back(rest.substr(0, end));
    rest = end == rest.npos ? std::string_view{} : rest.substr(end + 1);
  }
  return out;
}

ScheduledPost schedule(db::Writer& w, Site const& site, Draft const& draft, Time due_at) {
  auto id = w.make_id<RowId>();
  if (!draft.idempotency_key.empty()) {
    if (auto made = store::take_key(w, draft.author, draft.idempotency_key, id.value)) {
      if (auto row = store::find_scheduled(w, RowId{*made})) return *row;
      refuse(Refusal::conflict, "This request has already been carried out");
    }
  }
  check_time(w, site, draft.author, due_at);
  auto most = site.limits.scheduled_posts;
  if (store::count_scheduled(w, draft.author) >= static_cast<std::int64_t>(most))
    refuse(invalid,
           fmt::format("Validation failed: You have exceeded the limit of {} scheduled posts", most));

  Prepared prepared = prepare(w, site, draft);
  ScheduledPost row = row_of(draft, prepared);
  row.id = id;
  row.due_at = due_at;
  store::insert_scheduled(w, row);
  store::reserve_media(w, row.id, prepared.media);
  jobs::add(w, jobs::PublishScheduled{row.id}, due_at);
  return row;
}

ScheduledPost find_own_scheduled(db::Reader& r, AccountId who, RowId id) {
  auto row = store::find_scheduled(r, id);
  if (!row || row->account != who) refuse(Refusal::not_found, "Record not found");
  return *row;
}

ScheduledPost reschedule(db::Writer& w, Site const& site, AccountId who, RowId id, Time due_at) {
  ScheduledPost row = find_own_scheduled(w, who, id);
  check_time(w, site, who, due_at);
  row.due_at = due_at;
  row.error.clear();
  store::update_scheduled(w, row.id, due_at, "");
  jobs::add(w, jobs::PublishScheduled{row.id}, due_at);
  return row;
}

void cancel_scheduled(db::Writer& w, AccountId who, RowId id) {
  ScheduledPost row = find_own_scheduled(w, who, id);
  std::vector<MediaId> media;
  for (auto const& one : store::media_of_scheduled(w, {row.id})) media.push_back(one.id);
  store::release_media(w, media, w.now());
  store::delete_scheduled(w, row.id);
  jobs::cancel(w, jobs::PublishScheduled{row.id});
}

void publish_scheduled(db::Writer& w, Site const& site, RowId id) {
  auto row = store::find_scheduled(w, id);
  if (!row) return;
  if (row->due_at > w.now()) {  // the clock was set back
    jobs::add(w, jobs::PublishScheduled{id}, row->due_at);
    return;
  }
  Draft draft = draft_of(w, *row);
  // Deleted first: of two processes with the same job one waits here and then finds nothing.
  if (!store::delete_scheduled(w, row->id)) return;
  publish(w, site, draft);
}

void keep_failure(db::Writer& w, RowId id, std::string_view error) {
  if (auto row = store::find_scheduled(w, id)) store::update_scheduled(w, id, row->due_at, error);
}

}  // namespace posy::social
