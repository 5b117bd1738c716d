// The program posy-media as posy carries it inside: the bytes of an ELF file.
#pragma once

#include <string_view>

namespace posy::media {

std::string_view carried_program();

}  // namespace posy::media
