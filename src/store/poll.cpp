#include "store/poll.hpp"

#include <algorithm>

namespace posy::store {

std::optional<Poll> find_poll(db::Reader& r, PollId id) {
  return r.find<Poll>("select :row from poll where id = $1", id);
}

std::vector<Poll> polls_by_id(db::Reader& r, std::vector<PollId> const& ids) {
  if (ids.empty()) return {};
  return r.all<Poll>("select :row from poll where id in ids($1)", ids);
}

std::vector<PollOption> options_of(db::Reader& r, std::vector<PollId> const& polls) {
  if (polls.empty()) return {};
  return r.all<PollOption>("select :row from poll_option where poll in ids($1) order by poll, position",
                           polls);
}

std::vector<PollVote> votes_of(db::Reader& r, AccountId account, std::vector<PollId> const& polls) {
  if (polls.empty() || !account) return {};
  return r.all<PollVote>(
      "select :row from poll_vote where poll in ids($2) and account = $1 order by poll, choice", account,
      polls);
}

std::vector<AccountId> local_voters(db::Reader& r, PollId poll) {
  return r.all<AccountId>(R"sql(
      select distinct v.account from poll_vote v join account a on a.id = v.account
      where v.poll = $1 and a.domain = ''
  )sql",
                          poll);
}

namespace {

void insert_options(db::Writer& w, PollId poll, std::vector<std::string> const& titles) {
  int position = 0;
  for (auto const& title : titles) w.insert("poll_option", PollOption{poll, position++, title, 0});
}

}  // namespace

void insert_poll(db::Writer& w, Poll const& poll, std::vector<std::string> const& titles) {
  w.insert("poll", poll);
  insert_options(w, poll.id, titles);
}

void update_poll(db::Writer& w, Poll const& p) {
  w.run("update poll set expires_at = $2, multiple = $3, hide_totals = $4, ended = $5 where id = $1", p.id,
        p.expires_at, p.multiple, p.hide_totals, p.ended);
}

void replace_options(db::Writer& w, PollId poll, std::vector<std::string> const& titles) {
  w.run("delete from poll_vote where poll = $1", poll);
  w.run("delete from poll_option where poll = $1", poll);
  w.run("update poll set voters = 0 where id = $1", poll);
  insert_options(w, poll, titles);
}

void delete_poll(db::Writer& w, PollId poll) {
  w.run("delete from poll where id = $1", poll);
}

bool insert_votes(db::Writer& w, PollId poll, AccountId account, std::vector<std::int64_t> const& choices) {
  // The row of the poll first: whoever votes at the same moment waits here, so the look is a safe one.
  w.run("update poll set voters = voters + 1 where id = $1", poll);
  bool has_voted =
      w.find<std::int64_t>("select 1 from poll_vote where poll = $1 and account = $2", poll, account)
          .has_value();
  if (has_voted) {
    w.run("update poll set voters = voters - 1 where id = $1", poll);
    return false;
  }
  for (auto choice : choices) w.insert("poll_vote", PollVote{poll, account, static_cast<int>(choice)});
  w.run("update poll_option set votes = votes + 1 where poll = $1 and position in ids($2)", poll, choices);
  return true;
}

bool add_vote(db::Writer& w, Poll const& poll, AccountId account, int choice) {
  // The row of the poll first, as above.
  w.run("update poll set voters = voters where id = $1", poll.id);
  auto before = w.all<int>("select choice from poll_vote where poll = $1 and account = $2", poll.id, account);
  bool is_first = before.empty();
  if (!is_first && (!poll.multiple || std::ranges::find(before, choice) != before.end())) return false;
  w.insert("poll_vote", PollVote{poll.id, account, choice});
  w.run("update poll_option set votes = votes + 1 where poll = $1 and position = $2", poll.id, choice);
  if (is_first) w.run("update poll set voters = voters + 1 where id = $1", poll.id);
  return true;
}

}  // namespace posy::store
