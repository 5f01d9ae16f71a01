/* stridec merge: a merge driver for git, by decisions instead of lines. Whatever it cannot read,
 * git merges as it would without it: git's own merge-file is asked, so that its settings count and
 * the result is the one that everybody knows. */
// SPDX-License-Identifier: MIT
#include "endings.h"
#include "git.h"
#include "report.h"
#include "session.h"
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char about[] =
    "Joins OURS and THEIRS, which go back to BASE, in OURS: declaration by\n"
    "declaration, attribute by attribute. Changes that exclude each other stand\n"
    "between markers of LENGTH, and the exit code is 1. PATH says what the files\n"
    "are. A merge driver of git; .gitattributes names the files that it is for.";

enum { BASE, OURS, THEIRS, FILES };
#define LONGEST_MARKER 1000
#define LARGEST_RESULT ((size_t)256 << 20)

struct merge {
    const char *length, *path;
    struct target files[FILES];
    struct text result;
};

static bool open_files(struct merge *merge, const struct names *words) {
    bool fine = true;
    for (size_t i = 0; i < FILES; i++) {
        struct target *file = &merge->files[i];
        if (!target_open(file, words->at[i], NULL)) {
            fine = false;
        } else if (file->kind != TARGET_FILE) {
            errno = file->kind == TARGET_MISSING ? ENOENT : EINVAL;
            fine = complain_of(words->at[i]);
        }
    }
    return fine;
}

/* False, after a complaint. */
static bool check_length(const char *length) {
    size_t digits = strspn(length, "0123456789");
    long number = digits && digits < 5 && !length[digits] ? strtol(length, NULL, 10) : 0;
    if (number >= 1 && number <= LONGEST_MARKER)
        return true;
    complain("a marker has 1 to %d characters, not '%s'", LONGEST_MARKER, length);
    return false;
}

/* ---- lines ------------------------------------------------------------------------------- */

static bool take_lines(struct merge *merge, struct git_answer *answer, enum outcome *outcome) {
    bool merged = answer->status >= 0 && answer->status < 128;
    if (!merged) {
        complain("%s: git merge-file fails: %s", merge->path,
                 answer->error.length ? answer->error.at : "no reason given");
        return false;
    }
    merge->result = answer->output;
    answer->output = (struct text){0};
    *outcome = answer->status ? OUTCOME_FINDING : OUTCOME_CLEAN;
    return true;
}

static bool merge_lines(struct merge *merge, enum outcome *outcome) {
    char size[64];
    snprintf(size, sizeof size, "--marker-size=%s", merge->length);
    const char *arguments[] = {"git",
                               "merge-file",
                               "-p",
                               "-q",
                               size,
                               "-L",
                               "ours",
                               "-L",
                               "base",
                               "-L",
                               "theirs",
                               merge->files[OURS].real,
                               merge->files[BASE].real,
                               merge->files[THEIRS].real,
                               NULL};
    struct git_answer answer;
    text_free(&merge->result);
    if (!git_run(arguments, "", LARGEST_RESULT, &answer)) {
        complain("%s: git does not run: %s", merge->path, strerror(errno));
        return false;
    }
    bool fine = take_lines(merge, &answer, outcome);
    git_free(&answer);
    return fine;
}

/* ---- declarations ------------------------------------------------------------------------ */

static void tell_conflicts(const struct merge *merge, size_t count) {
    report_count("conflicts", count);
    if (!report_is_on())
        complain(count == 1 ? "%s: %zu conflict" : "%s: %zu conflicts", merge->path, count);
}

/* Whatever the library cannot do for want of memory, git may. */
static bool merge_files(struct merge *merge, struct session *session, enum outcome *outcome) {
    const struct text *base = &merge->files[BASE].before, *ours = &merge->files[OURS].before,
                      *theirs = &merge->files[THEIRS].before;
    const stridec_merging texts = {
        .size = sizeof texts,
        .path = merge->path,
        .base = base->at,
        .ours = ours->at,
        .theirs = theirs->at,
        .base_length = base->length,
        .ours_length = ours->length,
        .theirs_length = theirs->length,
        .marker_length = (size_t)strtoul(merge->length, NULL, 10),
    };
    stridec_status status =
        stridec_merge(session->compilation, &texts, text_append, &merge->result);
    if (status == STRIDEC_OK || status == STRIDEC_FINDINGS) {
        *outcome = status == STRIDEC_OK ? OUTCOME_CLEAN : OUTCOME_FINDING;
        if (status == STRIDEC_FINDINGS)
            tell_conflicts(merge, stridec_conflict_count(session->compilation));
        return true;
    }
    const char *form = form_of_ending(merge->path);
    if (!report_is_on())
        complain("%s: merged by lines, as %s", merge->path,
                 form && strcmp(form, "yaml") == 0 ? "it is YAML"
                                                   : "one of its versions cannot be read");
    return merge_lines(merge, outcome);
}

static void write_result(struct merge *merge, struct session *session, enum outcome outcome) {
    if (!target_write(&merge->files[OURS], &merge->result)) {
        session_fail(session, OUTCOME_FAILURE);
        return;
    }
    session_fail(session, outcome);
    if (report_is_on())
        report_file(merge->path,
                    target_holds(&merge->files[OURS], &merge->result) ? "unchanged" : "written");
}

enum outcome cmd_merge(struct invocation *run) {
    const struct option options[] = {OPTION_REPORT(run), OPTION_MEMORY(run)};
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    const struct names *words = &run->words;
    struct merge merge = {.length = words->count > FILES ? words->at[FILES] : "7",
                          .path = words->at[words->count > FILES + 1 ? FILES + 1 : OURS]};
    if (!check_length(merge.length))
        return OUTCOME_MISUSE;
    struct session session;
    enum outcome outcome = OUTCOME_FAILURE;
    if (session_open(&session, run, NULL)) {
        bool merged = open_files(&merge, words) && merge_files(&merge, &session, &outcome);
        if (merged)
            write_result(&merge, &session, outcome);
        else
            session_fail(&session, OUTCOME_FAILURE);
        for (size_t i = 0; i < FILES; i++)
            target_close(&merge.files[i]);
    }
    text_free(&merge.result);
    return session_close(&session);
}
