// Finding accounts by how their names begin: the username, and each word of the display name.
//
// `account_word` holds these words folded; store/account.cpp keeps it true with every insert and update.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/account.hpp"

namespace posy::store {

void index_names(db::Writer& w, Account const& account);

struct AccountQuery {
  std::string text;                 // "ali", "alice ex", "@alice@exam"
  AccountId viewer;                 // whom she follows comes first; nobody across a block
  bool only_followed = false;       // of those the viewer follows
  std::string_view account_domain;  // stands for the empty domain of local accounts
  int limit = 40;
  int offset = 0;
};

// An exact username first, then those the viewer follows, then by followers.
std::vector<AccountId> search_accounts(db::Reader& r, AccountQuery const& query);

// People who want to be found (`discoverable`), the latest to post or the newest first.
enum class DirectoryOrder { active, newest };
std::vector<AccountId> directory(db::Reader& r, AccountId viewer, DirectoryOrder order, bool local_only,
                                 int limit, int offset);

}  // namespace posy::store
