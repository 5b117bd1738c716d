#include "api/render/renderer.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "api/entities/status.hpp"
#include "api/render/account.hpp"
#include "api/render/card.hpp"
#include "api/render/filter.hpp"
#include "api/render/media.hpp"
#include "base/lru.hpp"
#include "json/write.hpp"
#include "social/live.hpp"
#include "store/media.hpp"
#include "store/poll.hpp"

namespace posy::api {

using social::Viewer;
using store::QuotePolicy;
using store::QuoteState;
using store::Visibility;

namespace {

using CardPointer = std::shared_ptr<Card const>;
using Text = std::shared_ptr<std::string const>;

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::string join(std::vector<std::string> const& items) {
  std::size_t size = 2;
  for (auto const& item : items) size += item.size() + 1;
  std::string out;
  out.reserve(size);
  out += '[';
  for (auto const& item : items) {
    if (item.empty()) continue;
    if (out.size() > 1) out += ',';
    out += item;
  }
  out += ']';
  return out;
}

std::string_view name_of_state(QuoteState state) {
  switch (state) {
    case QuoteState::pending: return "pending";
    case QuoteState::accepted: return "accepted";
    case QuoteState::rejected: return "rejected";
    case QuoteState::revoked: return "revoked";
    case QuoteState::none:
    case QuoteState::deleted: break;
  }
  return "deleted";
}

}  // namespace

constexpr std::size_t filter_sets_max = 1000;
constexpr int all_contexts = 31;  // the bits of store::FilterContext

struct Renderer::State {
  State(social::Site const& site, std::size_t fragments_max)
      : site(site), cards(fragments_max), accounts(fragments_max), stats(fragments_max), filters(filter_sets_max) {}

  social::Site const& site;
  Lru<Card> cards;
  Lru<std::string> accounts;
  Lru<store::PostStats> stats;
  Lru<social::FilterSet> filters;  // by account
};

namespace {

// What all the posts of one page need, gathered before anything is written.
class PageOfPosts {
 public:
  PageOfPosts(db::Reader& r, Renderer::State& state, Viewer viewer)
      : r_(r), site_(state.site), state_(state), viewer_(viewer) {}

  void load(std::vector<PostId> const& posts, Origin origin) {
    load_cards(posts);
    std::vector<PostId> next;
    for (auto id : posts) add_linked(id, next);
    load_cards(next);  // what is boosted or quoted
    std::vector<PostId> last;
    for (auto id : next) add_linked(id, last);
    load_cards(last);  // what a boosted post quotes
    load_visibility(posts, origin);
    load_accounts();
    load_stats();
    drop_incomplete();
    load_marks();
    load_polls();
    load_filter_set();
  }

  Card const* card(PostId id) const {
    auto found = cards_.find(id);
    return found == cards_.end() ? nullptr : found->second.get();
  }

  bool is_visible(PostId id) const { return visible_.contains(id); }

  // `depth` counts down the quotes that may still be written out.
  void write(std::string& out, PostId id, int depth = 2, std::string const* source = nullptr,
             std::string const* essay = nullptr) const {
    auto const& card = *cards_.at(id);
    entities::StatusView view;
    auto const& stats = *stats_.at(id);
    view.replies_count = stats.replies;
    view.reblogs_count = stats.boosts;
    view.favourites_count = stats.favourites;
    view.quotes_count = stats.quotes;
    view.account = accounts_.at(card.author);
    if (card.preview) {
      view.card = *card.preview;
      auto author = accounts_.find(card.preview_author);
      if (author != accounts_.end() && author->second) view.card->authors.front().account = author->second;
    }
    if (card.boost_of) {
      std::string inner;
      write(inner, card.boost_of, depth);
      view.reblog = json::Raw{std::move(inner)};
    }
    if (card.quote_of) view.quote = make_quote(card, depth);
    if (card.poll)
      if (auto poll = polls_.find(card.poll); poll != polls_.end()) view.poll = json::Raw{poll->second};
    view.quote_approval = make_approval(card);
    if (viewer_.account) {
      PostId shown = card.boost_of ? card.boost_of : card.id;
      view.favourited = favourited_.contains(shown.value);
      view.bookmarked = bookmarked_.contains(shown.value);
      view.reblogged = boosted_.contains(shown.value);
      view.muted = muted_.contains(card.thread.value);
      if (card.author == viewer_.account && !card.boost_of) view.pinned = pinned_.contains(shown.value);
      view.filtered = json::Raw{filtered(shown)};
    }
    if (source) view.text = *source;
    if (essay) view.essay_content = *essay;
    out += card.text;
    auto at = out.size();
    json::write(out, view);
    out[at] = ',';  // the bracket that opens the second half
  }

