// A list of rules about servers that somebody handed around: what is read is folded and bounded, every line that is
// left out has a reason, and what is written of it is read back the same.
#include "social/domain_list.hpp"

#include <cstddef>
#include <cstdint>

using namespace posy;
using namespace posy::social;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto list = read_domain_list({reinterpret_cast<char const*>(data), size}, {});
  if (!list) return 0;
  std::vector<store::DomainRule> rules;
  for (auto const& listed : list->rules) {
    POSY_ASSERT(fold_host(listed.rule.domain) == listed.rule.domain);
    rules.push_back(listed.rule);
    rules.back().private_comment.clear();
  }
  for (auto const& remark : list->left_out) POSY_ASSERT(remark.line > 0 && !remark.text.empty());
  auto again = read_domain_list(write_domain_list(rules), {});
  POSY_ASSERT(!again || again->rules.size() == rules.size());
  if (again)
    for (std::size_t i = 0; i < rules.size(); ++i)
      POSY_ASSERT(rule_of(again->rules[i].rule) == rule_of(rules[i]) && again->rules[i].rule.domain == rules[i].domain);
  return 0;
}
