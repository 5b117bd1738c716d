// The operator's rules about whole servers: what they are, and the verbs that change them.
//
// A rule counts for its domain and all domains below it; the rule with the longest name wins, so that a part of a
// domain can be treated otherwise than the rest. Where only allowed servers are spoken with, every other one is as if
// suspended, and the rules come on top.
//
// Asked on every activity, delivery and fetch: so all rules lie in memory (RuleSet), bounded by `rules_max`, and
// `DomainRules` reads them again when their version has changed. What follows for accounts that are known already is
// done by a job (domain_holds.hpp).
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/error.hpp"
#include "social/site.hpp"
#include "store/domain_rule.hpp"

namespace posy::social {

constexpr std::int64_t rules_max = 50'000;  // and as many allowed domains
constexpr std::size_t rule_comment_characters_max = 2000;

// What a rule means for a server. Nothing at all is what most servers have.
struct Rule {
  store::Severity severity = store::Severity::noop;
  bool reject_media = false;
  bool reject_reports = false;

  bool is_suspended() const { return severity == store::Severity::suspend; }
  bool is_silenced() const { return severity == store::Severity::silence; }
  friend bool operator==(Rule const&, Rule const&) = default;
};
Rule rule_of(store::DomainRule const& rule);
Rule stronger(Rule const& a, Rule const& b);  // in each respect

// One spelling for a name of a server as anybody writes it: lower case, punycode, without port and final dot.
// Nothing when it is no domain name.
std::optional<std::string> fold_host(std::string_view host);
// What stands between "://" and the path.
std::string_view host_in(std::string_view uri);
// The domain itself and every domain above it, the longest first: "a.b.example", "b.example", "example".
std::vector<std::string_view> with_parents(std::string_view domain);

class RuleSet {
 public:
  RuleSet() = default;
  RuleSet(bool allow_list, std::vector<store::DomainRule> const& rules, std::vector<store::DomainAllow> const& allows);

  // Of a host or domain in any spelling. Pure, and cheap: no more looks into a table than the name has dots.
  Rule rule_for(std::string_view host) const;
  // The same without the list of allowed servers: for what lies in the web beside the servers that are spoken with,
  // such as pages that posts link to and the hosts that allowed servers keep their files on.
  Rule rule_for_web(std::string_view host) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  Rule named_rule(std::string_view domain) const;
  bool is_allowed(std::string_view domain) const;

  bool allow_list_ = false;
  std::unordered_map<std::string, Rule, Hash, std::equal_to<>> rules_;
  std::unordered_set<std::string, Hash, std::equal_to<>> allowed_;
};

// The rules as they were last read. Any thread may ask.
class DomainRules {
 public:
  explicit DomainRules(bool allow_list) : allow_list_(allow_list), rules_(std::make_shared<RuleSet const>()) {}

  Rule rule_for(std::string_view host) const { return all()->rule_for(host); }
  Rule rule_for_web(std::string_view host) const { return all()->rule_for_web(host); }
  std::shared_ptr<RuleSet const> all() const;
  bool is_allow_list() const { return allow_list_; }

  // Reads them again if they have changed. One row when they have not.
  void refresh(db::Reader& r);

 private:
  bool const allow_list_;
  mutable std::mutex mutex_;
  std::shared_ptr<RuleSet const> rules_;
  std::int64_t version_ = 0;
};

// The name that a rule is kept under. Refused (unprocessable): what is no domain name, and this server's own.
std::string rule_domain(std::string_view given, Site const& site);

// All that the rule says from now on; its domain is folded. `id` and `created_at` of a rule that is there stay.
store::DomainRule put_rule(db::Writer& w, store::DomainRule rule);
void remove_rule(db::Writer& w, RowId id);  // not_found
std::optional<store::DomainRule> find_rule(db::Reader& r, std::string_view domain);

store::DomainAllow allow_domain(db::Writer& w, std::string const& domain);  // the same when it is there already
void disallow_domain(db::Writer& w, RowId id);                             // not_found

// At the start: when the mode is another than last time, all accounts are held to it.
void keep_federation_mode(db::Writer& w, bool allow_list);
// Every process notices, and accounts are held to the rules as they are now. The verbs above call it.
void rules_have_changed(db::Writer& w);

}  // namespace posy::social
