/* What is known of what lays a picture out: its name, its limits, what it says when it fails. */
// SPDX-License-Identifier: MIT
#include "layout/layout.h"

bool layout_is_ours(const char *program) {
    struct slice rest = slice_of(program), name = {0};
    while (slice_cut(&rest, '/', &name))
        ;
    return slice_is(name, "stridec-layout");
}

size_t layout_most(struct slice dot) {
    size_t most = ((size_t)1 << 20) + LAYOUT_OUTPUT_TIMES * dot.length;
    return most < LAYOUT_OUTPUT ? most : LAYOUT_OUTPUT;
}

const char *layout_excess(struct arena *arena, struct slice dot) {
    return text_format(arena,
                       "the layout program wrote more than %zu KiB for this model; draw "
                       "a part of it with a `view`",
                       layout_most(dot) >> 10)
        .at;
}

struct slice layout_complaint(struct arena *arena, struct slice text) {
    struct slice line = {0};
    slice_cut(&text, '\n', &line);
    struct slice clean = slice_copy(arena, slice_part(line, 0, LAYOUT_COMPLAINT));
    for (size_t i = 0; i < clean.length; i++)
        if ((unsigned char)line.at[i] < ' ' || line.at[i] == 0x7f)
            ((char *)clean.at)[i] = ' ';
    return slice_trim(clean);
}
