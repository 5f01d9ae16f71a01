/* stridec explain: what a word of the output or of the language means. */
// SPDX-License-Identifier: MIT
#include "session.h"

#include "terminal.h"

#include <string.h>

static const char about[] =
    "A TOPIC is a diagnostic (E0203), a rule, a letter (S), an attribute (auth), a\n"
    "kind (flow) or, with the FILE of its model, a row (S@webhook).";

enum outcome cmd_explain(struct invocation *run) {
    const struct option options[] = {OPTION_RULES(run)};
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    const char *topic = run->words.at[0];
    struct session session;
    if (session_open(&session, run, run->words.count > 1 ? run->words.at[1] : NULL)) {
        stridec_status status =
            stridec_explain(session.compilation, topic, print_to_stream, stdout);
        session_note(&session, status);
        if (status == STRIDEC_MISUSE && strchr(topic, '@') && !session.path)
            complain("a row needs the file of its model: stridec explain %s FILE", topic);
        else if (status == STRIDEC_MISUSE)
            complain("nothing is known about '%s'; see stridec explain --help", topic);
    }
    return session_close(&session);
}
