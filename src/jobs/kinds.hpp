// The kinds of jobs: what each carries (ids, not copies of rows) and how patiently it is tried.
#pragma once

#include <boost/describe.hpp>
#include <chrono>
#include <string_view>

#include "base/id.hpp"

namespace posy::jobs {

struct PublishScheduled {
  static constexpr std::string_view kind = "publish_scheduled";
  RowId scheduled;
};
BOOST_DESCRIBE_STRUCT(PublishScheduled, (), (scheduled))

struct EndPoll {
  static constexpr std::string_view kind = "end_poll";
  PollId poll;
};
BOOST_DESCRIBE_STRUCT(EndPoll, (), (poll))

struct CleanUp {
  static constexpr std::string_view kind = "clean_up";
};
BOOST_DESCRIBE_STRUCT(CleanUp, (), ())

// Keys to sign with, for a new person.
struct MakeKeys {
  static constexpr std::string_view kind = "make_keys";
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(MakeKeys, (), (account))

// Holds the accounts of other servers to the rules about those, beginning after this one.
struct HoldAccounts {
  static constexpr std::string_view kind = "hold_accounts";
  AccountId after;
};
BOOST_DESCRIBE_STRUCT(HoldAccounts, (), (after))

// Wakes the loop that fetches pages: one is due (social/link_preview.hpp).
struct FetchPreview {
  static constexpr std::string_view kind = "fetch_preview";
  RowId preview;
};
BOOST_DESCRIBE_STRUCT(FetchPreview, (), (preview))
// Blocks, mutes, notes and followers here go from an account that has moved to the new one, some at a time.
struct CarryOver {
  static constexpr std::string_view kind = "carry_over";
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(CarryOver, (), (account))

// An alias or a move that somebody here wants: other servers are asked first.
struct AskToMove {
  static constexpr std::string_view kind = "ask_to_move";
  RowId request;
};
BOOST_DESCRIBE_STRUCT(AskToMove, (), (request))

// The posts of an account that is gone from its server, some at a time.
struct RemovePosts {
  static constexpr std::string_view kind = "remove_posts";
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(RemovePosts, (), (account))

// What an account held that was closed here, some at a time; and after some weeks the keys that it signed with.
struct CloseAccount {
  static constexpr std::string_view kind = "close_account";
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(CloseAccount, (), (account))

// What waits for a post that came later (social/join_thread.hpp), some at a time.
struct PlaceWaiting {
  static constexpr std::string_view kind = "place_waiting";
  PostId post;
};
BOOST_DESCRIBE_STRUCT(PlaceWaiting, (), (post))

// The posts of a thread whose first post has found its place in another one, some at a time.
struct MoveThread {
  static constexpr std::string_view kind = "move_thread";
  PostId post;
};
BOOST_DESCRIBE_STRUCT(MoveThread, (), (post))

// What a person of this server did and other servers should hear of; what `a` and `b` are stands beside it.
enum class Act : std::int64_t {
  create,          // a post
  update,          // a post
  remove,          // a post, of which only its tombstone is left
  announce,        // a boost
  unannounce,      // a boost that is gone, b what it boosted
  like,            // a post
  unlike,          // a post
  follow,          // a whom
  unfollow,        // a whom
  accept_follow,   // a who followed
  reject_follow,   // a who wanted to follow
  block,           // a whom
  unblock,         // a whom
  vote,            // a poll
  pin,             // a post
  unpin,           // a post
  profile,         // herself
  revoke_quote,    // a the post that quotes one of hers
  tally,           // a post whose poll has other counts
  move,            // a where to
  flag,            // a report, told in the name of the server
  close,           // herself: she is gone for ever
};

struct Send {
  static constexpr std::string_view kind = "send";
  std::int64_t act = 0;
  AccountId account;
  std::int64_t a = 0, b = 0;
};
BOOST_DESCRIBE_STRUCT(Send, (), (act, account, a, b))

// After a failure the job is tried again, each time after twice the time, at most `attempts` times in all.
struct Policy {
  std::string_view kind;
  int attempts;
  std::chrono::seconds first_delay;
  std::chrono::seconds longest_delay;
};

using namespace std::chrono_literals;
constexpr Policy policies[] = {
    {PublishScheduled::kind, 20, 10s, 1h},
    {EndPoll::kind, 12, 30s, 1h},
    {CleanUp::kind, 1'000'000, 1min, 1h},
    {MakeKeys::kind, 1'000, 1s, 1h},
    {Send::kind, 20, 10s, 1h},
    {HoldAccounts::kind, 1'000, 1s, 1h},
    {FetchPreview::kind, 3, 10s, 1h},
    {CarryOver::kind, 20, 10s, 1h},
    {AskToMove::kind, 20, 10s, 1h},
    {RemovePosts::kind, 20, 10s, 1h},
    {CloseAccount::kind, 1'000, 10s, 1h},
    {PlaceWaiting::kind, 20, 10s, 1h},
    {MoveThread::kind, 20, 10s, 1h},
};

constexpr Policy const* find_policy(std::string_view kind) {
  for (auto const& policy : policies)
    if (policy.kind == kind) return &policy;
  return nullptr;
}

}  // namespace posy::jobs
