#include "social/complaint.hpp"

#include <algorithm>

namespace posy::social {
namespace {

// "tag_name" is shown as "Tag name".
std::string title_of(std::string field) {
  std::ranges::replace(field, '_', ' ');
  if (!field.empty() && field[0] >= 'a' && field[0] <= 'z') field[0] -= 'a' - 'A';
  return field;
}

}  // namespace

std::string message_of(std::vector<Complaint> const& complaints) {
  std::string out = "Validation failed: ";
  for (auto const& complaint : complaints) {
    if (&complaint != &complaints.front()) out += ", ";
    out.append(title_of(complaint.field)).append(" ").append(complaint.description);
  }
  return out;
}

}  // namespace posy::social
