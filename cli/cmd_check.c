/* stridec check: diagnostics and nothing else. */
// SPDX-License-Identifier: MIT
#include "session.h"

static const char about[] =
    "Takes any file of the language. Prints nothing where nothing is wrong.";

enum outcome cmd_check(struct invocation *run) {
    const struct option options[] = {
        OPTION_REPORT(run),
        OPTION_LEVELS(run),
        OPTION_STDIN_NAME(run),
        OPTION_ROOT(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    enum outcome worst = OUTCOME_CLEAN;
    for (size_t i = 0; i < run->words.count; i++) {
        struct session session;
        session_open(&session, run, run->words.at[i]);
        enum outcome outcome = session_close(&session);
        if (outcome > worst)
            worst = outcome;
    }
    return worst;
}
