/* The library gathers and writes; here are files, and names as hosts know them. */
// SPDX-License-Identifier: MIT
#include "hosts.h"

#include "generated.h"
#include "links.h"
#include "report.h"
#include "terminal.h"
#include "top.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct {
    const struct invocation *run;
    stridec_report *report; /* NULL: nothing is wanted */
    const char *path;       /* whose turn it is */
    struct top top;
    bool failed; /* no memory for a part */
} hosts;

/* ---- what is wanted ---------------------------------------------------------------------- */

/* "FILE" of "FORMAT=FILE", which read_arguments has looked at. */
static const char *file_of(const char *output) {
    return strchr(output, '=') + 1;
}

static bool is_same_output(const char *a, const char *b) {
    bool printed = is_standard_output(a);
    return printed == is_standard_output(b) && (printed || is_same_place(a, b));
}

static bool are_different(const struct names *outputs) {
    for (size_t i = 0; i < outputs->count; i++) {
        const char *file = file_of(outputs->at[i]);
        if (is_standard_output(file) && report_is_on()) {
            complain("--output %s: standard output has the report of --format json; name a file",
                     outputs->at[i]);
            return false;
        }
        for (size_t j = 0; j < i; j++)
            if (is_same_output(file, file_of(outputs->at[j]))) {
                complain("--output %s: %s goes to the same place; give each a file of its own",
                         outputs->at[i], outputs->at[j]);
                return false;
            }
    }
    return true;
}

/* ---- gathering --------------------------------------------------------------------------- */

static void take_problem(const char *message) {
    if (hosts.path && stridec_report_problem(hosts.report, hosts.path, message) != STRIDEC_OK)
        hosts.failed = true;
}

bool hosts_begin(struct invocation *run) {
    if (!run->outputs.count)
        return true;
    if (!are_different(&run->outputs)) {
        run->outcome = OUTCOME_MISUSE;
        return false;
    }
    const char *first = run->words.at[0];
    hosts.run = run;
    hosts.top = top_of(run->root, strcmp(first, "-") == 0 ? "" : first);
    const stridec_report_config config = {.size = sizeof config,
                                          .command = run->command->word,
                                          .root = hosts.top.root,
                                          .folder = hosts.top.folder};
    hosts.report = stridec_report_new(&config);
    if (!hosts.report) {
        complain("no memory");
        run->outcome = OUTCOME_FAILURE;
        return false;
    }
    report_listen(take_problem);
    return true;
}

void hosts_turn_to(const char *path) {
    hosts.path = path;
}

void hosts_take(stridec *compilation) {
    if (!hosts.report || !hosts.path)
        return;
    stridec_status status = stridec_report_add(hosts.report, compilation, hosts.path);
    if (status != STRIDEC_OK)
        take_problem(stridec_status_text(status));
}

/* ---- writing ----------------------------------------------------------------------------- */

static stridec_report_format format_called(const char *output) {
    stridec_report_format format = {.size = sizeof format};
    size_t length = strcspn(output, "=");
    for (size_t i = 0; stridec_report_format_at(i, &format); i++)
        if (strlen(format.name) == length && strncmp(format.name, output, length) == 0)
            break;
    return format;
}

static bool is_operand(const struct target *target) {
    const struct names *lists[] = {&hosts.run->words, &hosts.run->rules};
    struct stat file;
    for (size_t i = 0; i < COUNT(lists); i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            if (stat(lists[i]->at[j], &file) == 0 && file.st_dev == target->device &&
                file.st_ino == target->number)
                return true;
    return false;
}

/* An older output of the same format begins alike; all else is somebody's work. */
static bool may_replace(const struct target *target, const struct text *content,
                        const char *opening, bool force) {
    const struct text *before = &target->before;
    if (target->kind != TARGET_FILE || !before->length || target_holds(target, content))
        return true;
    if (is_operand(target)) {
        complain("%s: read as input, so left as it is", target->path);
        return false;
    }
    if (force || strncmp(before->at, opening, strlen(opening)) == 0)
        return true;
    complain("%s: not made by stridec, so left as it is; --force writes over it", target->path);
    return false;
}

static bool write_file(const char *path, const char *opening, const struct text *content,
                       bool force) {
    struct target target;
    if (!target_open(&target, path, hosts.top.root))
        return false;
    bool same = target_holds(&target, content);
    bool done = may_replace(&target, content, opening, force) && target_make(&target, content);
    if (done && report_is_on())
        report_file(path, same ? "unchanged" : "written");
    target_close(&target);
    return done;
}

static bool write_output(const char *output, bool force) {
    struct text content = {0};
    const char *file = file_of(output);
    stridec_report_format format = format_called(output);
    stridec_status status = stridec_report_write(hosts.report, format.name, text_append, &content);
    bool done = status == STRIDEC_OK;
    if (!done)
        complain("%s: %s", file, stridec_status_text(status));
    else if (is_standard_output(file))
        print_to_stream(stdout, content.at, content.length); /* main() sees whether it arrives */
    else
        done = write_file(file, format.opening, &content, force);
    text_free(&content);
    return done;
}

enum outcome hosts_end(enum outcome outcome, bool force) {
    if (!hosts.report)
        return outcome;
    report_listen(NULL);
    if (hosts.failed) {
        complain("not enough memory for the outputs: none is written");
        outcome = OUTCOME_FAILURE;
    }
    for (size_t i = 0; i < hosts.run->outputs.count && !hosts.failed; i++)
        if (!write_output(hosts.run->outputs.at[i], force))
            outcome = OUTCOME_FAILURE;
    stridec_report_free(hosts.report);
    top_close(&hosts.top);
    hosts.report = NULL;
    return outcome;
}
