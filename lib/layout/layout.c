/* Who lays a picture out, the host's callback or the program, and the limits of both. */
// SPDX-License-Identifier: MIT
#include "layout/layout.h"

#include "base/intake.h"

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
                                     SLICE_ARGS(layout_complaint(arena, slice_of(problem))))
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
