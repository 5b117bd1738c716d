#include "store/other_name.hpp"

#include "text/normalize.hpp"

namespace posy::store {
namespace {

std::string handle_key(std::string_view username, std::string_view host) {
  return text::fold_username(username) + "@" + std::string(host);
}

void put(db::Writer& w, std::string_view name, PageOf const& of, bool is_page) {
  if (name.size() > other_name_bytes_max) return;
  if (of.account) w.run("delete from other_name where account = $1 and is_page = $2", of.account, is_page);
  if (of.post) w.run("delete from other_name where post = $1", of.post);
  w.run(R"sql(
      insert into other_name (name, account, post, is_page) values ($1, $2, $3, $4)
      on conflict (name) do update set account = excluded.account, post = excluded.post, is_page = excluded.is_page
  )sql",
        name, of.account, of.post, is_page);
}

}  // namespace

std::optional<Account> find_account_by_other_handle(db::Reader& r, std::string_view username, std::string_view host) {
  return r.find<Account>(R"sql(
      select :row(a) from other_name o join account a on a.id = o.account where o.name = $1 and o.is_page = 0
  )sql",
                         handle_key(username, host));
}

void put_other_handle(db::Writer& w, Account const& account, std::string_view host) {
  auto known = find_account_by_other_handle(w, account.username, host);
  if (known && known->id == account.id) return;
  put(w, handle_key(account.username, host), {account.id, {}}, false);
}

std::optional<PageOf> find_page_of(db::Reader& r, std::string_view address) {
  return r.find<PageOf>("select account, post from other_name where name = $1 and is_page = 1", address);
}

void put_page_of(db::Writer& w, std::string_view address, PageOf const& of) { put(w, address, of, true); }

}  // namespace posy::store
