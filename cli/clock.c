/* Measures time by a clock that goes on when somebody sets that of the system. */
// SPDX-License-Identifier: MIT
#include "clock.h"

#include <time.h>

long milliseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}
