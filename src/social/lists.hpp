// Lists: made and changed by their owner alone; to everybody else they are not there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/list.hpp"

namespace posy::social {

struct ListChange {
  std::optional<std::string> title;
  std::optional<store::RepliesPolicy> replies_policy;
  std::optional<bool> exclusive;
};

store::List load_list(db::Reader& r, AccountId who, ListId id);  // not_found for somebody else's
store::List create_list(db::Writer& w, AccountId who, ListChange const& change);
store::List change_list(db::Writer& w, AccountId who, ListId id, ListChange const& change);
void delete_list(db::Writer& w, AccountId who, ListId id);

// Members must be followed by the owner (or be she): otherwise not_found, and nobody is added. Their latest
// posts enter the list's timeline, and leave it with them.
void add_to_list(db::Writer& w, AccountId who, ListId id, std::vector<AccountId> const& members);
void remove_from_list(db::Writer& w, AccountId who, ListId id, std::vector<AccountId> const& members);

}  // namespace posy::social
