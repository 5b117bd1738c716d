// What the kernel says of a process.
#pragma once

#include <sys/types.h>

#include <string_view>

namespace posy::bench {

// A line of /proc/PID/status that is given in kB: "VmRSS", "VmHWM" (the most it ever was).
double memory_mib(pid_t process, std::string_view line);
double processor_seconds(pid_t process);  // used so far, by all its threads
// As many open files as the machine allows; children inherit it.
void raise_file_limit();

}  // namespace posy::bench
