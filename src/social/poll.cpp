#include "social/poll.hpp"

#include <algorithm>

#include "jobs/queue.hpp"
#include "social/live.hpp"
#include "social/notify.hpp"
#include "social/send.hpp"

namespace posy::social {
namespace {

constexpr auto invalid = Refusal::unprocessable;

// Elsewhere the counts are seen now and then while people vote, and at the end. Always at the same moments, so that
// many votes are one message.
constexpr std::chrono::minutes tally_interval{3};

void tell_counts(db::Writer& w, store::Poll const& poll, Time when) {
  auto post = store::find_post(w, poll.post);
  if (post && post->is_local)
    jobs::add(w, jobs::Send{static_cast<std::int64_t>(Act::tally), post->author, post->id.value, 0}, when);
}

Time next_tally(Time now) {
  return std::chrono::floor<std::chrono::minutes>(now) + tally_interval -
         std::chrono::floor<std::chrono::minutes>(now).time_since_epoch() % tally_interval;
}

bool has_ended(store::Poll const& poll, Time now) {
  return poll.expires_at && *poll.expires_at <= now;
}

void check_choices(db::Reader& r, store::Poll const& poll, std::vector<std::int64_t>& choices) {
  std::ranges::sort(choices);
  choices.erase(std::unique(choices.begin(), choices.end()), choices.end());
  if (choices.empty()) refuse(invalid, "Validation failed: Choices can't be blank");
  auto options = static_cast<std::int64_t>(store::options_of(r, {poll.id}).size());
  if (choices.front() < 0 || choices.back() >= options)
    refuse(invalid, "Validation failed: The chosen vote option does not exist");
  if (choices.size() > 1 && !poll.multiple)
    refuse(invalid, "Validation failed: You may choose only one option of this poll");
}

}  // namespace

store::Poll find_visible_poll(db::Reader& r, Viewer viewer, PollId id) {
  auto poll = store::find_poll(r, id);
  if (!poll) refuse(Refusal::not_found, "Record not found");
  find_visible_post(r, viewer, poll->post).value();
  return *poll;
}

store::Poll vote(db::Writer& w, AccountId who, PollId id, std::vector<std::int64_t> choices) {
  store::Poll poll = find_visible_poll(w, Viewer{who}, id);
  if (has_ended(poll, w.now())) refuse(invalid, "Validation failed: The poll has already ended");
  auto author = store::find_post(w, poll.post)->author;
  if (author == who)
    refuse(invalid, "Validation failed: You cannot vote in your own polls");
  check_choices(w, poll, choices);
  if (!store::insert_votes(w, poll.id, who, choices))
    refuse(invalid, "Validation failed: You have already voted on this poll");
  send_to(w, who, author, Act::vote, poll.id.value);
  tell_counts(w, poll, next_tally(w.now()));
  tell(w, Live::post_changed, poll.post.value, 1);
  return poll;
}

void add_vote(db::Writer& w, AccountId who, PollId id, int choice) {
  store::Poll poll = find_visible_poll(w, Viewer{who}, id);
  if (has_ended(poll, w.now())) return;
  if (!store::add_vote(w, poll, who, choice)) return;
  tell_counts(w, poll, next_tally(w.now()));
  tell(w, Live::post_changed, poll.post.value, 1);
}

void end_poll(db::Writer& w, PollId id) {
  auto poll = store::find_poll(w, id);
  if (!poll || poll->ended) return;
  if (!has_ended(*poll, w.now())) {  // the clock was set back
    if (poll->expires_at) jobs::add(w, jobs::EndPoll{id}, *poll->expires_at);
    return;
  }
  poll->ended = true;
  store::update_poll(w, *poll);

  tell_counts(w, *poll, w.now());
  auto author = store::find_post(w, poll->post)->author;
  notify(w, author, NotificationKind::poll, author, poll->post);
  for (auto voter : store::local_voters(w, poll->id))
    notify(w, voter, NotificationKind::poll, author, poll->post);
  tell(w, Live::post_changed, poll->post.value);
}

}  // namespace posy::social
