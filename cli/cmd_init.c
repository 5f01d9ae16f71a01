/* stridec init: a first model to change, never over somebody's own. */
// SPDX-License-Identifier: MIT

#include "embedded.h"
#include "endings.h"
#include "generated.h"
#include "imports.h"
#include "paths.h"
#include "report.h"
#include "target.h"

#include <stdlib.h>
#include <string.h>

static const char about[] =
    "The model is that of a small web shop. It compiles as it stands, and its\n"
    "comments say what each part is good for: change it into yours, line by line.\n"
    "FILE is model.dfd when not stated; '-' is standard output.";

static bool is_yaml(const char *path) {
    const char *form = form_of_ending(path);
    return form && strcmp(form, "yaml") == 0;
}

static bool may_replace(const struct target *target, const struct text *starter, bool force) {
    if (force || target->kind != TARGET_FILE || target->before.length == 0 ||
        target_holds(target, starter))
        return true;
    complain("%s: there already, so left as it is; --force writes over it", target->path);
    return false;
}

#define OWN_NAME "model.dfd"

/* The commands that its comments name are about the file as it is called. */
static bool make_starter(const char *path, struct text *starter) {
    const char *at = starter_model, *end = at + starter_model_length, *found;
    struct text word = {0}, name = {0};
    const char *base = path_base(path);
    bool fine =
        stridec_write_text("shell", base, strlen(base), text_append, &word) == STRIDEC_OK &&
        stridec_write_text("terminal", word.at, word.length, text_append, &name) == STRIDEC_OK;
    for (; fine && (found = strstr(at, OWN_NAME)) != NULL; at = found + strlen(OWN_NAME))
        fine = text_append(starter, at, (size_t)(found - at)) &&
               text_append(starter, name.at, name.length);
    fine = fine && text_append(starter, at, (size_t)(end - at));
    text_free(&word);
    text_free(&name);
    return fine;
}

static enum outcome write_starter(const char *path, const struct text *starter, bool force) {
    struct target target;
    enum outcome outcome = OUTCOME_FAILURE;
    char *root = root_of(NULL, ""); /* of where we are: the file has none yet */
    if (target_open(&target, path, root)) {
        bool same = target_holds(&target, starter);
        if (may_replace(&target, starter, force) && target_write(&target, starter)) {
            tell_file(path, same ? "unchanged" : "written");
            outcome = OUTCOME_CLEAN;
        }
    }
    target_close(&target);
    free(root);
    return outcome;
}

enum outcome cmd_init(struct invocation *run) {
    bool force = false;
    const struct option options[] = {
        {.name = "force", .on = &force, .help = "write over a file that is there already"},
        OPTION_REPORT(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    const char *path = run->words.count ? run->words.at[0] : OWN_NAME;
    if (is_standard_output(path))
        return print_result(NULL, starter_model, starter_model_length) ? OUTCOME_CLEAN
                                                                       : OUTCOME_FAILURE;
    if (is_yaml(path)) {
        complain("%s: a first model is a .dfd file; stridec convert makes YAML of it", path);
        return OUTCOME_MISUSE;
    }
    struct text starter = {0};
    bool copied = make_starter(path, &starter);
    enum outcome outcome = copied ? write_starter(path, &starter, force) : OUTCOME_FAILURE;
    if (!copied)
        complain("no memory");
    text_free(&starter);
    return outcome;
}
