// Pictures in articles of other servers. Readers never see where these lie: a text is cleaned with a mark in the place
// of each address, and when its files have rows here the marks become their addresses here (the media proxy).
#pragma once

#include <string>
#include <vector>

#include "social/site.hpp"
#include "store/media.hpp"

namespace posy::social {

// What stands for the address of picture `index` in clean HTML. It is no address: nothing is loaded from there.
std::string picture_mark(std::size_t index);

// The text with the addresses of those pictures that are among the media, by where they lie elsewhere. The others keep
// their marks.
std::string place_pictures(std::string html, std::vector<std::string> const& pictures,
                           std::vector<store::Media> const& media, Site const& site);

}  // namespace posy::social
