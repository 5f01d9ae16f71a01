/* Writes reports for code hosts and build servers. The library gathers and words them; here are
 * files, and names as hosts know them. */
// SPDX-License-Identifier: MIT
#include "hosts.h"

#include "endings.h"
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

static bool is_format(const char *output, const char *name) {
    size_t length = strcspn(output, "=");
    return strlen(name) == length && strncmp(name, output, length) == 0;
}

static bool complain_of_place(const struct names *outputs, size_t index) {
    const char *output = outputs->at[index], *file = file_of(output);
    if (is_standard_output(file) && report_is_on()) {
        complain("--output %s: standard output has the report of --format json; name a file",
                 output);
        return true;
    }
    for (size_t i = 0; i < index; i++)
        if (is_same_output(file, file_of(outputs->at[i]))) {
            complain("--output %s: %s goes to the same place; give each a file of its own", output,
                     outputs->at[i]);
            return true;
        }
    return false;
}

/* NULL is that of `json`, which is no format of the library's. */
static const char *find_format(const char *output, stridec_report_format *format) {
    for (size_t i = 0; stridec_report_format_at(i, format); i++)
        if (is_format(output, format->name))
            return format->name;
    *format = (stridec_report_format){.size = sizeof *format, .opening = REPORT_OPENING};
    return NULL;
}

static bool complain_of_link(const struct invocation *run, const char *output) {
    stridec_report_format format = {.size = sizeof format};
    if (!find_format(output, &format) || !format.needs_link || run->link)
        return false;
    complain("--output %s: %s are links; say by --link URL where the host shows files", output,
             format.name);
    return true;
}

static bool are_sound(const struct invocation *run) {
    const struct names *outputs = &run->outputs;
    if (run->link && strncmp(run->link, "https://", 8) != 0 &&
        strncmp(run->link, "http://", 7) != 0) {
        complain("--link takes a URL such as https://git.example/shop/-/blob/main, not '%s'",
                 run->link);
        return false;
    }
    for (size_t i = 0; i < outputs->count; i++)
        if (complain_of_place(outputs, i) || complain_of_link(run, outputs->at[i]))
            return false;
    return true;
}

/* ---- gathering --------------------------------------------------------------------------- */

/* A compilation whose memory has run out is complained of elsewhere; a report that has no memory
 * cannot be written. */

static void take_problem(const char *message) {
    if (hosts.path)
        stridec_report_problem(hosts.report, hosts.path, message);
}

bool hosts_begin(struct invocation *run) {
    if (!are_sound(run)) {
        run->outcome = OUTCOME_MISUSE;
        return false;
    }
    if (!run->outputs.count)
        return true;
    const char *first = run->words.at[0];
    hosts.run = run;
    hosts.top = top_of(run->root, strcmp(first, "-") == 0 ? "" : first);
    const stridec_report_config config = {.size = sizeof config,
                                          .command = run->command->word,
                                          .link = run->link,
                                          .root = hosts.top.root,
                                          .folder = hosts.top.folder};
    hosts.report = stridec_report_new(&config);
    if (!hosts.report) {
        complain("no memory");
        run->outcome = OUTCOME_FAILURE;
        return false;
    }
    for (size_t i = 0; i < run->outputs.count; i++)
        if (is_format(run->outputs.at[i], "json"))
            report_keep(run->command->word);
    for (size_t i = 0; i < run->words.count; i++) { /* in their order */
        hosts_turn_to(run->words.at[i]);
        hosts_take(NULL);
    }
    report_listen(take_problem);
    return true;
}

bool hosts_print(void) {
    for (size_t i = 0; hosts.report && i < hosts.run->outputs.count; i++)
        if (is_standard_output(file_of(hosts.run->outputs.at[i])))
            return true;
    return false;
}

void hosts_turn_to(const char *path) {
    if (!hosts.report)
        return;
    bool is_input = strcmp(path, "-") == 0;
    const char *name = hosts.run->stdin_name;
    hosts.path = !is_input ? path : name ? name : STANDARD_INPUT;
}

void hosts_take(stridec *compilation) {
    if (hosts.report && hosts.path)
        stridec_report_add(hosts.report, compilation, hosts.path);
}

/* ---- writing ----------------------------------------------------------------------------- */

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
    if (is_operand(target))
        return !complain_of_input(target->path);
    if (form_of_ending(target->real)) { /* one that is imported, maybe */
        complain("%s: ends as a model does, so left as it is", target->path);
        return false;
    }
    return force || strncmp(before->at, opening, strlen(opening)) == 0 ||
           !complain_of_foreign(target->path);
}

static bool write_file(const char *path, const char *opening, const struct text *content,
                       bool force) {
    struct target target;
    if (!target_open(&target, path, hosts.top.root))
        return false;
    bool same = target_holds(&target, content);
    bool done = may_replace(&target, content, opening, force) && target_make(&target, content);
    if (done && report_is_kept())
        report_file(path, same ? "unchanged" : "written");
    target_close(&target);
    return done;
}

/* False, after a complaint. */
static bool make_content(const char *format, const char *file, enum outcome outcome,
                         struct text *content) {
    stridec_status status = format
                                ? stridec_report_write(hosts.report, format, text_append, content)
                            : report_write(outcome, content) ? STRIDEC_OK
                                                             : STRIDEC_NO_MEMORY;
    if (status != STRIDEC_OK)
        complain("%s: %s", file, stridec_status_text(status));
    return status == STRIDEC_OK;
}

static bool write_output(const char *output, enum outcome outcome, bool force) {
    struct text content = {0};
    const char *file = file_of(output);
    stridec_report_format format = {.size = sizeof format};
    const char *name = find_format(output, &format);
    bool done = make_content(name, file, outcome, &content);
    if (done && is_standard_output(file))
        print_to_stream(stdout, content.at, content.length); /* main() sees whether it arrives */
    else if (done)
        done = write_file(file, format.opening, &content, force);
    text_free(&content);
    return done;
}

/* The report of the run, which names the files that were written, comes last. */
static enum outcome write_outputs(enum outcome outcome, bool force) {
    const struct names *outputs = &hosts.run->outputs;
    for (int last = 0; last <= 1; last++)
        for (size_t i = 0; i < outputs->count; i++)
            if (is_format(outputs->at[i], "json") == last &&
                !write_output(outputs->at[i], outcome, force))
                outcome = OUTCOME_FAILURE;
    return outcome;
}

enum outcome hosts_end(enum outcome outcome, bool force) {
    if (!hosts.report)
        return outcome;
    report_listen(NULL);
    outcome = write_outputs(outcome, force);
    stridec_report_free(hosts.report);
    top_close(&hosts.top);
    hosts.report = NULL;
    return outcome;
}
