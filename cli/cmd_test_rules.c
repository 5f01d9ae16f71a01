/* stridec test-rules: the hits and misses that rules carry. */
// SPDX-License-Identifier: MIT
#include "session.h"

#include "report.h"

static const char about[] =
    "Each rule says in what model it must ask its question (hit) and in what model it\n"
    "must not (miss). Tests the rules of each FILE, or the built-in ones when no file\n"
    "is named, and counts them.";

enum outcome cmd_test_rules(struct invocation *run) {
    const struct option options[] = {OPTION_REPORT(run), OPTION_LEVELS(run), OPTION_MEMORY(run)};
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    run->rules = run->words;
    struct session session;
    if (session_open(&session, run, NULL)) {
        session_note(&session, stridec_test_rules(session.compilation, print_result, NULL));
        if (report_is_on()) {
            report_count("tests_passed", stridec_tests_passed(session.compilation));
            report_count("tests_failed", stridec_tests_failed(session.compilation));
        }
    }
    return session_close(&session);
}
