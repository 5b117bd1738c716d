#include "media/program/carried.hpp"

// The assembler takes the file as it is; an array in C++ would take the compiler seconds.
asm(".pushsection .rodata\n"
    ".global posy_media_program_begin, posy_media_program_end\n"
    "posy_media_program_begin:\n"
    ".incbin \"" POSY_MEDIA_PROGRAM
    "\"\n"
    "posy_media_program_end:\n"
    ".popsection\n");

extern "C" char const posy_media_program_begin[], posy_media_program_end[];

namespace posy::media {

std::string_view carried_program() {
  return {posy_media_program_begin, posy_media_program_end};
}

}  // namespace posy::media
