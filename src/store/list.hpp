// Lists: people whose posts somebody reads in a timeline of its own. The timeline's entries carry the list's
// id as theirs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "db/access.hpp"
#include "store/page.hpp"

namespace posy::store {

// Whose replies to others stand in a list: nobody's, those to members, those to anybody its owner follows.
enum class RepliesPolicy { none, list, followed };
constexpr EnumName<RepliesPolicy> replies_policy_names[] = {
    {RepliesPolicy::none, "none"}, {RepliesPolicy::list, "list"}, {RepliesPolicy::followed, "followed"}};
inline std::string_view name_of(RepliesPolicy policy) {
  return name_in(replies_policy_names, policy);
}
inline std::optional<RepliesPolicy> parse_enum(std::string_view name, RepliesPolicy*) {
  return find_in(replies_policy_names, name);
}

struct List {
  ListId id;
  AccountId account;  // its owner
  std::string title;
  RepliesPolicy replies_policy = RepliesPolicy::list;
  bool exclusive = false;  // its members do not stand in the home timeline
};
BOOST_DESCRIBE_STRUCT(List, (), (id, account, title, replies_policy, exclusive))

std::optional<List> find_list(db::Reader& r, AccountId owner, ListId id);
std::vector<List> lists_of(db::Reader& r, AccountId owner);                      // oldest first
std::vector<List> lists_with(db::Reader& r, AccountId owner, AccountId member);  // oldest first
void insert_list(db::Writer& w, List const& list);
void update_list(db::Writer& w, List const& list);
void delete_list(db::Writer& w, ListId id);  // and the entries of its timeline

// Paged by the id of the account.
std::vector<AccountId> list_members(db::Reader& r, ListId list, Page const& page);
void insert_list_members(db::Writer& w, ListId list, std::vector<AccountId> const& accounts);
void delete_list_members(db::Writer& w, ListId list, std::vector<AccountId> const& accounts);
// From all lists of `owner`.
void delete_list_member(db::Writer& w, AccountId owner, AccountId member);

}  // namespace posy::store
