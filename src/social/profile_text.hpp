// The texts of a profile, checked and turned into HTML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/access.hpp"
#include "social/profile.hpp"
#include "store/profile_field.hpp"

namespace posy::social {

// Without line breaks and blanks around it; refused when it is longer than `characters_max`.
std::string checked_line(std::string_view text, std::string_view what, std::size_t characters_max);
std::string compose_note(db::Reader& r, Site const& site, std::string_view source);
// Keeps the verification of fields whose text did not change.
std::vector<store::ProfileField> compose_fields(db::Reader& r, Site const& site,
                                                std::vector<FieldText> const& texts,
                                                std::vector<store::ProfileField> const& before);
std::vector<std::string> checked_domains(std::vector<std::string> const& domains);

}  // namespace posy::social
