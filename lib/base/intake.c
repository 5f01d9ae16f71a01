/* Takes in what a host hands over piece by piece. Between pieces control belongs to the callback;
 * within one it is ours. */
// SPDX-License-Identifier: MIT
#include "base/intake.h"

void intake_open(struct intake *intake, struct arena *arena, size_t limit) {
    intake->length = 0;
    intake->limit = limit;
    intake->too_large = intake->spent = false;
    memory_writer_open(&intake->text, arena);
}

bool intake_take(void *context, const char *at, size_t length) {
    struct intake *intake = context;
    struct arena *arena = intake->text.arena;
    jmp_buf here, *const outer = arena->failure;
    intake->too_large |= length > intake->limit - intake->length;
    if (intake->too_large || intake->spent)
        return false;
    intake->length += length;
    if (setjmp(here)) {
        arena->failure = outer;
        intake->spent = true;
        return false;
    }
    arena->failure = &here;
    write_bytes(&intake->text.writer, at, length);
    arena->failure = outer;
    return true;
}

struct slice intake_close(struct intake *intake) {
    if (intake->spent)
        arena_fail_again(intake->text.arena);
    write_char(&intake->text.writer, '\0');
    struct slice text = memory_writer_close(&intake->text);
    return slice_part(text, 0, text.length - 1);
}
