// How many files and sockets this process may have open.
#pragma once

#include <cstddef>

namespace posy {

// As many as the system lets us have: the soft limit is raised to the hard one.
std::size_t raise_open_files();

}  // namespace posy
