// Moves from one account to another, the aliases that make them believable, and what people here asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/account.hpp"
#include "store/relation.hpp"

namespace posy::store {

// What is carried over for the people of this server, in this order: those who shut her out come first.
enum class MoveStep { blocks, mutes, notes, follows, done };

struct Move {
  AccountId account;
  AccountId target;
  bool redirects = false;  // a profile of this server says that its owner has moved
  Time begun_at;
  RowId last_follow;  // follows with larger ids are younger than the move, and stay
  MoveStep step = MoveStep::blocks;
  std::int64_t position = 0;   // within the step: the last account that is done
  std::int64_t followers = 0;  // of this server, who follow the new account since
};
BOOST_DESCRIBE_STRUCT(Move, (), (account, target, redirects, begun_at, last_follow, step, position, followers))

std::optional<Move> find_move(db::Reader& r, AccountId account);
void put_move(db::Writer& w, Move const& move);  // in place of an earlier one of the same account
void update_move(db::Writer& w, Move const& move);  // redirects, step, position and followers

// Where an account has moved to, as its profile says; none when it has not.
AccountId moved_to(db::Reader& r, AccountId account);
// The same for people of this server only, who can do less after that.
bool has_left(db::Reader& r, AccountId local);
void set_moved_to(db::Writer& w, AccountId remote, AccountId target);

// People of this server, by their ids, from behind `after`.
std::vector<AccountId> blockers_of(db::Reader& r, AccountId target, std::int64_t after, int limit);
std::vector<AccountId> local_followers_of(db::Reader& r, AccountId target, std::int64_t after, RowId last_follow,
                                          int limit);
// Of them, who are not yet looked at.
std::int64_t count_left_behind(db::Reader& r, Move const& move);
std::vector<Mute> mutes_about(db::Reader& r, AccountId target, std::int64_t after, int limit);
bool add_mute(db::Writer& w, Mute const& mute);  // false when there is one, which stays

struct NoteAbout {
  AccountId account;  // whose note
  std::string comment;
};
BOOST_DESCRIBE_STRUCT(NoteAbout, (), (account, comment))
std::vector<NoteAbout> notes_about(db::Reader& r, AccountId target, std::int64_t after, int limit);
// If there is none.
void add_account_note(db::Writer& w, AccountId account, AccountId target, std::string_view comment);
// Into all lists of `owner` that hold `member`.
void put_beside_in_lists(db::Writer& w, AccountId owner, AccountId member, AccountId other);

struct Alias {
  AccountId account;
  std::string uri;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(Alias, (), (account, uri, created_at))
std::vector<Alias> aliases_of(db::Reader& r, AccountId local);  // oldest first
bool insert_alias(db::Writer& w, Alias const& alias);           // false when it is there
bool delete_alias(db::Writer& w, AccountId local, std::string_view uri);
// Whether an account, ours or another server's, says that it is also the actor with this id.
bool is_known_as(db::Reader& r, Account const& account, std::string_view uri);

enum class MoveRequestKind { alias, move };
enum class MoveRequestState { waits, taken, done, refused };
struct MoveRequest {
  RowId id;
  AccountId account;
  MoveRequestKind kind = MoveRequestKind::alias;
  std::string target;  // a handle or an address, as it was typed
  MoveRequestState state = MoveRequestState::waits;
  std::string message;  // what it was refused with
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(MoveRequest, (), (id, account, kind, target, state, message, created_at))
std::optional<MoveRequest> find_move_request(db::Reader& r, RowId id);
void insert_move_request(db::Writer& w, MoveRequest const& request);
void delete_move_requests(db::Writer& w, AccountId account, Time before);
// False when it is over. It may be taken again, for who took it may have died.
bool take_move_request(db::Writer& w, RowId id);
// False when somebody has taken it.
bool withdraw_move_request(db::Writer& w, RowId id);
void finish_move_request(db::Writer& w, RowId id, MoveRequestState state, std::string_view message);

}  // namespace posy::store
