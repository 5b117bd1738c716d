#include "social/reach.hpp"

#include <algorithm>

#include "social/compose.hpp"
#include "social/visibility.hpp"
#include "store/login.hpp"

namespace posy::social {

using store::Post;
using store::Reach;
using store::Visibility;

namespace {

// Of a thread these are told: who is answered, whoever she answers, and so on; of what stands below and of boosts,
// whose servers hold the post itself, so many. Other answers to the same post are not among them: under a post that
// went round the world those are thousands, and their servers see this one when somebody opens the thread.
constexpr int steps_above_max = 50;
constexpr int below_max = 200;
constexpr int boosters_max = 200;
// Whoever edits a post again and again does not make its list longer without end.
constexpr std::size_t told_max = 10'000;

bool is_wide(Visibility visibility) {
  return visibility == Visibility::everyone || visibility == Visibility::unlisted;
}

// Nothing: it goes where posts go. What she says to herself goes the way of what it goes on with.
std::optional<Reach> choose_reach(db::Reader& r, Post const& post, std::optional<Post> const& parent,
                                  std::optional<Reach> asked) {
  if (post.visibility == Visibility::direct) return {};
  bool is_own = parent && parent->author == post.author;
  auto before = is_own ? store::find_reach(r, parent->id) : std::nullopt;
  bool is_answer = parent && (!is_own || before);
  if (asked && (is_answer || *asked == Reach::people)) return asked;
  if (!is_answer) return {};
  return before ? before->reach : reply_reach(r, post.author);
}

void append(std::vector<AccountId>& out, std::vector<AccountId> const& more) {
  out.insert(out.end(), more.begin(), more.end());
}

// Those who hold the thread and may read this.
std::vector<AccountId> people_around(db::Reader& r, Post const& post) {
  std::vector<AccountId> out;
  if (post.in_reply_to) append(out, store::authors_above(r, post.in_reply_to, steps_above_max));
  if (post.id) append(out, store::authors_below(r, post.id, below_max));
  if (post.id) append(out, store::boosters(r, post.id, boosters_max));
  if (is_wide(post.visibility)) return out;
  return store::followers_among(r, post.author, out);
}

std::vector<AccountId> people_in(db::Reader& r, Post const& post, std::vector<AccountId> out) {
  bool wide = is_wide(post.visibility);
  if (wide && post.in_reply_to_account) out.push_back(post.in_reply_to_account);
  // Whoever may not read it is not told that she is quoted.
  for (auto id : {post.boost_of, wide ? post.quote_of : PostId{}})
    if (auto other = id ? store::find_post(r, id) : std::nullopt) out.push_back(other->author);
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    auto end = text.find('\n');
    out.emplace_back(text.substr(0, end));
    text = end == text.npos ? std::string_view{} : text.substr(end + 1);
  }
  return out;
}

void sort_out(std::vector<std::string>& inboxes) {
  std::ranges::sort(inboxes);
  inboxes.erase(std::unique(inboxes.begin(), inboxes.end()), inboxes.end());
}

}  // namespace

Reach reply_reach(db::Reader& r, AccountId author) {
  auto login = store::find_login(r, author);
  switch (login ? login->reply_reach : store::ReplyReach::automatic) {
    case store::ReplyReach::followers: return Reach::followers;
    case store::ReplyReach::people: return Reach::people;
    case store::ReplyReach::automatic: break;
  }
  return store::count_inboxes(r, author, {}) < automatic_servers ? Reach::followers : Reach::people;
}

void keep_reach(db::Writer& w, Post const& post, std::optional<Post> const& parent, std::optional<Reach> asked) {
  if (auto reach = choose_reach(w, post, parent, asked)) store::insert_reach(w, {post.id, *reach});
}

Course set_course(db::Writer& w, Post const& post) {
  auto reach = store::find_reach(w, post.id);
  std::vector<AccountId> people;
  for (auto const& mention : store::mentions_of(w, {post.id})) people.push_back(mention.account);
  people = people_in(w, post, std::move(people));
  if (reach) append(people, people_around(w, post));
  Course out{.followers = post.visibility != Visibility::direct && (!reach || reach->reach == Reach::followers),
             .inboxes = store::inboxes_of(w, people)};
  sort_out(out.inboxes);
  // Whoever has it is told when it is deleted. Of a change only those who may still read it.
  auto told = lines_of(store::told_of(w, post.id));
  auto const before = told;
  for (auto const& inbox : out.inboxes)
    if (told.size() < told_max && !std::ranges::binary_search(before, inbox)) told.push_back(inbox);
  if (told.size() > before.size()) {
    std::ranges::sort(told);
    std::string kept;
    for (auto const& inbox : told) kept += inbox + "\n";
    store::keep_told(w, post.id, kept);
  }
  if (is_wide(post.visibility)) {
    auto const retired = store::retired_among(w, before);
    for (auto const& inbox : before)
      if (std::ranges::find(retired, inbox) == retired.end()) out.inboxes.push_back(inbox);
    sort_out(out.inboxes);
  }
  return out;
}

Cost cost_of(db::Reader& r, Site const& site, Draft const& draft) {
  auto author = store::find_account(r, draft.author);
  auto login = store::find_login(r, draft.author);
  if (!author || !login) refuse(Refusal::forbidden, "This action is not allowed");
  auto parent = find_referred(r, draft.author, draft.in_reply_to);
  auto quoted = find_referred(r, draft.author, draft.quote_of);
  std::string text = clean_text(draft.text);
  check_length(site, draft.title.empty() ? text : std::string(), clean_text(draft.notice));

  Post post;
  post.author = draft.author;
  post.visibility = choose_visibility(draft, *author, *login, quoted);
  if (parent) post.in_reply_to = parent->id, post.in_reply_to_account = parent->author;
  if (quoted) post.quote_of = quoted->id;
  auto people = people_in(r, post, mentioned_in(compose(r, site, text, draft.source_type)));

  Cost out{.visibility = post.visibility};
  out.is_answer = choose_reach(r, post, parent, {}).has_value();
  bool is_direct = post.visibility == Visibility::direct;
  out.reach = is_direct ? Reach::people : choose_reach(r, post, parent, draft.reach).value_or(Reach::followers);
  if (out.is_answer) append(people, people_around(r, post));
  auto inboxes = store::inboxes_of(r, people);
  out.people = std::ssize(inboxes);
  out.followers = is_direct ? out.people : store::count_inboxes(r, draft.author, inboxes);
  return out;
}

}  // namespace posy::social
