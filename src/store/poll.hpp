// Polls, their options and who voted for what.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct Poll {
  PollId id;
  PostId post;
  std::optional<Time> expires_at;
  bool multiple = false;
  bool hide_totals = false;
  std::int64_t voters = 0;
  bool ended = false;  // everybody concerned has been told
};
BOOST_DESCRIBE_STRUCT(Poll, (), (id, post, expires_at, multiple, hide_totals, voters, ended))

struct PollOption {
  PollId poll;
  int position = 0;
  std::string title;
  std::int64_t votes = 0;
};
BOOST_DESCRIBE_STRUCT(PollOption, (), (poll, position, title, votes))

struct PollVote {
  PollId poll;
  AccountId account;
  int choice = 0;
};
BOOST_DESCRIBE_STRUCT(PollVote, (), (poll, account, choice))

std::optional<Poll> find_poll(db::Reader& r, PollId id);
std::vector<Poll> polls_by_id(db::Reader& r, std::vector<PollId> const& ids);
std::vector<PollOption> options_of(db::Reader& r, std::vector<PollId> const& polls);  // by poll and position
std::vector<PollVote> votes_of(db::Reader& r, AccountId account, std::vector<PollId> const& polls);
std::vector<AccountId> local_voters(db::Reader& r, PollId poll);

void insert_poll(db::Writer& w, Poll const& poll, std::vector<std::string> const& titles);
void update_poll(db::Writer& w, Poll const& poll);  // all but id, post and voters
// New options: what was voted before is forgotten.
void replace_options(db::Writer& w, PollId poll, std::vector<std::string> const& titles);
void delete_poll(db::Writer& w, PollId poll);
// The votes of somebody who has not voted yet; false when she has (then nothing is changed).
// One choice of somebody elsewhere, whose server sends each by itself. False when it does not count.
bool add_vote(db::Writer& w, Poll const& poll, AccountId account, int choice);
bool insert_votes(db::Writer& w, PollId poll, AccountId account, std::vector<std::int64_t> const& choices);

}  // namespace posy::store
