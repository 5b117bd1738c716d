// How one account stands to another: follows, requests to follow, blocks, mutes, blocked domains, private
// notes, endorsements. What many of them say together is in relationship.hpp.
//
// Rows only: counts, timelines and notifications are the business of social/follow.hpp and its like.
// A mute that has expired is no mute; its row stays until the next one of the same person.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"
#include "store/page.hpp"

namespace posy::store {

// Also the row of `follow_request`.
struct Follow {
  RowId id;
  AccountId account;
  AccountId target;
  bool boosts = true;     // boosts of the target stand in the home timeline
  bool notify = false;    // each post of the target is a notification
  std::string languages;  // ISO 639 codes separated by blanks; empty: all
  Time created_at;
  bool by_local = true;  // the follower is of this server
  std::optional<std::string> uri;  // of the Follow, where another server sent it
};
BOOST_DESCRIBE_STRUCT(Follow, (), (id, account, target, boosts, notify, languages, created_at, by_local, uri))

struct Block {
  RowId id;
  AccountId account;
  AccountId target;
};
BOOST_DESCRIBE_STRUCT(Block, (), (id, account, target))

struct Mute {
  RowId id;
  AccountId account;
  AccountId target;
  bool notifications = true;
  std::optional<Time> expires_at;
};
BOOST_DESCRIBE_STRUCT(Mute, (), (id, account, target, notifications, expires_at))

struct DomainBlock {
  RowId id;
  AccountId account;
  std::string domain;
};
BOOST_DESCRIBE_STRUCT(DomainBlock, (), (id, account, domain))

// Somebody on a page of people; pages are walked by the id of the row that put her there.
struct Listed {
  RowId row;
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(Listed, (), (row, account))

std::optional<Follow> find_follow(db::Reader& r, AccountId account, AccountId target);
bool is_following(db::Reader& r, AccountId account, AccountId target);
// Those of `targets` whom `account` follows, in no order.
std::vector<AccountId> followed_among(db::Reader& r, AccountId account,
                                      std::vector<AccountId> const& targets);
bool insert_follow(db::Writer& w, Follow const& follow);  // false when it is there
void update_follow(db::Writer& w, Follow const& follow);  // boosts, notify and languages
bool delete_follow(db::Writer& w, AccountId account, AccountId target);
std::vector<Listed> followers_of(db::Reader& r, AccountId account, Page const& page);
std::vector<Listed> following_of(db::Reader& r, AccountId account, Page const& page);
// Those whom `viewer` follows and who follow `target`: at most `limit`, in no order.
std::vector<AccountId> familiar_followers(db::Reader& r, AccountId viewer, AccountId target, int limit);

std::optional<Follow> find_follow_request(db::Reader& r, AccountId account, AccountId target);
bool insert_follow_request(db::Writer& w, Follow const& request);
void update_follow_request(db::Writer& w, Follow const& request);
bool delete_follow_request(db::Writer& w, AccountId account, AccountId target);
std::vector<Listed> follow_requests_to(db::Reader& r, AccountId target, Page const& page);
std::int64_t count_follow_requests(db::Reader& r, AccountId target);

bool has_blocked(db::Reader& r, AccountId account, AccountId target);
// Either one has blocked the other.
bool is_blocked_between(db::Reader& r, AccountId one, AccountId other);
bool insert_block(db::Writer& w, Block const& block);
bool delete_block(db::Writer& w, AccountId account, AccountId target);
std::vector<Listed> blocks_of(db::Reader& r, AccountId account, Page const& page);

void put_mute(db::Writer& w, Mute const& mute);  // replaces an earlier one
bool delete_mute(db::Writer& w, AccountId account, AccountId target);
void delete_expired_mutes(db::Writer& w, AccountId account);
std::vector<Mute> mutes_of(db::Reader& r, AccountId account, Page const& page);

bool has_blocked_domain(db::Reader& r, AccountId account, std::string_view domain);
bool insert_domain_block(db::Writer& w, DomainBlock const& block);
bool delete_domain_block(db::Writer& w, AccountId account, std::string_view domain);
std::vector<DomainBlock> domain_blocks_of(db::Reader& r, AccountId account, Page const& page);

// What `account` noted about `target`, for her eyes only. An empty comment removes the note.
void put_account_note(db::Writer& w, AccountId account, AccountId target, std::string_view comment);

bool insert_endorsement(db::Writer& w, RowId id, AccountId account, AccountId target);
bool delete_endorsement(db::Writer& w, AccountId account, AccountId target);
std::vector<Listed> endorsements_of(db::Reader& r, AccountId account, Page const& page);

}  // namespace posy::store
