// What one person does to one post without writing anything: favourites, bookmarks, pins, muted threads.
// Each exists once or not at all; inserting and deleting say whether anything changed.
#pragma once

#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"
#include "store/page.hpp"

namespace posy::store {

// The row of `favourite`, `bookmark` and `pin`.
struct Mark {
  RowId id;
  AccountId account;
  PostId post;
};
BOOST_DESCRIBE_STRUCT(Mark, (), (id, account, post))

bool insert_favourite(db::Writer& w, AccountId account, PostId post);
bool delete_favourite(db::Writer& w, AccountId account, PostId post);
std::vector<Mark> favourites_by(db::Reader& r, AccountId account, Page const& page);
std::vector<Mark> favourites_of(db::Reader& r, PostId post, Page const& page);

bool insert_bookmark(db::Writer& w, AccountId account, PostId post);
bool delete_bookmark(db::Writer& w, AccountId account, PostId post);
std::vector<Mark> bookmarks_by(db::Reader& r, AccountId account, Page const& page);

bool insert_pin(db::Writer& w, AccountId account, PostId post);
bool delete_pin(db::Writer& w, AccountId account, PostId post);
std::int64_t count_pins(db::Reader& r, AccountId account);

bool insert_thread_mute(db::Writer& w, AccountId account, PostId thread);
bool delete_thread_mute(db::Writer& w, AccountId account, PostId thread);

// Which of these posts the account has marked so.
std::vector<PostId> favourited_among(db::Reader& r, AccountId account, std::vector<PostId> const& posts);
std::vector<PostId> bookmarked_among(db::Reader& r, AccountId account, std::vector<PostId> const& posts);
std::vector<PostId> pinned_among(db::Reader& r, AccountId account, std::vector<PostId> const& posts);
std::vector<PostId> muted_among(db::Reader& r, AccountId account, std::vector<PostId> const& threads);

}  // namespace posy::store
