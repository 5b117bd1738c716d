// Finds what is special in running text: links, mentions, hashtags. Composing, counting characters and
// guessing the language all look through this one pair of eyes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace posy::text {

struct Entity {
  enum class Kind : std::uint8_t { url, mention, hashtag } kind;
  std::size_t begin;
  std::size_t end;  // behind the last byte
};

// In order, without overlap, in linear time.
//   url      http or https with a host that could exist; the punctuation of the sentence around it and
//            a closing bracket that it does not open are not part of it.
//   mention  "@name" or "@name@domain" (never the tail of an e-mail address).
//   hashtag  "#" and letters, marks, digits, underscores of any script, not digits only.
std::vector<Entity> find_entities(std::string_view text);

}  // namespace posy::text
