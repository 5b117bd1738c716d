// Lists of rules about servers, as moderators of the fediverse hand them around: Mastodon's CSV, whose first line
// names the columns ("#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate"), and plain lists
// with a domain on each line.
//
// A list is somebody else's word. Reading it is pure and bounded, and every line that is left out is told with its
// reason. Taking it over only ever strengthens: a rule that is stronger already, here or above it, stays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/assert.hpp"
#include "base/error.hpp"
#include "social/domain_rules.hpp"

namespace posy::social {

constexpr std::size_t list_bytes_max = 8u << 20;
constexpr std::size_t list_records_max = 50'000;
constexpr std::size_t list_fields_max = 32;
constexpr std::size_t list_field_bytes_max = 8192;
constexpr std::size_t list_remarks_max = 1000;  // told; the rest is counted

// What is to be said about one line.
struct Remark {
  std::size_t line;
  std::string text;
};

struct ListedRule {
  std::size_t line;
  store::DomainRule rule;  // its domain is folded
};

struct DomainList {
  std::vector<ListedRule> rules;
  std::vector<Remark> left_out;
  std::size_t left_out_count = 0;
};

// `otherwise` is what counts where the list says nothing: a plain list, or one without a column. Refused as a whole
// only when it is too large.
Result<DomainList> read_domain_list(std::string_view text, store::DomainRule const& otherwise);

struct Takeover {
  std::size_t added = 0;
  std::size_t strengthened = 0;
  std::size_t kept = 0;  // said already, or more than that
  std::vector<Remark> remarks;
};

// Takes over some of them; call it with a part at a time (list_part_max), each in a unit of work of its own.
constexpr std::size_t list_part_max = 500;
void take_over(db::Writer& w, Site const& site, std::vector<ListedRule> const& part, Takeover& out);

std::string write_domain_list(std::vector<store::DomainRule> const& rules);

}  // namespace posy::social
