#include "social/domain_rules.hpp"

#include <algorithm>

#include "jobs/queue.hpp"
#include "social/live.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"

namespace posy::social {

using store::DomainAllow;
using store::DomainRule;

namespace {

bool is_folded(std::string_view host) {
  return !host.empty() && host.back() != '.' && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

std::string_view without_port(std::string_view host) {
  auto colon = host.rfind(':');
  auto bracket = host.rfind(']');
  if (colon == host.npos || (bracket != host.npos && colon < bracket)) return host;
  return host.substr(0, colon);
}

std::string_view parent_of(std::string_view domain) {
  auto dot = domain.find('.');
  return dot == domain.npos ? std::string_view() : domain.substr(dot + 1);
}

std::string looked_up(std::string_view host) {
  if (is_folded(host)) return std::string(host);
  if (auto folded = fold_host(host)) return *folded;
  // No domain name by the book, such as one with an underscore; those above it may be.
  auto bare = without_port(host);
  if (bare.ends_with('.')) bare.remove_suffix(1);
  return text::fold_username(bare);
}

std::string comment(std::string_view text) {
  return text::truncate(text::scrub(text), rule_comment_characters_max);
}

}  // namespace

Rule rule_of(DomainRule const& rule) { return {rule.severity, rule.reject_media, rule.reject_reports}; }

Rule stronger(Rule const& a, Rule const& b) {
  return {std::max(a.severity, b.severity), a.reject_media || b.reject_media, a.reject_reports || b.reject_reports};
}

std::optional<std::string> fold_host(std::string_view host) {
  host = without_port(host);
  if (host.ends_with('.')) host.remove_suffix(1);
  return text::to_ascii_domain(host);
}

std::string_view host_in(std::string_view uri) {
  auto start = uri.find("://");
  if (start == uri.npos) return {};
  uri.remove_prefix(start + 3);
  return uri.substr(0, uri.find_first_of("/?#"));
}

std::vector<std::string_view> with_parents(std::string_view domain) {
  std::vector<std::string_view> out;
  for (; !domain.empty(); domain = parent_of(domain)) out.push_back(domain);
  return out;
}

RuleSet::RuleSet(bool allow_list, std::vector<DomainRule> const& rules, std::vector<DomainAllow> const& allows)
    : allow_list_(allow_list) {
  rules_.reserve(rules.size());
  for (auto const& rule : rules) rules_.emplace(rule.domain, rule_of(rule));
  for (auto const& allow : allows) allowed_.insert(allow.domain);
}

Rule RuleSet::rule_for(std::string_view host) const {
  if (!allow_list_ && rules_.empty()) return {};
  auto domain = looked_up(host);
  auto out = named_rule(domain);
  if (allow_list_ && !is_allowed(domain)) out.severity = store::Severity::suspend;
  return out;
}

Rule RuleSet::rule_for_web(std::string_view host) const {
  return rules_.empty() ? Rule{} : named_rule(looked_up(host));
}

Rule RuleSet::named_rule(std::string_view domain) const {
  for (auto name = domain; !name.empty(); name = parent_of(name))
    if (auto found = rules_.find(name); found != rules_.end()) return found->second;
  return {};
}

bool RuleSet::is_allowed(std::string_view domain) const {
  for (auto name = domain; !name.empty(); name = parent_of(name))
    if (allowed_.contains(name)) return true;
  return false;
}

std::shared_ptr<RuleSet const> DomainRules::all() const {
  std::scoped_lock lock(mutex_);
  return rules_;
}

void DomainRules::refresh(db::Reader& r) {
  // Before the rules: they may then be newer than their number, and are read once more. Never older.
  auto version = store::domain_rules_version(r);
  {
    std::scoped_lock lock(mutex_);
    if (version == version_) return;
  }
  auto allows = allow_list_ ? store::all_domain_allows(r) : std::vector<DomainAllow>{};
  auto fresh = std::make_shared<RuleSet const>(allow_list_, store::all_domain_rules(r), allows);
  std::scoped_lock lock(mutex_);
  if (version < version_) return;
  rules_ = std::move(fresh);
  version_ = version;
}

std::string rule_domain(std::string_view given, Site const& site) {
  auto domain = fold_host(given);
  if (!domain) refuse(Refusal::unprocessable, "Validation failed: Domain is not a valid domain name");
  if (domain == fold_host(site.host) || domain == fold_host(site.account_domain))
    refuse(Refusal::unprocessable, "Validation failed: Domain is this server's own");
  return *domain;
}

std::optional<DomainRule> find_rule(db::Reader& r, std::string_view domain) {
  auto found = store::domain_rules_named(r, {std::string(domain)});
  if (found.empty()) return {};
  return std::move(found.front());
}

DomainRule put_rule(db::Writer& w, DomainRule rule) {
  rule.public_comment = comment(rule.public_comment);
  rule.private_comment = comment(rule.private_comment);
  if (auto known = find_rule(w, rule.domain)) {
    rule.id = known->id;
    rule.created_at = known->created_at;
    store::update_domain_rule(w, rule);
  } else {
    if (store::count_domain_rules(w) >= rules_max)
      refuse(Refusal::unprocessable, "There are too many rules about servers");
    rule.id = w.make_id<RowId>();
    rule.created_at = w.now();
    store::insert_domain_rule(w, rule);
  }
  rules_have_changed(w);
  return rule;
}

void remove_rule(db::Writer& w, RowId id) {
  if (!store::delete_domain_rule(w, id)) refuse(Refusal::not_found, "Record not found");
  rules_have_changed(w);
}

DomainAllow allow_domain(db::Writer& w, std::string const& domain) {
  if (auto known = store::find_domain_allow(w, domain)) return *known;
  if (store::count_domain_allows(w) >= rules_max) refuse(Refusal::unprocessable, "There are too many allowed servers");
  DomainAllow allow{.id = w.make_id<RowId>(), .domain = domain, .created_at = w.now()};
  store::insert_domain_allow(w, allow);
  rules_have_changed(w);
  return allow;
}

void disallow_domain(db::Writer& w, RowId id) {
  if (!store::delete_domain_allow(w, id)) refuse(Refusal::not_found, "Record not found");
  rules_have_changed(w);
}

void keep_federation_mode(db::Writer& w, bool allow_list) {
  if (store::set_allow_list(w, allow_list)) rules_have_changed(w);
}

void rules_have_changed(db::Writer& w) {
  store::count_domain_rules_version(w);
  jobs::add(w, jobs::HoldAccounts{}, w.now());
  tell(w, Live::rules_changed);
}

}  // namespace posy::social
