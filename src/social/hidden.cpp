#include "social/hidden.hpp"

namespace posy::social {

std::unordered_set<AccountId> hidden_authors(db::Reader& r, Viewer viewer,
                                             std::vector<AccountId> const& authors) {
  if (!viewer.account || authors.empty()) return {};
  // Asked for the few authors of a page, so that the length of anybody's block list does not matter.
  auto hidden = r.all<AccountId>(R"sql(
      select j.value from each_id($2) j
      where (select 1 from mute
             where account = $1 and target = j.value and (expires_at is null or expires_at > $3)) is not null
         or (select 1 from block where account = $1 and target = j.value) is not null
         or (select 1 from block where account = j.value and target = $1) is not null
         or (select 1 from account a join domain_block d on d.account = $1 and d.domain = a.domain
             where a.id = j.value) is not null
  )sql",
                                 viewer.account, authors, r.now());
  return {hidden.begin(), hidden.end()};
}

}  // namespace posy::social
