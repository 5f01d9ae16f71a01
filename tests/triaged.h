/* A model in memory, and the file of decisions beside it. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_TRIAGED_H
#define TESTS_TRIAGED_H

#include "sharing.h"

#include <string.h>

#define MODEL "m.dfd"
#define TRIAGE "m.triage.dfd"

/* A stridec_loader; the context is the text of the decisions, which may be empty: no file. */
static inline stridec_loaded load_triage(void *context, const char *path, stridec_sink *sink,
                                         void *taker) {
    const struct text *triage = context;
    if (strcmp(path, TRIAGE) != 0 || !triage->length)
        return STRIDEC_NOT_THERE;
    return sink(taker, triage->at, triage->length) ? STRIDEC_LOADED : STRIDEC_TOO_LARGE;
}

/* Free it, whatever the status of its compilation. */
static inline stridec *compile_triaged(const struct text *model, struct text *triage,
                                       stridec_status *status) {
    const stridec_config config = {.size = sizeof config,
                                   .pack = built_in_pack(),
                                   .load = load_triage,
                                   .load_context = triage,
                                   .decisions = true};
    stridec *self = stridec_new(&config);
    assert_non_null(self);
    *status = stridec_compile(self, MODEL, model->at, model->length);
    return self;
}

#endif