 private:
  void load_cards(std::vector<PostId> const& ids) {
    std::vector<PostId> missing;
    for (auto id : ids) {
      if (cards_.contains(id)) continue;
      if (auto card = state_.cards.find(id.value)) cards_.emplace(id, std::move(card));
      else missing.push_back(id);
    }
    if (missing.empty()) return;
    for (auto& card : make_cards(r_, site_, missing)) {
      state_.cards.put(card->id.value, card, r_.epoch());
      cards_.emplace(card->id, std::move(card));
    }
  }

  void add_linked(PostId id, std::vector<PostId>& out) const {
    auto const* found = card(id);
    if (!found) return;
    if (found->boost_of) out.push_back(found->boost_of);
    if (found->quote_of) out.push_back(found->quote_of);
  }

  // Public posts need a look at blocks only, once an author; the rest goes through social::visible_posts.
  void load_visibility(std::vector<PostId> const& posts, Origin origin) {
    std::vector<PostId> narrow;
    std::vector<AccountId> authors;
    std::unordered_set<AccountId> cleared{viewer_.account};
    if (origin == Origin::timeline) cleared = authors_of(posts);
    for (auto const& [id, card] : cards_)
      if (!cleared.contains(card->author)) authors.push_back(card->author);
    sort_unique(authors);
    std::unordered_set<AccountId> apart;
    if (viewer_.account && !authors.empty())
      for (auto id : r_.all<AccountId>(R"sql(
          select j.value from each_id($2) j
          where (select 1 from block where account = $1 and target = j.value) is not null
             or (select 1 from block where account = j.value and target = $1) is not null
      )sql",
                                       viewer_.account, authors))
        apart.insert(id);
    for (auto const& [id, card] : cards_) {
      if (card->boost_of) continue;
      bool wide = card->visibility == Visibility::everyone || card->visibility == Visibility::unlisted;
      if (card->author == viewer_.account) visible_.insert(id);
      else if (card->author_suspended || apart.contains(card->author)) continue;
      else if (wide) visible_.insert(id);
      else narrow.push_back(id);
    }
    for (auto id : social::visible_posts(r_, viewer_, narrow)) visible_.insert(id);
    for (auto const& [id, card] : cards_)
      if (card->boost_of && visible_.contains(card->boost_of) && !apart.contains(card->author)) visible_.insert(id);
  }

  // Of posts and of what they boost.
  std::unordered_set<AccountId> authors_of(std::vector<PostId> const& posts) const {
    std::unordered_set<AccountId> out{viewer_.account};
    for (auto id : posts) {
      auto const* post = card(id);
      auto const* boosted = post && post->boost_of ? card(post->boost_of) : nullptr;
      if (post) out.insert(post->author);
      if (boosted) out.insert(boosted->author);
    }
    return out;
  }

  void load_accounts() {
    std::vector<AccountId> missing;
    for (auto const& [id, card] : cards_) {
      if (accounts_.contains(card->author)) continue;
      auto text = state_.accounts.find(card->author.value);
      if (!text) missing.push_back(card->author);
      accounts_.emplace(card->author, std::move(text));
    }
    for (auto const& [id, card] : cards_) {
      if (!card->preview_author || accounts_.contains(card->preview_author)) continue;
      auto text = state_.accounts.find(card->preview_author.value);
      if (!text) missing.push_back(card->preview_author);
      accounts_.emplace(card->preview_author, std::move(text));
    }
    for (auto const& account : store::accounts_by_id(r_, missing)) {
      auto text = std::make_shared<std::string const>(json::to_json(load_account(r_, site_, account)));
      state_.accounts.put(account.id.value, text, r_.epoch());
      accounts_[account.id] = std::move(text);
    }
  }

