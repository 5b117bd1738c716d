#include "table.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace posy::bench {

void print_header(std::string const& title) {
  fmt::print("\n{}\n{:<34} {:>5} {:>10} {:>9} {:>9} {:>7} {:>9}\n", title, "", "conn", "per s", "p50 ms", "p99 ms",
             "kB", "of limit");
  std::fflush(stdout);
}

void print_row(std::string const& what, int connections, Figures const& figures, double limit_per_second) {
  std::string share = limit_per_second > 0 ? fmt::format("{:.0f} %", 100 * figures.per_second / limit_per_second) : "";
  fmt::print("{:<34} {:>5} {:>10.0f} {:>9.2f} {:>9.2f} {:>7.1f} {:>9}{}\n", what, connections, figures.per_second,
             figures.p50_ms, figures.p99_ms, figures.kilobytes, share,
             figures.failures ? fmt::format("  {} refused", figures.failures) : "");
  std::fflush(stdout);
}

}  // namespace posy::bench
