/* Text that a callback of the host hands over, piece by piece. The callback is never left by a
 * longjmp, as it may hold an open file: where memory runs out in between, it is told to stop, and
 * the failure is raised again when it has returned. */
// SPDX-License-Identifier: MIT
#ifndef BASE_INTAKE_H
#define BASE_INTAKE_H

#include "base/writer.h"

struct intake {
    struct memory_writer text;
    size_t length, limit;
    bool too_large; /* more than `limit` bytes */
    bool spent;     /* memory ran out */
};

void intake_open(struct intake *intake, struct arena *arena, size_t limit);
/* The sink that the callback gets, with the intake as its context. */
writer_sink intake_take;
/* After the callback has returned. A NUL follows the text. */
struct slice intake_close(struct intake *intake);

#endif