  void load_stats() {
    std::vector<PostId> missing;
    for (auto const& [id, card] : cards_) {
      auto stats = state_.stats.find(id.value);
      if (!stats) missing.push_back(id);
      stats_.emplace(id, std::move(stats));
    }
    for (auto const& row : store::post_stats(r_, missing)) {
      auto stats = std::make_shared<store::PostStats const>(row);
      state_.stats.put(row.post.value, stats, r_.epoch());
      stats_[row.post] = std::move(stats);
    }
  }

  // On PostgreSQL each statement sees its own moment: a post may be gone between its text and its counts.
  void drop_incomplete() {
    for (auto const& [id, card] : cards_)
      if (!stats_.at(id) || !accounts_.at(card->author)) visible_.erase(id);
    for (auto const& [id, card] : cards_)
      if (card->boost_of && !visible_.contains(card->boost_of)) visible_.erase(id);
  }

  // What the viewer did with these posts.
  void load_marks() {
    if (!viewer_.account) return;
    std::vector<PostId> posts, threads;
    bool own = false;
    for (auto const& [id, card] : cards_) {
      if (!card->boost_of) posts.push_back(id);
      threads.push_back(card->thread);
      own = own || card->author == viewer_.account;
    }
    sort_unique(threads);
    // By subqueries, as a join may be planned from the side of all that the viewer ever did.
    auto take = [&](std::int64_t id, bool favourited, bool bookmarked, bool boosted, bool pinned) {
      if (favourited) favourited_.insert(id);
      if (bookmarked) bookmarked_.insert(id);
      if (boosted) boosted_.insert(id);
      if (pinned) pinned_.insert(id);
    };
    r_.each<std::int64_t, bool, bool, bool, bool>(R"sql(
        select j.value,
          case when (select 1 from favourite where account = $1 and post = j.value) is null then 0 else 1 end,
          case when (select 1 from bookmark where account = $1 and post = j.value) is null then 0 else 1 end,
          case when (select 1 from post where boost_of = j.value and author = $1) is null then 0 else 1 end,
          case when $3 = 0 or (select 1 from pin where account = $1 and post = j.value) is null then 0 else 1 end
        from each_id($2) j
    )sql",
                                                 take, viewer_.account, posts, own);
    for (auto id : r_.all<std::int64_t>("select thread from thread_mute where account = $1 and thread in ids($2)",
                                        viewer_.account, threads))
      muted_.insert(id);
    std::vector<AccountId> limited;
    for (auto const& [id, card] : cards_)
      if (card->quote_policy == QuotePolicy::followers && card->author != viewer_.account)
        limited.push_back(card->author);
    if (!limited.empty())
      for (auto id : r_.all<AccountId>("select target from follow where account = $1 and target in ids($2)",
                                       viewer_.account, limited))
        followed_.insert(id);
  }

  std::unordered_map<AccountId, std::string> domains_of(std::unordered_map<PollId, AccountId> const& authors) {
    std::vector<AccountId> ids;
    for (auto const& [poll, author] : authors) ids.push_back(author);
    std::unordered_map<AccountId, std::string> out;
    for (auto const& account : store::accounts_by_id(r_, ids)) out.emplace(account.id, account.domain);
    return out;
  }

  void load_polls() {
    std::vector<PollId> ids;
    std::unordered_map<PollId, AccountId> authors;
    for (auto const& [id, card] : cards_)
      if (card->poll) {
        ids.push_back(card->poll);
        authors.emplace(card->poll, card->author);
      }
    if (ids.empty()) return;
    std::unordered_map<PollId, std::vector<store::PollOption>> options;
    std::unordered_map<PollId, std::vector<store::PollVote>> votes;
    for (auto& option : store::options_of(r_, ids)) options[option.poll].push_back(std::move(option));
    if (viewer_.account)
      for (auto& vote : store::votes_of(r_, viewer_.account, ids)) votes[vote.poll].push_back(vote);
    auto domains = domains_of(authors);
    for (auto const& poll : store::polls_by_id(r_, ids)) {
      std::string titles;
      for (auto const& option : options[poll.id]) titles += option.title + " ";
      auto emojis = emojis_in(r_, site_, domains[authors.at(poll.id)], titles);
      polls_.emplace(poll.id, json::to_json(make_poll(poll, options[poll.id], votes[poll.id], viewer_,
                                                      authors.at(poll.id), r_.now(), std::move(emojis))));
    }
  }

