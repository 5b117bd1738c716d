// What a web page says of itself in its head: OpenGraph, Twitter cards, and the plain HTML that is older than both.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace posy::text {

constexpr std::size_t page_bytes_max = 1 << 20;  // looked at
constexpr std::size_t page_title_characters_max = 300;
constexpr std::size_t page_description_characters_max = 1000;
constexpr std::size_t page_name_characters_max = 150;  // of people and sites
constexpr std::size_t page_image_description_characters_max = 1500;

// Plain text throughout, clean and without line breaks; empty is what the page does not say. Addresses are as they
// stand in the page: they may be relative, or no addresses at all.
struct PageMetadata {
  std::string title;
  std::string description;
  std::string author_name;
  std::string provider_name;
  std::string image;
  std::string image_description;
  std::string canonical;
  std::string language;  // a code that text/language.hpp knows
  std::string creator;   // "alice@a.example", of `fediverse:creator`
  std::optional<Time> published_at;
};

// Any bytes in UTF-8, in time and memory that grow with their number alone.
PageMetadata read_page_metadata(std::string_view html);

// The bytes of a page as UTF-8. The charset is that of a byte order mark, of the header (`content_type`), or of the
// page's own words, in this order; UTF-8 when the bytes are, and else Windows-1252. Cut off behind page_bytes_max.
std::string page_to_utf8(std::string_view bytes, std::string_view content_type);

}  // namespace posy::text
