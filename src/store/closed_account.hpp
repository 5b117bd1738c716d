// People of this server who closed their accounts. The row of the account stays behind, empty: its name is not given
// away again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct ClosedAccount {
  AccountId account;
  Time closed_at;
  std::string told_up_to;  // in the order of server_inboxes_after(): these have the Delete on its way
};
BOOST_DESCRIBE_STRUCT(ClosedAccount, (), (account, closed_at, told_up_to))

std::optional<ClosedAccount> find_closed(db::Reader& r, AccountId account);
bool insert_closed(db::Writer& w, ClosedAccount const& closed);  // false when it was closed before
void set_told_up_to(db::Writer& w, AccountId account, std::string_view inbox);

// Where servers elsewhere are reached, each address once, in an order of its own; without those that are retired.
// `last` is where to go on, empty at the end.
struct ServerInboxes {
  std::vector<std::string> inboxes;
  std::string last;
};
ServerInboxes server_inboxes_after(db::Reader& r, std::string_view after, int limit);

// Her way in: login, sessions in browsers, tokens of apps.
void end_sign_in(db::Writer& w, AccountId account);
// What she read and what others told her, at most so many rows; true while there may be more.
bool forget_some_reading(db::Writer& w, AccountId account, int limit);
// What she had set up for herself: lists, filters, blocks, notes and so on.
void forget_own_things(db::Writer& w, AccountId account);

}  // namespace posy::store
