#include "api/typescript/printer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace posy::api::typescript {

std::string Printer::meaning(std::string_view interface, std::string_view member, bool must) {
  for (std::string_view wanted : {interface, std::string_view()}) {
    auto fits = [&](Meaning const& one) { return one.interface == wanted && one.member == member; };
    // What is said of any interface is said of JSON alone: words differ from one entity to the next.
    if (wanted.empty() && !must) break;
    auto found = std::ranges::find_if(meanings_, fits);
    if (found == meanings_.end()) continue;
    found->used = true;
    return found->type;
  }
  if (must) refuse(Refusal::unprocessable, fmt::format("nobody says what {}.{} is made of", interface, member));
  return "string";
}

std::string Printer::finish() const {
  for (auto const& one : meanings_)
    if (!one.used) refuse(Refusal::unprocessable, fmt::format("there is no {}.{}", one.interface, one.member));
  std::string out;
  for (auto const& text : interfaces_) out += "\n" + text;
  return out;
}

}  // namespace posy::api::typescript
