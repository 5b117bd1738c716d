#include "store/domain_rule.hpp"

namespace posy::store {

std::vector<DomainRule> all_domain_rules(db::Reader& r) {
  return r.all<DomainRule>("select :row from domain_rule order by domain");
}

std::vector<DomainRule> domain_rules(db::Reader& r, Page const& page) {
  static PagedSql const sql("select :row from domain_rule where :page(id)");
  return sql.all<DomainRule>(r, page);
}

std::vector<DomainRule> domain_rules_named(db::Reader& r, std::vector<std::string> const& domains) {
  if (domains.empty()) return {};
  return r.all<DomainRule>("select :row from domain_rule where domain in texts($1)", domains);
}

std::optional<DomainRule> find_domain_rule(db::Reader& r, RowId id) {
  return r.find<DomainRule>("select :row from domain_rule where id = $1", id);
}

std::int64_t count_domain_rules(db::Reader& r) {
  return r.one<std::int64_t>("select count(*) from domain_rule");
}

void insert_domain_rule(db::Writer& w, DomainRule const& rule) { w.insert("domain_rule", rule); }

void update_domain_rule(db::Writer& w, DomainRule const& rule) {
  w.run(R"sql(
      update domain_rule set severity = $2, reject_media = $3, reject_reports = $4, public_comment = $5,
        private_comment = $6, obfuscate = $7
      where id = $1
  )sql",
        rule.id, rule.severity, rule.reject_media, rule.reject_reports, rule.public_comment, rule.private_comment,
        rule.obfuscate);
}

bool delete_domain_rule(db::Writer& w, RowId id) { return w.run("delete from domain_rule where id = $1", id) > 0; }

std::vector<DomainAllow> all_domain_allows(db::Reader& r) {
  return r.all<DomainAllow>("select :row from domain_allow order by domain");
}

std::vector<DomainAllow> domain_allows(db::Reader& r, Page const& page) {
  static PagedSql const sql("select :row from domain_allow where :page(id)");
  return sql.all<DomainAllow>(r, page);
}

std::optional<DomainAllow> find_domain_allow(db::Reader& r, RowId id) {
  return r.find<DomainAllow>("select :row from domain_allow where id = $1", id);
}

std::optional<DomainAllow> find_domain_allow(db::Reader& r, std::string_view domain) {
  return r.find<DomainAllow>("select :row from domain_allow where domain = $1", domain);
}

std::int64_t count_domain_allows(db::Reader& r) {
  return r.one<std::int64_t>("select count(*) from domain_allow");
}

bool insert_domain_allow(db::Writer& w, DomainAllow const& allow) { return w.insert_new("domain_allow", allow); }

bool delete_domain_allow(db::Writer& w, RowId id) { return w.run("delete from domain_allow where id = $1", id) > 0; }

std::int64_t domain_rules_version(db::Reader& r) {
  return r.one<std::int64_t>("select version from domain_rules_state where id = 1");
}

void count_domain_rules_version(db::Writer& w) {
  w.run("update domain_rules_state set version = version + 1 where id = 1");
}

bool set_allow_list(db::Writer& w, bool on) {
  return w.run("update domain_rules_state set allow_list = $1 where id = 1 and allow_list <> $1", on) > 0;
}

std::vector<Stranger> strangers_after(db::Reader& r, AccountId after, int limit) {
  return r.all<Stranger>(R"sql(
      select id, domain, coalesce(uri, '') from account
      where id > $1 and domain <> ''
      order by id limit $2
  )sql",
                         after.value, limit);  // the number: as an id, 0 would be null
}

std::vector<HeldAccount> held_accounts(db::Reader& r, std::vector<AccountId> const& accounts) {
  if (accounts.empty()) return {};
  return r.all<HeldAccount>("select :row from held_account where account in ids($1)", accounts);
}

void put_held_account(db::Writer& w, HeldAccount const& held) {
  w.run("delete from held_account where account = $1", held.account);
  if (held.applied != 0 || !held.settled) w.insert("held_account", held);
}

}  // namespace posy::store
