#include "social/lists.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "store/relation.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"

namespace posy::social {

using store::List;

namespace {

constexpr std::size_t lists_max = 50;  // of one person
constexpr std::size_t title_characters_max = 256;
constexpr std::size_t members_at_once_max = 200;
// So many posts of a new member enter the list.
constexpr int fill_posts_max = 50;

void apply(ListChange const& change, List& list) {
  if (change.title) {
    list.title = text::scrub(*change.title);
    if (list.title.find_first_not_of(" \t\n") == std::string::npos)
      refuse(Refusal::unprocessable, "Validation failed: Title can't be blank");
    if (text::count_characters(list.title) > title_characters_max)
      refuse(Refusal::unprocessable, "Validation failed: Title is too long (maximum is 256 characters)");
  }
  if (change.replies_policy) list.replies_policy = *change.replies_policy;
  if (change.exclusive) list.exclusive = *change.exclusive;
}

void require_reasonable(std::vector<AccountId> const& members) {
  if (members.size() > members_at_once_max)
    refuse(Refusal::unprocessable, "Validation failed: too many accounts at once");
}

// The latest posts of each, from the id of the last that still belongs to them.
void fill(db::Writer& w, ListId list, std::vector<AccountId> const& members) {
  w.run(R"sql(
      insert into timeline_entry (timeline, post)
      select cast($1 as bigint), p.id
      from account a join post p on p.author = a.id
        and p.id >= coalesce((select id from post where author = a.id order by id desc limit 1 offset $3), 0)
      where a.id in ids($2)
        and p.visibility <= 2
        and (p.in_reply_to is null or p.in_reply_to_account = p.author)
      on conflict do nothing
  )sql",
        list, members, fill_posts_max);
}

}  // namespace

List load_list(db::Reader& r, AccountId who, ListId id) {
  auto list = store::find_list(r, who, id);
  if (!list) refuse(Refusal::not_found, not_found().message);
  return *list;
}

List create_list(db::Writer& w, AccountId who, ListChange const& change) {
  if (!change.title) refuse(Refusal::unprocessable, "Validation failed: Title can't be blank");
  if (store::lists_of(w, who).size() >= lists_max)
    refuse(Refusal::unprocessable, "Validation failed: You have reached the maximum number of lists");
  List list{.id = w.make_id<ListId>(), .account = who};
  apply(change, list);
  store::insert_list(w, list);
  return list;
}

List change_list(db::Writer& w, AccountId who, ListId id, ListChange const& change) {
  List list = load_list(w, who, id);
  apply(change, list);
  store::update_list(w, list);
  return list;
}

void delete_list(db::Writer& w, AccountId who, ListId id) {
  load_list(w, who, id);
  store::delete_list(w, id);
}

void add_to_list(db::Writer& w, AccountId who, ListId id, std::vector<AccountId> const& members) {
  load_list(w, who, id);
  require_reasonable(members);
  std::vector<AccountId> others = members;
  std::erase(others, who);
  std::ranges::sort(others);
  others.erase(std::unique(others.begin(), others.end()), others.end());
  if (store::followed_among(w, who, others).size() != others.size())
    refuse(Refusal::not_found, not_found().message);
  if (members.empty()) return;
  store::insert_list_members(w, id, members);
  fill(w, id, members);
}

void remove_from_list(db::Writer& w, AccountId who, ListId id, std::vector<AccountId> const& members) {
  load_list(w, who, id);
  require_reasonable(members);
  if (members.empty()) return;
  store::delete_list_members(w, id, members);
  w.run(R"sql(
      delete from timeline_entry
      where timeline = $1 and post in (select id from post where author in ids($2))
  )sql",
        id, members);
}

}  // namespace posy::social
