// The operator's rules about whole servers, the servers that are allowed, and the accounts that a rule holds.
//
// Rows only: what a rule means is in social/domain_rules.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "db/access.hpp"
#include "store/page.hpp"

namespace posy::store {

enum class Severity { noop, silence, suspend };  // from weak to strong

constexpr EnumName<Severity> severity_names[] = {
    {Severity::noop, "noop"}, {Severity::silence, "silence"}, {Severity::suspend, "suspend"}};
inline std::string_view name_of(Severity severity) { return name_in(severity_names, severity); }
inline std::optional<Severity> parse_enum(std::string_view name, Severity*) { return find_in(severity_names, name); }

struct DomainRule {
  RowId id;
  std::string domain;  // folded: lower case, punycode, no port
  Severity severity = Severity::silence;
  bool reject_media = false;
  bool reject_reports = false;
  std::string public_comment;
  std::string private_comment;
  bool obfuscate = false;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(DomainRule, (),
                      (id, domain, severity, reject_media, reject_reports, public_comment, private_comment, obfuscate,
                       created_at))

struct DomainAllow {
  RowId id;
  std::string domain;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(DomainAllow, (), (id, domain, created_at))

std::vector<DomainRule> all_domain_rules(db::Reader& r);  // by name
std::vector<DomainRule> domain_rules(db::Reader& r, Page const& page);
std::vector<DomainRule> domain_rules_named(db::Reader& r, std::vector<std::string> const& domains);  // in no order
std::optional<DomainRule> find_domain_rule(db::Reader& r, RowId id);
std::int64_t count_domain_rules(db::Reader& r);
void insert_domain_rule(db::Writer& w, DomainRule const& rule);
void update_domain_rule(db::Writer& w, DomainRule const& rule);  // all but id, domain and created_at
bool delete_domain_rule(db::Writer& w, RowId id);

std::vector<DomainAllow> all_domain_allows(db::Reader& r);  // by name
std::vector<DomainAllow> domain_allows(db::Reader& r, Page const& page);
std::optional<DomainAllow> find_domain_allow(db::Reader& r, RowId id);
std::optional<DomainAllow> find_domain_allow(db::Reader& r, std::string_view domain);
std::int64_t count_domain_allows(db::Reader& r);
bool insert_domain_allow(db::Writer& w, DomainAllow const& allow);  // false when it is there
bool delete_domain_allow(db::Writer& w, RowId id);

std::int64_t domain_rules_version(db::Reader& r);
void count_domain_rules_version(db::Writer& w);
// False when it was so already.
bool set_allow_list(db::Writer& w, bool on);

struct HeldAccount {
  AccountId account;
  int applied = 0;
  bool suspended = false;
  bool silenced = false;
  bool settled = true;
};
BOOST_DESCRIBE_STRUCT(HeldAccount, (), (account, applied, suspended, silenced, settled))

// Who lives elsewhere, as far as a rule can tell.
struct Stranger {
  AccountId id;
  std::string domain;
  std::string uri;
};
BOOST_DESCRIBE_STRUCT(Stranger, (), (id, domain, uri))

std::vector<Stranger> strangers_after(db::Reader& r, AccountId after, int limit);  // by id
std::vector<HeldAccount> held_accounts(db::Reader& r, std::vector<AccountId> const& accounts);  // in no order
void put_held_account(db::Writer& w, HeldAccount const& held);  // one with nothing to remember is removed

}  // namespace posy::store
