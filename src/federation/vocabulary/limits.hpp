// How much of a stranger's document is read. What lies beyond is left out: identifiers and names that are
// too long count as absent, text is cut, lists end early. The parser bounds size and depth of the whole
// before (json/parse.hpp).
#pragma once

#include <cstddef>

namespace posy::federation::limits {

constexpr std::size_t id_bytes_max = 2048;
constexpr std::size_t type_bytes_max = 256;
constexpr std::size_t name_bytes_max = 2000;    // names and titles of people, posts, fields, options
constexpr std::size_t text_bytes_max = 20'000;  // biographies, notices, descriptions, values of fields
constexpr std::size_t content_bytes_max = 1 << 20;
constexpr std::size_t username_bytes_max = 256;
constexpr std::size_t key_bytes_max = 16'384;   // RSA of 16384 bits needs 3 kB of PEM
constexpr std::size_t language_bytes_max = 35;  // RFC 5646, section 4.4.1
constexpr std::size_t media_type_bytes_max = 255;
constexpr std::size_t blurhash_bytes_max = 200;
constexpr std::size_t shortcode_bytes_max = 100;
constexpr std::size_t reaction_bytes_max = 256;
constexpr std::size_t software_bytes_max = 256;

constexpr std::size_t addressees_max = 2000;  // in `to`, and again in `cc` and `audience`
constexpr std::size_t authors_max = 20;
constexpr std::size_t tags_max = 1000;  // mentions, hashtags and emoji, looked at together
constexpr std::size_t attachments_max = 64;
constexpr std::size_t fields_max = 64;
constexpr std::size_t links_max = 64;
constexpr std::size_t keys_max = 16;
constexpr std::size_t aliases_max = 100;
constexpr std::size_t domains_max = 100;
constexpr std::size_t options_max = 200;
constexpr std::size_t permissions_max = 200;
constexpr std::size_t objects_max = 1000;      // named by one Flag
constexpr std::size_t items_max = 1000;        // of a collection or page, embedded
constexpr std::size_t languages_max = 100;     // in a contentMap
constexpr std::size_t pixels_max = 1'000'000;  // width and height

}  // namespace posy::federation::limits
