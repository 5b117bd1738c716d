// How figures are printed: one line each, the machine's own limit beside them.
#pragma once

#include <string>

#include "load.hpp"

namespace posy::bench {

void print_header(std::string const& title);
// `limit_per_second`: what the machine can do at best; 0 when there is no such figure.
void print_row(std::string const& what, int connections, Figures const& figures, double limit_per_second);

}  // namespace posy::bench
