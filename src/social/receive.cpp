#include "social/receive.hpp"

#include <algorithm>

#include "jobs/queue.hpp"
#include "social/article_pictures.hpp"
#include "social/compose.hpp"
#include "social/enter.hpp"
#include "social/join_thread.hpp"
#include "social/link_preview.hpp"
#include "social/links.hpp"
#include "social/live.hpp"
#include "social/notify.hpp"
#include "social/quote.hpp"
#include "store/awaited.hpp"
#include "store/edit.hpp"
#include "store/poll.hpp"
#include "store/remote.hpp"
#include "store/remote_thread.hpp"
#include "store/remote_file.hpp"

namespace posy::social {

using store::Media;
using store::Post;

namespace {

constexpr int versions_max = 100;  // kept of one post; later edits change it without leaving one
constexpr int id_attempts_max = 100;
constexpr std::uint64_t odd_number = 0x9e3779b97f4a7c15;  // 2^64 / the golden ratio: neighbours come far apart
constexpr Time earliest{Milliseconds{946'684'800'000}};  // the year 2000

// Whoever says that she wrote it tomorrow wrote it now.
Time date_of(Arrival const& arrival, Time now) {
  return std::max(earliest, std::min(arrival.published.value_or(now), now));
}

// So that pages by id are pages by time, also of posts that are looked up long after. Most servers give the second
// only, and thousands may write in the same: they have its milliseconds between them.
PostId id_for(db::Writer& w, Time created_at) {
  constexpr std::int64_t sequence = 0xffff;
  for (int i = 0; i < id_attempts_max; ++i) {
    auto mixed = static_cast<std::uint64_t>(w.make_id<PostId>().value) * odd_number;
    auto number = static_cast<std::int64_t>(mixed >> 16);
    auto spread = std::min<std::int64_t>(999, to_milliseconds(w.now()) - to_milliseconds(created_at));
    bool is_whole_second = to_milliseconds(created_at) % 1000 == 0;
    auto moment = created_at + Milliseconds(is_whole_second && spread > 0 ? (number >> 16 & 0x7fffffff) % spread : 0);
    PostId id{first_id_at(moment) | (number & sequence)};
    if (!w.find<int>("select 1 from post where id = $1", id)) return id;
  }
  throw db::Failure(db::FailureKind::busy, "no id was found for a post of this moment");
}

void fill(Post& post, Arrival const& arrival) {
  post.title = arrival.title;
  post.summary = arrival.summary;
  post.content = arrival.content;
  post.notice = arrival.notice;
  post.sensitive = arrival.sensitive || !arrival.notice.empty();
  post.language = arrival.language;
  post.quote_policy = arrival.quote_policy;
}

void insert_media(db::Writer& w, Post const& post, std::vector<Media> const& arrived) {
  int position = 0;
  for (Media media : arrived) {
    media.id = w.make_id<MediaId>();
    media.account = post.author;
    media.post = post.id;
    media.position = position++;
    media.state = store::MediaState::ready;
    media.created_at = media.free_since = w.now();
    store::insert_media(w, media);
  }
}

void set_votes(db::Writer& w, PollId poll, ArrivedPoll const& arrived) {
  for (std::size_t i = 0; i < arrived.votes.size(); ++i)
    w.run("update poll_option set votes = $3 where poll = $1 and position = $2", poll, static_cast<int>(i),
          arrived.votes[i]);
  w.run("update poll set voters = $2 where id = $1", poll, arrived.voters);
}

PollId insert_poll(db::Writer& w, PostId post, ArrivedPoll const& arrived) {
  store::Poll poll{.id = w.make_id<PollId>(),
                   .post = post,
                   .expires_at = arrived.ends_at,
                   .multiple = arrived.multiple,
                   .ended = arrived.ends_at && *arrived.ends_at <= w.now()};
  store::insert_poll(w, poll, arrived.titles);
  set_votes(w, poll.id, arrived);
  if (poll.expires_at && !poll.ended) jobs::add(w, jobs::EndPoll{poll.id}, *poll.expires_at);
  return poll.id;
}

// True when people who see it should look again.
bool change_poll(db::Writer& w, Post& post, Arrival const& arrival) {
  auto poll = post.poll ? store::find_poll(w, post.poll) : std::nullopt;
  if (!arrival.poll || !poll) return false;
  std::vector<std::string> titles;
  for (auto const& option : store::options_of(w, {poll->id})) titles.push_back(option.title);
  bool other = titles != arrival.poll->titles || poll->multiple != arrival.poll->multiple;
  if (other) store::replace_options(w, poll->id, arrival.poll->titles);
  poll->multiple = arrival.poll->multiple;
  poll->expires_at = arrival.poll->ends_at;
  store::update_poll(w, *poll);
  set_votes(w, poll->id, *arrival.poll);
  if (poll->expires_at && !poll->ended) jobs::add(w, jobs::EndPoll{poll->id}, *poll->expires_at);
  return other;
}

bool is_same_media(Media const& a, Media const& b) {
  return a.remote_url == b.remote_url && a.description == b.description;
}

bool change_media(db::Writer& w, Post const& post, std::vector<Media> const& arrived) {
  auto before = store::media_of(w, {post.id});
  if (std::ranges::equal(before, arrived, is_same_media)) return false;
  std::vector<MediaId> gone;
  for (auto const& media : before) {
    gone.push_back(media.id);
    store::delete_media(w, media.id);
  }
  store::drop_remote_files(w, gone);
  insert_media(w, post, arrived);
  return true;
}

// In the text, those of its pictures that are among its media.
void show_pictures(db::Reader& r, Post& post, Arrival const& arrival) {
  if (arrival.pictures.empty() || !arrival.site) return;
  post.content = place_pictures(std::move(post.content), arrival.pictures, store::media_of(r, {post.id}), *arrival.site);
}

void put_policy(db::Writer& w, PostId post, Arrival const& arrival) {
  auto policy = arrival.policy;
  policy.post = post;
  store::put_policy(w, policy);
}

// An edit may bring the permission that was missing, or come without the one that it had.
void change_quote(db::Writer& w, Post const& post, Arrival const& arrival) {
  using store::QuoteState;
  if (arrival.quote_of != post.quote_of) {
    if (post.quote_of || !arrival.quote_of) return;
    store::set_quote(w, post.id, arrival.quote_of, QuoteState::pending);
  }
  if (arrival.quote_state == QuoteState::accepted) return accept_quote(w, post.id, arrival.quote_stamp);
  bool has_lost_it = arrival.quote_is_denied && post.quote_state == QuoteState::accepted &&
                     store::find_stamp(w, post.id).has_value();
  if (has_lost_it) reject_quote(w, post.id, QuoteState::revoked);
}

void keep_version(db::Writer& w, Post const& post, Time when) {
  std::string titles;
  for (auto const& option : store::options_of(w, {post.poll})) titles += option.title + "\n";
  store::PostEdit version{w.make_id<RowId>(), post.id, when, post.content, post.notice, post.sensitive, titles};
  std::vector<store::EditMedia> media;
  for (auto const& one : store::media_of(w, {post.id}))
    media.push_back({version.id, one.position, one.id, one.description});
  store::insert_edit(w, version, media);
}

void keep_emojis_of(db::Writer& w, Arrival const& arrival) {
  if (arrival.emojis.empty()) return;
  if (auto author = store::find_account(w, arrival.author)) keep_emojis(w, author->domain, arrival.emojis);
}

}  // namespace

Post receive_post(db::Writer& w, Arrival const& arrival) {
  if (auto known = store::find_post_by_uri(w, arrival.uri)) {
    if (arrival.is_news && known->author == arrival.author) make_news(w, *known);
    return *known;
  }
  if (store::was_deleted(w, arrival.uri)) refuse(Refusal::gone, "The post was deleted by its author");
  keep_emojis_of(w, arrival);
  Post post{.id = {}, .author = arrival.author, .created_at = date_of(arrival, w.now())};
  post.id = id_for(w, post.created_at);
  post.edited_at = arrival.edited;
  post.visibility = arrival.visibility;
  post.uri = arrival.uri;
  if (!arrival.url.empty()) post.url = arrival.url;
  fill(post, arrival);
  post.thread = post.id;
  if (auto parent = arrival.in_reply_to ? store::find_post(w, arrival.in_reply_to) : std::nullopt) {
    post.in_reply_to = parent->id;
    post.in_reply_to_account = parent->author;
    post.thread = thread_of(w, *parent);
  }
  post.quote_of = arrival.quote_of;
  post.quote_state = arrival.quote_state;
  store::insert_post(w, post);
  if (!post.in_reply_to && !arrival.awaited.empty()) store::put_awaiting(w, {post.id, arrival.awaited});
  put_policy(w, post.id, arrival);
  if (!arrival.quote_stamp.empty()) store::put_stamp(w, post.id, arrival.quote_stamp);
  if (!arrival.replies.empty() || !arrival.context.empty())
    store::put_remote_thread(w, {post.id, arrival.replies, arrival.context});
  insert_media(w, post, arrival.media);
  show_pictures(w, post, arrival);
  if (arrival.poll) post.poll = insert_poll(w, post.id, *arrival.poll);
  if (arrival.poll || !arrival.pictures.empty()) store::update_post_text(w, post);
  Surroundings around{
      .mentioned = arrival.mentioned, .tags = arrival.tags, .urls = arrival.urls, .text = arrival.text,
      .has_media = !arrival.media.empty(), .is_news = arrival.is_news};
  if (auto quoted = post.quote_of ? store::find_post(w, post.quote_of) : std::nullopt)
    around.quoted_author = quoted->author;
  enter(w, post, around);
  add_preview(w, post, !arrival.media.empty(), arrival.preview, arrival.is_news);
  place_waiting(w, post);
  return post;
}

void receive_edit(db::Writer& w, Arrival const& arrival) {
  auto found = store::find_post_by_uri(w, arrival.uri);
  if (!found || found->author != arrival.author || found->boost_of) return;
  Post const before = *found;
  if (before.edited_at && arrival.edited && *arrival.edited < *before.edited_at) return;
  keep_emojis_of(w, arrival);
  Post post = before;
  fill(post, arrival);
  show_pictures(w, post, arrival);
  put_policy(w, post.id, arrival);
  if (before.quote_policy != post.quote_policy) store::update_quote_policy(w, post.id, post.quote_policy);
  if (arrival.quote_of) change_quote(w, before, arrival);
  bool text_changed = before.title != post.title || before.summary != post.summary || before.content != post.content ||
                      before.notice != post.notice;
  bool is_edit = arrival.edited.has_value() && text_changed && store::count_edits(w, post.id, versions_max) < versions_max;
  if (is_edit && !store::has_edits(w, post.id)) keep_version(w, before, before.created_at);
  bool changed = change_media(w, post, arrival.media);
  if (changed) post.content = arrival.content;
  if (changed) show_pictures(w, post, arrival);
  changed |= change_poll(w, post, arrival);
  changed |= text_changed || before.sensitive != post.sensitive || before.language != post.language;
  if (!changed) {
    tell(w, Live::post_changed, post.id.value);  // votes
    return;
  }
  if (arrival.edited) post.edited_at = std::min(*arrival.edited, w.now());
  store::update_post_text(w, post);
  if (is_edit) keep_version(w, post, post.edited_at.value_or(w.now()));
  store::delete_mentions(w, post.id);
  store::insert_mentions(w, post.id, arrival.mentioned);
  set_links(w, post.id, arrival.urls);
  change_preview(w, post, !arrival.media.empty(), arrival.preview);
  index_changed(w, post);
  for (auto booster : store::local_boosters(w, post.id))
    notify(w, booster, NotificationKind::update, post.author, post.id);
  tell(w, Live::post_edited, post.id.value);
}

}  // namespace posy::social
