// Rules about servers: what everybody may know, and what the owner and administrators set.
// (docs.joinmastodon.org/methods/instance#domain_blocks, methods/admin/domain_blocks, methods/admin/domain_allows)
#include "api/entities/domain_block.hpp"
#include "api/mastodon/paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/posy/operator.hpp"
#include "crypto/digest.hpp"
#include "json/write.hpp"
#include "social/domain_rules.hpp"
#include "store/login.hpp"

namespace posy::api {
namespace {

using http::Method;
using store::DomainAllow;
using store::DomainRule;
using store::Severity;

constexpr int page_default = 100;
constexpr int page_max = 200;

std::optional<std::string> unless_empty(std::string const& text) {
  if (text.empty()) return {};
  return text;
}

// The middle half is hidden, but for the dots; who knows the name recognises it, and can check by the digest.
std::string obfuscated(std::string domain) {
  auto shown = domain.size() / 4;
  for (std::size_t i = shown; i < domain.size() - shown; ++i)
    if (domain[i] != '.') domain[i] = '*';
  return domain;
}

std::string render_public(std::vector<DomainRule> const& rules) {
  std::vector<entities::DomainBlock> out;
  for (auto severity : {Severity::suspend, Severity::silence}) {
    for (auto const& rule : rules) {
      if (rule.severity != severity) continue;
      auto& shown = out.emplace_back();
      shown.domain = rule.obfuscate ? obfuscated(rule.domain) : rule.domain;
      shown.digest = crypto::sha256_hex(rule.domain);
      shown.severity = severity;
      if (!rule.public_comment.empty()) shown.comment = rule.public_comment;
    }
  }
  return json::to_json(out);
}

// There may be many, and anybody may ask: made once for each version of the rules.
Task<http::Response> show_public(Api& api, Request const&) {
  auto version_of = [](db::Reader& r) { return store::domain_rules_version(r); };
  std::int64_t version = co_await api.db.read(version_of);
  std::shared_ptr<std::string const> text;
  {
    std::scoped_lock lock(api.numbers.mutex);
    if (api.numbers.domain_blocks_version == version) text = api.numbers.domain_blocks;
  }
  if (!text) {
    auto load = [](db::Reader& r) { return render_public(store::all_domain_rules(r)); };
    std::string fresh = co_await api.db.read_long(load);
    text = std::make_shared<std::string const>(std::move(fresh));
    std::scoped_lock lock(api.numbers.mutex);
    api.numbers.domain_blocks = text;
    api.numbers.domain_blocks_version = version;
  }
  co_return http::json(*text);
}

std::string render(DomainRule const& rule) {
  return json::to_json(entities::AdminDomainBlock{.id = rule.id.str(),
                                                  .domain = rule.domain,
                                                  .digest = crypto::sha256_hex(rule.domain),
                                                  .created_at = rule.created_at,
                                                  .severity = rule.severity,
                                                  .reject_media = rule.reject_media,
                                                  .reject_reports = rule.reject_reports,
                                                  .private_comment = unless_empty(rule.private_comment),
                                                  .public_comment = unless_empty(rule.public_comment),
                                                  .obfuscate = rule.obfuscate});
}

std::string render(DomainAllow const& allow) {
  return json::to_json(entities::AdminDomainAllow{allow.id.str(), allow.domain, allow.created_at});
}

struct Shown {
  std::string body;
  std::vector<RowId> ids;
};

template <class Row>
Shown render_all(std::vector<Row> const& rows) {
  Shown out;
  std::vector<json::Raw> entities;
  for (auto const& row : rows) {
    out.ids.push_back(row.id);
    entities.push_back({render(row)});
  }
  out.body = json::to_json(entities);
  return out;
}

template <class Row, std::vector<Row> (*load_page)(db::Reader&, store::Page const&)>
Task<http::Response> list(Api& api, Request const& request) {
  auto page = read_page(request, page_default, page_max);
  auto load = [&](db::Reader& r) {
    require_admin(r, request.account());
    return render_all(load_page(r, page));
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.ids);
  co_return response;
}

template <class Row, std::optional<Row> (*find)(db::Reader&, RowId)>
Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto load = [&](db::Reader& r) {
    require_admin(r, request.account());
    auto row = find(r, id);
    if (!row) refuse(Refusal::not_found, "Record not found");
    return render(*row);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

struct BlockParams {
  std::optional<std::string> domain;
  std::optional<Severity> severity;
  std::optional<bool> reject_media;
  std::optional<bool> reject_reports;
  std::optional<std::string> private_comment;
  std::optional<std::string> public_comment;
  std::optional<bool> obfuscate;
};
BOOST_DESCRIBE_STRUCT(BlockParams, (),
                      (domain, severity, reject_media, reject_reports, private_comment, public_comment, obfuscate))

void apply(BlockParams const& params, DomainRule& rule) {
  rule.severity = params.severity.value_or(rule.severity);
  rule.reject_media = params.reject_media.value_or(rule.reject_media);
  rule.reject_reports = params.reject_reports.value_or(rule.reject_reports);
  rule.private_comment = params.private_comment.value_or(rule.private_comment);
  rule.public_comment = params.public_comment.value_or(rule.public_comment);
  rule.obfuscate = params.obfuscate.value_or(rule.obfuscate);
}

std::string read_domain(Api& api, std::optional<std::string> const& given) {
  if (!given || given->empty()) refuse(Refusal::unprocessable, "Validation failed: Domain can't be blank");
  return social::rule_domain(*given, api.site);
}

Task<http::Response> block(Api& api, Request const& request) {
  auto params = request.read<BlockParams>();
  auto act = [&](db::Writer& w) {
    require_admin(w, request.account());
    DomainRule rule{.domain = read_domain(api, params.domain)};
    if (social::find_rule(w, rule.domain))
      refuse(Refusal::unprocessable, "Validation failed: Domain has already been taken");
    apply(params, rule);
    return render(social::put_rule(w, std::move(rule)));
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

Task<http::Response> change(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto params = request.read<BlockParams>();
  auto act = [&](db::Writer& w) {
    require_admin(w, request.account());
    auto rule = store::find_domain_rule(w, id);
    if (!rule) refuse(Refusal::not_found, "Record not found");
    apply(params, *rule);
    return render(social::put_rule(w, std::move(*rule)));
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

Task<http::Response> unblock(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto act = [&](db::Writer& w) {
    require_admin(w, request.account());
    social::remove_rule(w, id);
  };
  co_await api.db.write(act);
  co_return http::json("{}");
}

struct AllowParams {
  std::optional<std::string> domain;
};
BOOST_DESCRIBE_STRUCT(AllowParams, (), (domain))

Task<http::Response> allow(Api& api, Request const& request) {
  auto params = request.read<AllowParams>();
  auto act = [&](db::Writer& w) {
    require_admin(w, request.account());
    return render(social::allow_domain(w, read_domain(api, params.domain)));
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

Task<http::Response> disallow(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto act = [&](db::Writer& w) {
    require_admin(w, request.account());
    auto row = store::find_domain_allow(w, id);
    if (!row) refuse(Refusal::not_found, "Record not found");
    social::disallow_domain(w, id);
    return render(*row);
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

constexpr auto list_blocks = list<DomainRule, store::domain_rules>;
constexpr auto list_allows = list<DomainAllow, store::domain_allows>;
constexpr auto show_block = show<DomainRule, store::find_domain_rule>;
constexpr auto show_allow = show<DomainAllow, store::find_domain_allow>;

constexpr Route routes[] = {
    {Method::get, "/api/v1/instance/domain_blocks", Scope::open, show_public},
    {Method::get, "/api/v1/admin/domain_blocks", Scope::admin_read_domain_blocks, list_blocks},
    {Method::get, "/api/v1/admin/domain_blocks/:id", Scope::admin_read_domain_blocks, show_block},
    {Method::post, "/api/v1/admin/domain_blocks", Scope::admin_write_domain_blocks, block},
    {Method::put, "/api/v1/admin/domain_blocks/:id", Scope::admin_write_domain_blocks, change},
    {Method::delete_, "/api/v1/admin/domain_blocks/:id", Scope::admin_write_domain_blocks, unblock},
    {Method::get, "/api/v1/admin/domain_allows", Scope::admin_read_domain_allows, list_allows},
    {Method::get, "/api/v1/admin/domain_allows/:id", Scope::admin_read_domain_allows, show_allow},
    {Method::post, "/api/v1/admin/domain_allows", Scope::admin_write_domain_allows, allow},
    {Method::delete_, "/api/v1/admin/domain_allows/:id", Scope::admin_write_domain_allows, disallow},
};

}  // namespace

std::span<Route const> admin_domains_routes() {
  return routes;
}

}  // namespace posy::api
