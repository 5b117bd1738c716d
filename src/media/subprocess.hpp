// Runs a program that reads a stranger's file, so confined that a flaw in it costs that file and no more:
// no network, no other process, no files but the given ones, bounded memory, time and output.
//
// The walls are the kernel's: resource limits, a seccomp filter (which fails closed: without it nothing
// runs) and, where the kernel has it, Landlock for the files.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace posy::media {

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

struct Confinement {
  std::chrono::milliseconds time_max{30'000};   // by the clock on the wall; processor time likewise
  std::uint64_t memory_bytes_max = 1024 << 20;  // address space
  std::uint64_t file_bytes_max = 100 << 20;     // of any one file that it writes
  std::size_t output_bytes_max = 64 << 10;      // of each stream; the rest is thrown away
  std::vector<std::filesystem::path> readable;  // besides the system's own programs and libraries
  std::vector<std::filesystem::path> writable;
};

// Exit codes that are not the program's own.
constexpr int exit_not_started = 126;  // it could not be confined or started; the cause is in `errors`
constexpr int exit_not_loaded = 127;   // the dynamic loader did not find a library

struct Finished {
  int exit_code = -1;  // -1 when a signal ended it
  int signal = 0;
  bool timed_out = false;
  std::string output;
  std::string errors;

  bool succeeded() const { return exit_code == 0 && !timed_out; }
};

// `command[0]` is a name looked up in the system's folders or an absolute path. The program sees no standard
// input, an environment of PATH and locale only, and starts in "/". Blocks until it and its children have
// ended. Error `unavailable` when there is no such program; std::system_error when it cannot be started.
Result<Finished> run_confined(std::vector<std::string> const& command, Confinement const& confinement);

// The same with a program that is no file but these bytes of an ELF file; `command[0]` is only its name.
// Error `unavailable` where the kernel keeps no programs in memory.
Result<Finished> run_carried(std::string_view program, std::vector<std::string> const& command,
                             Confinement const& confinement);

}  // namespace posy::media
