// Bytes as text: base64, base64url (RFC 4648, sections 4 and 5), hexadecimal, percent (RFC 3986).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace posy {

std::string to_base64(std::string_view bytes);
std::string to_base64url(std::string_view bytes);                         // without padding
std::optional<std::string> from_base64(std::string_view text);            // both alphabets, padding optional
std::string to_hex(std::string_view bytes);                               // lower case
std::string percent_encode(std::string_view text);                        // all but unreserved characters
// "%41" to "A"; with `plus_is_space` also "+" to " ". A broken escape stays as it is.
std::string percent_decode(std::string_view text, bool plus_is_space = false);
// &, <, >, " and ' as character references: safe in HTML text and in quoted attributes.
std::string escape_html(std::string_view text);
bool is_valid_utf8(std::string_view text);

}  // namespace posy
