// One spelling for things that people and servers spell in several ways: text, tags, names, domains.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace posy::text {

constexpr std::size_t username_characters_max = 30;
constexpr std::size_t url_bytes_max = 4096;

// Text as we keep it: NFC, newlines as LF, without control characters (but newline and tab) and without
// code points that are no characters. Nothing when it is not UTF-8.
std::optional<std::string> clean(std::string_view text);
// The same; broken bytes become U+FFFD.
std::string scrub(std::string_view text);

// "Straße" and "STRASSE" are one tag, as are full-width and usual letters: NFKC with case folding.
// Empty when nothing of a tag remains.
std::string fold_tag(std::string_view tag);
// ASCII lower case: local names have no other letters.
std::string fold_username(std::string_view username);
// What a local account may be called: 1 to 30 of a-z, A-Z, 0-9 and the underscore.
bool is_valid_username(std::string_view username);

// Lower case and punycode (UTS 46, non-transitional), checked: labels of letters, digits and inner
// hyphens, 1 to 63 bytes each, 253 together. No port, no final dot.
std::optional<std::string> to_ascii_domain(std::string_view domain);
// For showing; a name that cannot be decoded stays as it is.
std::string to_unicode_domain(std::string_view domain);

// The URL as given if it is http or https with a valid host and without a user name, spaces or controls.
std::optional<std::string> normalize_url(std::string_view url);

}  // namespace posy::text
