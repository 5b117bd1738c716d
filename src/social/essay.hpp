// What essays have besides the text of any post: a summary, a cover, pictures in the text, an address.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "social/site.hpp"
#include "text/compose.hpp"

namespace posy::social {

constexpr std::size_t essay_bytes_max = 1 << 20;
constexpr std::size_t summary_characters_max = 1000;

// The rules of length, said in sentences.
void check_essay(std::string_view text, std::string_view summary);

// The text with the pictures of its author in it: finished images of hers.
text::Composed compose_essay(db::Reader& r, Site const& site, AccountId author, std::string_view text);

// Ids behind "media:", whatever stands around them; compose_essay() decides which are pictures.
std::vector<MediaId> media_named_in(std::string_view text);

// All files of an essay, each once: its cover, the pictures of its text, and what else is attached.
std::vector<MediaId> media_of_essay(MediaId cover, text::Composed const& composed, std::vector<MediaId> const& attached);

// What is asked for, if it is free and can be one; else one like the title that is free. `post` has what it has.
std::string choose_slug(db::Reader& r, AccountId author, PostId post, std::string_view wanted, std::string_view title);

}  // namespace posy::social
