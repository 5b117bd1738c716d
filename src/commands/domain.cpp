// posy domain block | unblock | allow | disallow | list | import | export
//
// A running server notices within two seconds (federation/rules_watch.hpp).
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "commands/commands.hpp"
#include "server/app.hpp"
#include "social/domain_list.hpp"
#include "social/domain_rules.hpp"

namespace posy::commands {
namespace {

using store::DomainRule;
using store::Severity;

// Mastodon's people say "limit", its API "silence".
Severity read_severity(std::string const& name) {
  if (name == "limit") return Severity::silence;
  return store::parse_enum(name, static_cast<Severity*>(nullptr)).value();
}

auto severity_check() { return CLI::IsMember({"suspend", "silence", "limit", "noop"}); }

std::string told(DomainRule const& rule) {
  auto out = fmt::format("{} {}", rule.domain, store::name_of(rule.severity));
  if (rule.reject_media) out += " reject-media";
  if (rule.reject_reports) out += " reject-reports";
  if (rule.obfuscate) out += " obfuscate";
  if (!rule.public_comment.empty()) out += " \"" + rule.public_comment + "\"";
  if (!rule.private_comment.empty()) out += " (" + rule.private_comment + ")";
  return out;
}

struct Place {
  explicit Place(Options const& options)
      : settings(options.load()), site(server::make_site(settings)), database(server::open_database(settings, clock)) {}
  SystemClock clock;
  Settings settings;
  social::Site site;
  std::unique_ptr<db::Database> database;
};

void add_block(CLI::App& group) {
  auto* command = group.add_subcommand("block", "set the rule about a server and all below its name; what is not said "
                                                "stays as it was");
  auto options = std::make_shared<Options>(*command);
  auto said = std::make_shared<DomainRule>();
  auto severity = std::make_shared<std::string>("suspend");
  command->add_option("DOMAIN", said->domain, "such as bad.example")->required();
  command->add_option("--severity", *severity, "suspend, silence (or limit), noop; suspend where there was no rule")
      ->check(severity_check());
  command->add_flag("--reject-media,!--take-media", said->reject_media, "take none of its pictures and files");
  command->add_flag("--reject-reports,!--take-reports", said->reject_reports, "ignore its reports");
  command->add_option("--comment", said->public_comment, "why, for everybody to read");
  command->add_option("--private-comment", said->private_comment, "why, for yourself");
  command->add_flag("--obfuscate,!--show", said->obfuscate, "show its name in part only");
  command->callback([command, options, said, severity] {
    Place place(*options);
    auto is_said = [&](char const* option) { return command->count(option) > 0; };
    auto act = [&](db::Writer& w) {
      auto domain = social::rule_domain(said->domain, place.site);
      auto known = social::find_rule(w, domain);
      DomainRule rule = known ? *known : DomainRule{};
      rule.domain = domain;
      if (!known || is_said("--severity")) rule.severity = read_severity(*severity);
      if (is_said("--reject-media")) rule.reject_media = said->reject_media;
      if (is_said("--reject-reports")) rule.reject_reports = said->reject_reports;
      if (is_said("--comment")) rule.public_comment = said->public_comment;
      if (is_said("--private-comment")) rule.private_comment = said->private_comment;
      if (is_said("--obfuscate")) rule.obfuscate = said->obfuscate;
      return social::put_rule(w, rule);
    };
    std::printf("%s\n", told(place.database->write_now(act)).c_str());
  });
}

void add_for_one(CLI::App& group, std::string name, std::string help,
                 std::string (*act)(db::Writer&, std::string const& domain)) {
  auto* command = group.add_subcommand(name, help);
  auto options = std::make_shared<Options>(*command);
  auto domain = std::make_shared<std::string>();
  command->add_option("DOMAIN", *domain, "such as other.example")->required();
  command->callback([options, domain, act] {
    Place place(*options);
    auto folded = social::rule_domain(*domain, place.site);
    auto change = [&](db::Writer& w) { return act(w, folded); };
    auto done = place.database->write_now(change);
    std::printf("%s\n", done.c_str());
    bool is_open = place.settings.federation_mode == "open";
    if (is_open && done.ends_with("allowed")) std::printf("This counts when federation.mode is allow-list.\n");
  });
}

std::string unblock(db::Writer& w, std::string const& domain) {
  auto rule = social::find_rule(w, domain);
  if (!rule) refuse(Refusal::not_found, "there is no rule about " + domain);
  social::remove_rule(w, rule->id);
  return domain + " has no rule any more";
}

std::string allow(db::Writer& w, std::string const& domain) {
  social::allow_domain(w, domain);
  return domain + " is allowed";
}

std::string disallow(db::Writer& w, std::string const& domain) {
  auto known = store::find_domain_allow(w, domain);
  if (!known) refuse(Refusal::not_found, domain + " was not allowed");
  social::disallow_domain(w, known->id);
  return domain + " is not allowed any more";
}

void add_list(CLI::App& group) {
  auto* command = group.add_subcommand("list", "all rules, and the servers that are allowed");
  auto options = std::make_shared<Options>(*command);
  command->callback([options] {
    Place place(*options);
    auto rules = [](db::Reader& r) { return store::all_domain_rules(r); };
    for (auto const& rule : place.database->read_now(rules)) std::printf("%s\n", told(rule).c_str());
    auto allows = [](db::Reader& r) { return store::all_domain_allows(r); };
    for (auto const& allow : place.database->read_now(allows)) std::printf("%s allowed\n", allow.domain.c_str());
  });
}

// No more than may be read, and one byte to tell.
std::string read_file(std::string const& name) {
  std::ifstream file;
  if (name != "-") {
    file.open(name, std::ios::binary);
    if (!file) refuse(Refusal::not_found, "cannot read " + name);
  }
  std::istream& in = name == "-" ? std::cin : file;
  std::string out(social::list_bytes_max + 1, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  out.resize(static_cast<std::size_t>(in.gcount()));
  return out;
}

void print(std::vector<social::Remark> const& remarks) {
  for (auto const& remark : remarks) std::printf("line %zu: %s\n", remark.line, remark.text.c_str());
}

void import_list(Place& place, std::string const& file, DomainRule const& otherwise) {
  auto list = social::read_domain_list(read_file(file), otherwise).value();
  for (auto& remark : list.left_out) remark.text = "left out, " + remark.text;
  print(list.left_out);
  if (list.left_out_count > list.left_out.size())
    std::printf("and %zu lines more were left out\n", list.left_out_count - list.left_out.size());
  social::Takeover done;
  for (std::size_t at = 0; at < list.rules.size(); at += social::list_part_max) {
    auto end = std::min(at + social::list_part_max, list.rules.size());
    std::vector<social::ListedRule> part(list.rules.begin() + static_cast<std::ptrdiff_t>(at),
                                         list.rules.begin() + static_cast<std::ptrdiff_t>(end));
    // A unit may run more than once.
    auto act = [&](db::Writer& w) {
      auto next = done;
      social::take_over(w, place.site, part, next);
      return next;
    };
    done = place.database->write_now(act);
  }
  print(done.remarks);
  std::printf("%zu rules added, %zu made stronger, %zu there already, %zu lines left out\n", done.added,
              done.strengthened, done.kept, list.left_out_count);
}

void add_import(CLI::App& group) {
  auto* command = group.add_subcommand("import", "take over a list: Mastodon's CSV, or a domain on each line");
  auto options = std::make_shared<Options>(*command);
  auto file = std::make_shared<std::string>();
  auto severity = std::make_shared<std::string>("suspend");
  command->add_option("FILE", *file, "the list; - is standard input")->required();
  command->add_option("--severity", *severity, "where the list does not say: suspend, silence (or limit), noop")
      ->check(severity_check())
      ->capture_default_str();
  command->callback([options, file, severity] {
    Place place(*options);
    import_list(place, *file, DomainRule{.severity = read_severity(*severity)});
  });
}

void add_export(CLI::App& group) {
  auto* command = group.add_subcommand("export", "print all rules as Mastodon's CSV");
  auto options = std::make_shared<Options>(*command);
  command->callback([options] {
    Place place(*options);
    auto rules = [](db::Reader& r) { return store::all_domain_rules(r); };
    std::fputs(social::write_domain_list(place.database->read_now(rules)).c_str(), stdout);
  });
}

}  // namespace

void add_domain(CLI::App& app) {
  auto* group = app.add_subcommand("domain", "rules about other servers")->require_subcommand(1);
  add_block(*group);
  add_for_one(*group, "unblock", "lift the rule about a server", unblock);
  add_for_one(*group, "allow", "speak with a server where federation.mode is allow-list", allow);
  add_for_one(*group, "disallow", "no longer speak with it there", disallow);
  add_list(*group);
  add_import(*group);
  add_export(*group);
}

}  // namespace posy::commands