  void load_filter_set() {
    if (!viewer_.account) return;
    filters_ = state_.filters.find(viewer_.account.value);
    if (filters_) return;
    filters_ = std::make_shared<social::FilterSet const>(social::load_filters(r_, viewer_.account));
    state_.filters.put(viewer_.account.value, filters_, r_.epoch());
  }

  // Every filter that matches, wherever it is for: clients look at its contexts.
  std::string filtered(PostId id) const {
    if (filters_->empty()) return "[]";
    auto matches = social::match(*filters_, all_contexts, card(id)->search, id, r_.now());
    return matches.empty() ? "[]" : render_filter_results(matches, id);
  }

  entities::Quote make_quote(Card const& card, int depth) const {
    entities::Quote quote;
    quote.state = name_of_state(card.quote_state);
    bool show = card.quote_state == QuoteState::accepted;
    auto const* quoted = this->card(card.quote_of);
    if (show && depth <= 0) {
      quote.quoted_status_id = card.quote_of.str();
      return quote;
    }
    quote.quoted_status = std::optional<json::Raw>{};
    if (!show) return quote;
    if (!quoted) {
      quote.state = "deleted";
    } else if (!is_visible(card.quote_of)) {
      quote.state = "unauthorized";
    } else {
      std::string inner;
      write(inner, card.quote_of, 0);
      quote.quoted_status = std::optional<json::Raw>{json::Raw{std::move(inner)}};
    }
    return quote;
  }

  entities::QuoteApproval make_approval(Card const& card) const {
    bool open = card.visibility == Visibility::everyone || card.visibility == Visibility::unlisted;
    entities::QuoteApproval out;
    out.current_user = "denied";
    if (open && card.quote_policy == QuotePolicy::everyone) out.automatic = {"public"};
    if (open && card.quote_policy == QuotePolicy::followers) out.automatic = {"followers"};
    if (!viewer_.account) return out;
    bool allowed = card.author == viewer_.account ||
                   (open && (card.quote_policy == QuotePolicy::everyone ||
                             (card.quote_policy == QuotePolicy::followers && followed_.contains(card.author))));
    if (allowed) out.current_user = "automatic";
    return out;
  }

  db::Reader& r_;
  social::Site const& site_;
  Renderer::State& state_;
  Viewer viewer_;

  std::unordered_map<PostId, CardPointer> cards_;
  std::unordered_map<AccountId, Text> accounts_;
  std::unordered_map<PostId, std::shared_ptr<store::PostStats const>> stats_;
  std::unordered_set<PostId> visible_;
  std::unordered_map<PollId, std::string> polls_;
  std::unordered_set<std::int64_t> favourited_, bookmarked_, boosted_, pinned_, muted_;
  std::unordered_set<AccountId> followed_;
  std::shared_ptr<social::FilterSet const> filters_;
};

}  // namespace

Renderer::Renderer(social::Site const& site, std::size_t fragments_max)
    : state_(std::make_unique<State>(site, fragments_max)) {}
Renderer::~Renderer() = default;

std::vector<std::string> Renderer::status_list(db::Reader& r, Viewer viewer, std::vector<PostId> const& posts,
                                               Origin origin) {
  std::vector<std::string> out(posts.size());
  if (posts.empty()) return out;
  PageOfPosts page(r, *state_, viewer);
  page.load(posts, origin);
  for (std::size_t i = 0; i < posts.size(); ++i)
    if (page.is_visible(posts[i])) page.write(out[i], posts[i]);
  return out;
}

std::string Renderer::statuses(db::Reader& r, Viewer viewer, std::vector<PostId> const& posts, Origin origin) {
  return join(status_list(r, viewer, posts, origin));
}

