/* The files that were read, in the words of make; ninja reads the same. */
// SPDX-License-Identifier: MIT
#include "depfile.h"

#include "generated.h"
#include "links.h"
#include "paths.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

struct rule {
    struct text content;
    char *refused; /* the first name that build tools would not read as this name; or NULL */
    bool alone;    /* inputs are targets of their own, so that make goes on when one is deleted */
    bool failed;   /* no memory */
};

static void put(struct rule *rule, const char *at, size_t length) {
    rule->failed |= !text_append(&rule->content, at, length);
}

/* ---- names that make and ninja read alike --------------------------------------------------- */

/* To make, `=` is an assignment, `:` a rule, `%` a pattern, and so on; an escape that make knows is
 * not one that ninja knows. So a name is written only when each of its bytes is one of these. */
static bool is_plain(const unsigned char *at) {
    bool is_ascii = *at < 0x80;
    bool is_control = at[0] == 0xc2 && at[1] < 0xa0; /* U+0080 to U+009F */
    bool is_letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
    return is_letter || (is_ascii ? strchr("0123456789._-/+@, ", *at) != NULL : !is_control);
}

/* make takes `.SILENT`, `.ONESHELL` and their like for orders, also as `./.SILENT`, and `.c.o` for
 * a rule about endings: whatever begins with a dot and has no folder. */
static bool is_order(const char *name) {
    while (strncmp(name, "./", 2) == 0 || *name == '/')
        name += *name == '/' ? 1 : 2;
    return *name == '.' && !strchr(name, '/');
}

static bool is_readable(const char *name) {
    size_t length = strlen(name);
    if (!length || name[length - 1] == ' ' || is_order(name))
        return false;
    while (*name && is_plain((const unsigned char *)name))
        name++;
    return !*name;
}

/* A blank gets a backslash. */
static void put_name(struct rule *rule, const char *name) {
    if (!rule->refused && !is_readable(name))
        rule->refused = text_copy(name);
    for (; *name; name++) {
        put(rule, "\\", *name == ' ');
        put(rule, name, 1);
    }
}

/* ---- the rule ------------------------------------------------------------------------------ */

static void put_input(void *context, const char *name) {
    struct rule *rule = context;
    if (strcmp(name, "-") == 0)
        return;
    put(rule, rule->alone ? "\n" : " \\\n  ", rule->alone ? 1 : 5);
    put_name(rule, name);
    put(rule, ":\n", rule->alone ? 2 : 0);
}

static void put_rule(struct rule *rule, const struct session *session, const char *const *outputs,
                     size_t count) {
    for (size_t i = 0; i < count; i++) {
        put(rule, " ", i > 0);
        put_name(rule, outputs[i]);
    }
    put(rule, ":", 1);
    put_input(rule, session->run->words.at[0]);
    session_inputs(session, put_input, rule);
    put(rule, "\n", 1);
    rule->alone = true;
    session_inputs(session, put_input, rule);
}

/* False, after a complaint, when the rule cannot be written as it should be read. */
static bool is_sound(const struct rule *rule, const char *depfile) {
    if (rule->refused)
        complain("%s: build tools would misread the file name '%s'; rename the file (letters, "
                 "digits, blanks and . _ - + @ , / are safe; a first dot or a last blank is not)",
                 depfile, rule->refused);
    else if (rule->failed)
        complain("%s: not enough memory", depfile);
    return !rule->refused && !rule->failed;
}

static bool write_rule(struct session *session, const struct rule *rule, bool force) {
    struct product product = {.content = rule->content};
    bool done = target_open(&product.target, session->run->depfile, session->root) &&
                product_may_replace(&product, session, force) &&
                target_make(&product.target, &product.content);
    target_close(&product.target);
    return done;
}

/* False, after a complaint, when the depfile would take the place of an output. */
static bool has_own_name(const char *depfile, const char *const *outputs, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (is_same_place(depfile, outputs[i])) {
            complain("%s: that is the name of an output; give --depfile another", depfile);
            return false;
        }
    return true;
}

bool depfile_write(struct session *session, const char *const *outputs, size_t count, bool force) {
    const char *depfile = session->run->depfile;
    struct rule rule = {0};
    if (!depfile)
        return true;
    put_rule(&rule, session, outputs, count);
    bool done = has_own_name(depfile, outputs, count) && is_sound(&rule, depfile) &&
                write_rule(session, &rule, force);
    if (!done)
        session_fail(session, OUTCOME_FAILURE);
    text_free(&rule.content);
    free(rule.refused);
    return done;
}

bool depfile_has_output(const struct invocation *run, const char *output) {
    if (!run->depfile || (output && !is_standard_output(output)))
        return true;
    complain("--depfile says what a file is made from: name the file by -o FILE");
    return false;
}
