#include "base/priority.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace posy {

void lower_thread_priority(int niceness) {
  // Linux has a niceness for each thread, where POSIX has one for the process.
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness);
}

}  // namespace posy
