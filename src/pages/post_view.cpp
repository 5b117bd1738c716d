#include "pages/post_view.hpp"

#include <algorithm>
#include <unordered_map>

#include "social/visibility.hpp"

namespace posy::pages {
namespace {

constexpr social::Viewer visitor{};

template <class Key, class T>
using Table = std::unordered_map<Key, T>;

// What hangs on the posts of a page.
struct Parts {
  Table<AccountId, store::Account> accounts;
  Table<PostId, store::PostStats> stats;
  Table<PostId, std::vector<store::Media>> media;
  Table<PostId, std::vector<store::Tag>> tags;
  Table<PollId, store::Poll> polls;
  Table<PollId, std::vector<store::PollOption>> options;
};

Table<PostId, store::Post> visible(db::Reader& r, std::vector<PostId> const& ids) {
  Table<PostId, store::Post> out;
  if (ids.empty()) return out;
  for (auto& post : store::posts_by_id(r, social::visible_posts(r, visitor, ids)))
    if (is_for_everybody(post)) out.emplace(post.id, std::move(post));
  return out;
}

Parts load_parts(db::Reader& r, Table<PostId, store::Post> const& posts) {
  Parts parts;
  std::vector<PostId> ids;
  std::vector<AccountId> accounts;
  std::vector<PollId> polls;
  for (auto const& [id, post] : posts) {
    accounts.push_back(post.author);
    if (post.in_reply_to_account) accounts.push_back(post.in_reply_to_account);
    if (post.boost_of) continue;  // shows nothing of its own
    ids.push_back(id);
    if (post.poll) polls.push_back(post.poll);
  }
  if (accounts.empty()) return parts;
  for (auto& account : store::accounts_by_id(r, accounts))
    parts.accounts.emplace(account.id, std::move(account));
  if (ids.empty()) return parts;
  for (auto const& stats : store::post_stats(r, ids)) parts.stats.emplace(stats.post, stats);
  for (auto& media : store::media_of(r, ids))
    if (media.state == store::MediaState::ready) parts.media[media.post].push_back(std::move(media));
  for (auto& tag : store::tags_of(r, ids)) parts.tags[tag.post].push_back(std::move(tag.tag));
  if (polls.empty()) return parts;
  for (auto& poll : store::polls_by_id(r, polls)) parts.polls.emplace(poll.id, std::move(poll));
  for (auto& option : store::options_of(r, polls)) parts.options[option.poll].push_back(std::move(option));
  return parts;
}

PostView make_view(store::Post const& post, Parts const& parts) {
  PostView view;
  view.post = post;
  view.author = parts.accounts.at(post.author);
  if (auto stats = parts.stats.find(post.id); stats != parts.stats.end()) view.stats = stats->second;
  if (auto media = parts.media.find(post.id); media != parts.media.end()) view.media = media->second;
  if (auto tags = parts.tags.find(post.id); tags != parts.tags.end()) view.tags = tags->second;
  if (post.in_reply_to_account && post.in_reply_to_account != post.author)
    if (auto account = parts.accounts.find(post.in_reply_to_account);
        account != parts.accounts.end() && !account->second.suspended_at)
      view.reply_to = account->second;
  if (auto poll = parts.polls.find(post.poll); poll != parts.polls.end()) {
    view.poll = poll->second;
    if (auto options = parts.options.find(post.poll); options != parts.options.end())
      view.options = options->second;
  }
  return view;
}

void want_emoji(Emoji& emoji, PostView const& view) {
  auto const& domain = view.author.domain;
  for (auto const* text : {&view.author.display_name, &view.post.content, &view.post.notice})
    emoji.want(domain, *text);
  for (auto const& option : view.options) emoji.want(domain, option.title);
  for (auto const* other : {&view.booster, &view.reply_to})
    if (*other) emoji.want((*other)->domain, (*other)->display_name);
  if (view.quote) want_emoji(emoji, *view.quote);
}

void note(Shows& shows, PostView const& view) {
  shows.add(view.post.id);
  shows.add(view.author.id);
  for (auto const* other : {&view.booster, &view.reply_to})
    if (*other) shows.add((*other)->id);
  if (view.quote) note(shows, *view.quote);
}

}  // namespace

bool is_for_everybody(store::Post const& post) {
  return post.visibility == store::Visibility::everyone || post.visibility == store::Visibility::unlisted;
}

PostViews load_posts(db::Reader& r, social::Site const& site, std::vector<PostId> const& ids, Shows& shows,
                     std::vector<store::Account> const& people) {
  // Boosts lead to what they boost, and both to what they quote: three steps, and no further.
  auto posts = visible(r, ids);
  for (auto next : {&store::Post::boost_of, &store::Post::quote_of}) {
    std::vector<PostId> linked;
    for (auto const& [id, post] : posts)
      if (post.*next && !posts.contains(post.*next)) linked.push_back(post.*next);
    posts.merge(visible(r, linked));
  }
  auto parts = load_parts(r, posts);

  PostViews out;
  for (auto id : ids) {
    auto found = posts.find(id);
    if (found == posts.end()) continue;
    auto original = found->second.boost_of ? posts.find(found->second.boost_of) : found;
    if (original == posts.end()) continue;
    auto view = make_view(original->second, parts);
    if (found != original) {
      shows.add(id);
      view.booster = parts.accounts.at(found->second.author);
      if (view.booster->suspended_at) continue;
    }
    auto quote = posts.find(view.post.quote_of);
    if (quote != posts.end() && view.post.quote_state == store::QuoteState::accepted)
      view.quote = std::make_shared<PostView const>(make_view(quote->second, parts));
    want_emoji(out.emoji, view);
    note(shows, view);
    out.posts.push_back(std::move(view));
  }
  for (auto const& person : people) {
    shows.add(person.id);
    out.emoji.want(person.domain, person.display_name);
    out.emoji.want(person.domain, person.note);
    out.emoji.want(person.domain, person.fields);
  }
  out.emoji.load(r, site);
  return out;
}

}  // namespace posy::pages
