#include "pages/person.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "pages/context.hpp"
#include "store/login.hpp"

namespace posy::pages {
namespace {

constexpr int people_max = 100;

}  // namespace

store::Account load_person(db::Reader& r, std::string_view username, Shows& shows) {
  auto account = store::find_account(r, username, "");
  if (!account) refuse(Refusal::not_found, "Nobody of that name is here");
  shows.add(account->id);
  // An application that waits has no profile yet.
  auto login = store::find_login(r, account->id);
  if (login && !login->approved_at) refuse(Refusal::not_found, "Nobody of that name is here");
  if (account->suspended_at) refuse(Refusal::gone, "This account is not here any more");
  return *account;
}

std::vector<store::Account> discoverable_people(db::Reader& r) {
  return r.all<store::Account>(R"sql(
      select :row(a) from account a join login l on l.account = a.id
      where a.domain = '' and a.discoverable = 1 and a.suspended_at is null and a.silenced_at is null
        and l.approved_at is not null
      order by a.id limit $1
  )sql",
                               people_max);
}

std::string name_of(store::Account const& account) {
  return account.display_name.empty() ? account.username : account.display_name;
}

std::string name_html(store::Account const& account, Emoji const& emoji) {
  return emoji.put_in(account.domain, escape_html(name_of(account)));
}

std::string handle_of(social::Site const& site, store::Account const& account) {
  return account.username + "@" + (account.is_local() ? site.account_domain : account.domain);
}

std::string avatar_path(social::Site const& site, store::Account const& account) {
  return local_path(site, site.avatar_url(account));
}

std::string account_path(social::Site const& site, store::Account const& account) {
  return local_path(site, site.account_url(account));
}

bool hides_from_search(store::Account const& account) {
  return !account.indexable || account.silenced_at.has_value();
}

}  // namespace posy::pages
