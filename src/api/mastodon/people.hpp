// Pages of accounts: followers, blocks, endorsements ... The cursors are ids of the rows that put people on
// the page, which only the Link header tells.
#pragma once

#include <string>
#include <vector>

#include "api/mastodon/paging.hpp"
#include "api/render/renderer.hpp"
#include "store/relation.hpp"

namespace posy::api {

constexpr int people_default = 40;
constexpr int people_max = 80;

struct People {
  std::string body;
  std::vector<RowId> rows;
};

inline People show_people(Api& api, db::Reader& r, std::vector<store::Listed> const& listed) {
  People out;
  std::vector<AccountId> accounts;
  for (auto const& entry : listed) {
    accounts.push_back(entry.account);
    out.rows.push_back(entry.row);
  }
  out.body = api.render.accounts(r, accounts);
  return out;
}

inline http::Response answer_people(Api& api, Request const& request, store::Page const& page,
                                    People people) {
  auto response = http::json(std::move(people.body));
  add_links(response, api, request, page, people.rows);
  return response;
}

}  // namespace posy::api
