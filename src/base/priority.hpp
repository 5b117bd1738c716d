// How much of the processor a thread gets when others want it too.
#pragma once

namespace posy {

// Of the thread that calls; from 0, as all are, to 19. Where the system refuses it all stays as it was.
void lower_thread_priority(int niceness);

}  // namespace posy
