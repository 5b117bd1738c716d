// Custom emoji in the documents of other servers (FEP-9098).
#pragma once

#include "federation/vocabulary/tag.hpp"
#include "social/emoji.hpp"

namespace posy::federation {

constexpr std::size_t emojis_of_document_max = 100;

// Those that can stand in a text, once each.
std::vector<social::ArrivedEmoji> emojis_of(Tags const& tags);

}  // namespace posy::federation
