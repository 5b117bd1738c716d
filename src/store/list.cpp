#include "store/list.hpp"

namespace posy::store {

std::optional<List> find_list(db::Reader& r, AccountId owner, ListId id) {
  return r.find<List>("select :row from list where id = $1 and account = $2", id, owner);
}

std::vector<List> lists_of(db::Reader& r, AccountId owner) {
  return r.all<List>("select :row from list where account = $1 order by id", owner);
}

std::vector<List> lists_with(db::Reader& r, AccountId owner, AccountId member) {
  return r.all<List>(R"sql(
      select :row(l) from list l
      where l.account = $1 and exists (select 1 from list_member where list = l.id and account = $2)
      order by l.id
  )sql",
                     owner, member);
}

void insert_list(db::Writer& w, List const& list) {
  w.insert("list", list);
}

void update_list(db::Writer& w, List const& list) {
  w.run("update list set title = $2, replies_policy = $3, exclusive = $4 where id = $1", list.id, list.title,
        list.replies_policy, list.exclusive);
}

void delete_list(db::Writer& w, ListId id) {
  w.run("delete from timeline_entry where timeline = $1", id);
  w.run("delete from list where id = $1", id);
}

std::vector<AccountId> list_members(db::Reader& r, ListId list, Page const& page) {
  static PagedSql const sql("select account from list_member where list = $4 and :page(account)");
  return sql.all<AccountId>(r, page, list);
}

void insert_list_members(db::Writer& w, ListId list, std::vector<AccountId> const& accounts) {
  w.run(R"sql(
      insert into list_member (list, account)
      select cast($1 as bigint), id from account where id in ids($2)
      on conflict do nothing
  )sql",
        list, accounts);
}

void delete_list_members(db::Writer& w, ListId list, std::vector<AccountId> const& accounts) {
  w.run("delete from list_member where list = $1 and account in ids($2)", list, accounts);
}

void delete_list_member(db::Writer& w, AccountId owner, AccountId member) {
  w.run("delete from list_member where account = $2 and list in (select id from list where account = $1)",
        owner, member);
}

}  // namespace posy::store
