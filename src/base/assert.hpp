// POSY_ASSERT: our own mistakes, checked in every build. Prints the expression and ends the process.
#pragma once

namespace posy {
[[noreturn]] void assertion_failed(char const* expression, char const* file, int line);
}

#define POSY_ASSERT(expression) \
  ((expression) ? (void)0 : ::posy::assertion_failed(#expression, __FILE__, __LINE__))
