// Whom and what somebody keeps away. (docs.joinmastodon.org/methods/blocks, mutes, domain_blocks)
#include "api/mastodon/people.hpp"
#include "api/mastodon/routes.hpp"
#include "json/write.hpp"
#include "social/block.hpp"

namespace posy::api {
namespace {

using http::Method;

Task<http::Response> blocks(Api& api, Request const& request) {
  auto page = read_page(request, people_default, people_max);
  auto load = [&](db::Reader& r) {
    return show_people(api, r, store::blocks_of(r, request.account(), page));
  };
  People people = co_await api.db.read(load);
  co_return answer_people(api, request, page, std::move(people));
}

// A MutedAccount: the Account as it is rendered everywhere, with one more member.
std::string with_expiry(std::string account, std::optional<Time> expires_at) {
  account.pop_back();
  account += ",\"mute_expires_at\":";
  json::write(account, expires_at);
  account += '}';
  return account;
}

Task<http::Response> mutes(Api& api, Request const& request) {
  auto page = read_page(request, people_default, people_max);
  auto load = [&](db::Reader& r) {
    People out;
    std::vector<json::Raw> entities;
    auto rows = store::mutes_of(r, request.account(), page);
    std::vector<AccountId> accounts;
    for (auto const& mute : rows) accounts.push_back(mute.target);
    auto rendered = api.render.account_list(r, accounts);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      out.rows.push_back(rows[i].id);
      if (i < rendered.size() && !rendered[i].empty())
        entities.push_back({with_expiry(std::move(rendered[i]), rows[i].expires_at)});
    }
    out.body = json::to_json(entities);
    return out;
  };
  People people = co_await api.db.read(load);
  co_return answer_people(api, request, page, std::move(people));
}

struct Domains {
  std::vector<std::string> names;
  std::vector<RowId> rows;
};

Task<http::Response> domain_blocks(Api& api, Request const& request) {
  auto page = read_page(request, 100, 200);
  auto load = [&](db::Reader& r) {
    Domains out;
    for (auto& block : store::domain_blocks_of(r, request.account(), page)) {
      out.rows.push_back(block.id);
      out.names.push_back(std::move(block.domain));
    }
    return out;
  };
  Domains domains = co_await api.db.read(load);
  auto response = http::json(json::to_json(domains.names));
  add_links(response, api, request, page, domains.rows);
  co_return response;
}

struct DomainParams {
  std::string domain;
};
BOOST_DESCRIBE_STRUCT(DomainParams, (), (domain))

Task<http::Response> block_domain(Api& api, Request const& request) {
  auto params = request.read<DomainParams>();
  auto act = [&](db::Writer& w) {
    social::block_domain(w, request.account(), params.domain, api.site.account_domain);
  };
  co_await api.db.write(act);
  auto leave = [&](db::Writer& w) {
    return social::leave_some_of_domain(w, request.account(), params.domain);
  };
  for (bool is_more = true; is_more;) is_more = co_await api.db.write(leave);
  co_return http::json("{}");
}

Task<http::Response> unblock_domain(Api& api, Request const& request) {
  auto params = request.read<DomainParams>();
  auto act = [&](db::Writer& w) { social::unblock_domain(w, request.account(), params.domain); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/blocks", Scope::read_blocks, blocks},
    {Method::get, "/api/v1/mutes", Scope::read_mutes, mutes},
    {Method::get, "/api/v1/domain_blocks", Scope::read_blocks, domain_blocks},
    {Method::post, "/api/v1/domain_blocks", Scope::write_blocks, block_domain},
    {Method::delete_, "/api/v1/domain_blocks", Scope::write_blocks, unblock_domain},
};

}  // namespace

std::span<Route const> blocks_routes() {
  return routes;
}

}  // namespace posy::api
