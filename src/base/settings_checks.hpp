// Whether the text of a setting can be right. Each answers with what it must be, or with nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace posy::setting_checks {

using Complaint = std::optional<std::string>;

Complaint anything(std::string_view value);
Complaint not_empty(std::string_view value);
Complaint host(std::string_view value);      // "example.org", "localhost:8080"
Complaint listen(std::string_view value);    // "127.0.0.1:8080", "[::1]:8080"
Complaint base_url(std::string_view value);  // "https://example.org"
Complaint database(std::string_view value);
Complaint media_store(std::string_view value);
Complaint network(std::string_view value);  // CIDR: "10.0.0.0/8", "fd00::/8", or one address
Complaint email(std::string_view value);
Complaint language(std::string_view value);       // "en", "pt-BR"
Complaint resolve_entry(std::string_view value);  // "name:port=address:port", where a port may be "*"
Complaint log_level(std::string_view value);
Complaint scheme(std::string_view value);
Complaint true_or_false(std::string_view value);
Complaint registrations(std::string_view value);
Complaint federation_mode(std::string_view value);
Complaint number(std::string_view value, long long least, long long most);

template <long long least, long long most>
Complaint number_within(std::string_view value) {
  return number(value, least, most);
}

// As a check for a setting that may be left empty.
template <Complaint (*check)(std::string_view)>
Complaint or_empty(std::string_view value) {
  return value.empty() ? Complaint{} : check(value);
}

}  // namespace posy::setting_checks
