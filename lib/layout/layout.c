/* Who lays a picture out, the host's callback or the program, and the limits of both. */
// SPDX-License-Identifier: MIT
#include "layout/layout.h"

#include "base/intake.h"

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

static struct layout_answer layout_by_host(struct arena *arena,
                                           const struct layout_request *request) {
    const struct layout_host *host = request->host;
    struct layout_answer answer = {.started = true};
    struct intake intake;
    intake_open(&intake, arena, layout_most(request->dot));
    const char *problem =
        host->draw(host->context, request->dot.at, request->dot.length, intake_take, &intake);
    struct slice svg = intake_close(&intake);
    if (intake.too_large)
        answer.problem = layout_excess(arena, request->dot);
    else if (problem)
        answer.problem = text_format(arena, "the layout program says: %.*s",
                                     S(layout_complaint(arena, slice_of(problem))))
                             .at;
    else if (!svg.length)
        answer.problem = "the layout program wrote nothing";
    else
        answer.svg = svg;
    return answer;
}

struct layout_answer layout_run(struct arena *arena, const struct layout_request *request) {
    if (request->dot.length <= LAYOUT_INPUT)
        return request->host ? layout_by_host(arena, request) : layout_by_program(arena, request);
    return (struct layout_answer){
        .problem = text_format(arena,
                               "the picture is too large to be laid out (%zu MiB of DOT); draw "
                               "parts of the model with a `view` each",
                               request->dot.length >> 20)
                       .at};
}