std::string Renderer::status(db::Reader& r, Viewer viewer, PostId post) {
  PageOfPosts page(r, *state_, viewer);
  page.load({post}, Origin::anywhere);
  if (!page.is_visible(post)) refuse(Refusal::not_found, "Record not found");
  std::string out;
  auto row = page.card(post)->is_essay ? store::find_post(r, post) : std::nullopt;
  page.write(out, post, 2, nullptr, row ? &row->content : nullptr);
  return out;
}

std::string Renderer::deleted_status(db::Reader& r, Viewer viewer, PostId post) {
  auto row = store::find_post(r, post);
  if (!row || row->author != viewer.account) refuse(Refusal::not_found, "Record not found");
  PageOfPosts page(r, *state_, viewer);
  page.load({post}, Origin::anywhere);
  if (!page.is_visible(post)) refuse(Refusal::not_found, "Record not found");
  std::string out;
  page.write(out, post, 2, &row->source);
  return out;
}

std::vector<std::string> Renderer::account_list(db::Reader& r, std::vector<AccountId> const& accounts) {
  std::unordered_map<AccountId, Text> texts;
  std::vector<AccountId> missing;
  for (auto id : accounts) {
    if (texts.contains(id)) continue;
    auto text = state_->accounts.find(id.value);
    if (!text) missing.push_back(id);
    texts.emplace(id, std::move(text));
  }
  for (auto const& account : store::accounts_by_id(r, missing)) {
    auto entity = load_account(r, state_->site, account);
    auto text = std::make_shared<std::string const>(json::to_json(entity));
    // With another account in it: nobody would drop it when that one changes.
    if (!entity.moved) state_->accounts.put(account.id.value, text, r.epoch());
    texts[account.id] = std::move(text);
  }
  std::vector<std::string> out;
  for (auto id : accounts) out.push_back(texts[id] ? *texts[id] : std::string());
  return out;
}

std::string Renderer::accounts(db::Reader& r, std::vector<AccountId> const& accounts) {
  return join(account_list(r, accounts));
}

std::string Renderer::account(db::Reader& r, AccountId account) {
  auto list = account_list(r, {account});
  if (list.front().empty()) refuse(Refusal::not_found, "Record not found");
  return std::move(list.front());
}

std::string Renderer::poll(db::Reader& r, Viewer viewer, PollId id) {
  auto poll = store::find_poll(r, id);
  if (!poll) refuse(Refusal::not_found, "Record not found");
  auto post = social::find_visible_post(r, viewer, poll->post).value();
  auto options = store::options_of(r, {id});
  std::string titles;
  for (auto const& option : options) titles += option.title + " ";
  auto author = store::find_account(r, post.author);
  std::vector<store::PollVote> votes;
  if (viewer.account) votes = store::votes_of(r, viewer.account, {id});
  return json::to_json(make_poll(*poll, options, votes, viewer, post.author, r.now(),
                                 emojis_in(r, state_->site, author ? author->domain : "", titles)));
}

std::string Renderer::media(db::Reader& r, MediaId id) {
  auto media = store::find_media(r, id);
  if (!media) refuse(Refusal::not_found, "Record not found");
  return json::to_json(make_media(state_->site, *media));
}

void Renderer::on_event(db::Event const& event) {
  switch (static_cast<social::Live>(event.kind)) {
    case social::Live::post_edited:
    case social::Live::post_deleted:
    case social::Live::post_changed:
      state_->cards.drop(event.a, event.epoch);
      state_->stats.drop(event.a, event.epoch);
      return;
    case social::Live::post_counts:
      state_->stats.drop(event.a, event.epoch);
      return;
    case social::Live::account_changed:
      state_->accounts.drop(event.a, event.epoch);
      return;
    case social::Live::filters_changed:
      state_->filters.drop(event.a, event.epoch);
      return;
    case social::Live::emoji_changed:
    case social::Live::rules_changed:
      state_->cards.clear(event.epoch);
      state_->accounts.clear(event.epoch);
      return;
    default: return;
  }
}

}  // namespace posy::api
