#include "social/enter.hpp"

#include <algorithm>

#include "social/compose.hpp"
#include "social/conversations.hpp"
#include "social/links.hpp"
#include "social/live.hpp"
#include "social/notify.hpp"
#include "social/timelines.hpp"
#include "store/account.hpp"

namespace posy::social {

using store::Post;
using store::Visibility;

namespace {

void count(db::Writer& w, Post const& post) {
  if (post.visibility == Visibility::direct) return;
  store::count_post(w, post.author, post.created_at);
  tell(w, Live::account_changed, post.author.value);
  // What only followers may read must not show in anybody's counts.
  if (post.visibility == Visibility::followers) return;
  if (post.in_reply_to) {
    store::add_to_count(w, post.in_reply_to, store::PostCount::replies, 1);
    tell(w, Live::post_counts, post.in_reply_to.value);
  }
  if (post.quote_state == store::QuoteState::accepted) {
    store::add_to_count(w, post.quote_of, store::PostCount::quotes, 1);
    tell(w, Live::post_counts, post.quote_of.value);
  }
}

// One post is one notification: a quote beats a mention, a mention beats "she has posted". `receptions` of a private
// message, as far as they are known.
void announce(db::Writer& w, Post const& post, Surroundings const& around,
              std::map<AccountId, Reception> const& receptions) {
  std::vector<AccountId> told;
  if (post.quote_state == store::QuoteState::accepted) {
    notify(w, around.quoted_author, NotificationKind::quote, post.author, post.id);
    told.push_back(around.quoted_author);
  }
  for (auto account : around.mentioned) {
    if (std::ranges::find(told, account) != told.end()) continue;
    if (auto known = receptions.find(account); known != receptions.end())
      notify(w, account, NotificationKind::mention, post.author, post.id, known->second);
    else
      notify(w, account, NotificationKind::mention, post.author, post.id);
    told.push_back(account);
  }
  bool replies_to_other = post.in_reply_to && post.in_reply_to_account != post.author;
  if (post.visibility == Visibility::direct || replies_to_other) return;
  auto curious = w.all<AccountId>(
      "select account from follow where target = $1 and by_local = 1 and notify = 1", post.author);
  for (auto follower : curious) {
    if (std::ranges::find(told, follower) != told.end()) continue;
    notify(w, follower, NotificationKind::status, post.author, post.id);
  }
}

}  // namespace

void enter(db::Writer& w, Post const& post, Surroundings const& around) {
  store::insert_mentions(w, post.id, around.mentioned);
  std::vector<TagId> tags;
  for (auto const& tag : store::find_or_add_tags(w, around.tags)) tags.push_back(tag.id);
  store::insert_post_tags(w, post.id, tags);
  if (!around.urls.empty()) set_links(w, post.id, around.urls);
  index_new(w, post, around.text, around.has_media);
  if (around.is_news) spread(w, post, tags);
  std::map<AccountId, Reception> receptions;
  if (post.visibility == Visibility::direct) receptions = join_conversation(w, post, around.mentioned);
  if (around.is_news) announce(w, post, around, receptions);
  // Last, as these rows are locked until the commit, and many posts want the same ones: of one author, under one
  // tag, in answer to one post.
  // Trends are made of what everybody may see.
  if (post.visibility == Visibility::everyone && around.is_news)
    store::count_uses(w, tags, post.author, post.created_at);
  count(w, post);
  if (around.is_news) tell(w, Live::post_created, post.id.value);
}

void make_news(db::Writer& w, Post const& post) {
  Surroundings around;
  for (auto const& mention : store::mentions_of(w, {post.id})) around.mentioned.push_back(mention.account);
  if (auto quoted = post.quote_of ? store::find_post(w, post.quote_of) : std::nullopt)
    around.quoted_author = quoted->author;
  std::vector<TagId> tags;
  for (auto const& tag : store::tags_of(w, {post.id})) tags.push_back(tag.tag.id);
  bool is_new = spread(w, post, tags);
  announce(w, post, around, {});
  if (is_new) tell(w, Live::post_created, post.id.value);
}

}  // namespace posy::social
