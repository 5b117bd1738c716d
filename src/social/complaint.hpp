// What is wrong with a form, field by field, as clients show it beside the fields.
#pragma once

#include <string>
#include <vector>

namespace posy::social {

// One thing that is wrong, in the words of Mastodon: {"username", "ERR_TAKEN", "has already been taken"}.
struct Complaint {
  std::string field;
  std::string code;
  std::string description;
};

// "Validation failed: Username has already been taken, Email is invalid".
std::string message_of(std::vector<Complaint> const& complaints);

}  // namespace posy::social
