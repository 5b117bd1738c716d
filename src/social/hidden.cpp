#include "social/hidden.hpp"

namespace posy::social {

std::unordered_set<AccountId> hidden_authors(db::Reader& r, Viewer viewer,
                                             std::vector<AccountId> const& authors) {
  if (!viewer.account || authors.empty()) return {};
  // Asked for the few authors of a page, so that the length of anybody's block list does not matter.
  auto hidden = r.all<AccountId>(R"sql(
      select target from mute
      where account = $1 and target in ids($2) and (expires_at is null or expires_at > $3)
      union all
      select target from block where account = $1 and target in ids($2)
      union all
      select account from block where account in ids($2) and target = $1
      union all
      select a.id from account a join domain_block d on d.account = $1 and d.domain = a.domain
      where a.id in ids($2)
  )sql",
                                 viewer.account, authors, r.now());
  return {hidden.begin(), hidden.end()};
}

}  // namespace posy::social
