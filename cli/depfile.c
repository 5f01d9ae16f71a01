/* The files that were read, in the words of make; ninja reads the same. */
// SPDX-License-Identifier: MIT
#include "depfile.h"

#include "generated.h"
#include "terminal.h"

#include <string.h>

struct rule {
    struct text content;
    const char *problem; /* why it cannot be written; NULL: it can */
};

static void put(struct rule *rule, const char *at, size_t length) {
    if (!text_append(&rule->content, at, length))
        rule->problem = "not enough memory";
}

/* A blank and a hash get a backslash, which doubles those before it; a dollar is doubled. */
static void put_name(struct rule *rule, const char *name) {
    size_t slashes = 0;
    if (strchr(name, '\n'))
        rule->problem = "the name of a file has a line break, which make cannot read";
    for (; *name; name++) {
        bool special = strchr(" \t#", *name) != NULL;
        for (size_t i = 0; special && i <= slashes; i++)
            put(rule, "\\", 1);
        put(rule, "$", *name == '$');
        put(rule, name, 1);
        slashes = *name == '\\' ? slashes + 1 : 0;
    }
}

/* `alone`: as a target of its own, so that make goes on when the file is deleted. */
static void put_input(struct rule *rule, const char *name, bool alone) {
    if (strcmp(name, "-") == 0)
        return;
    put(rule, alone ? "\n" : " \\\n  ", alone ? 1 : 5);
    put_name(rule, name);
    put(rule, ":\n", alone ? 2 : 0);
}

static void put_inputs(struct rule *rule, const struct session *session, bool alone) {
    const struct names *rules = &session->run->rules;
    const char *path;
    if (!alone)
        put_input(rule, session->run->words.at[0], alone);
    for (size_t i = 1; (path = stridec_source_at(session->compilation, i)); i++)
        put_input(rule, path, alone);
    for (size_t i = 0; i < rules->count; i++)
        put_input(rule, rules->at[i], alone);
}

static bool write_rule(struct session *session, const struct rule *rule, bool force) {
    struct product product = {.opened = true, .content = rule->content};
    bool done = !rule->problem && target_open(&product.target, session->run->depfile) &&
                product_may_replace(&product, session, force) &&
                target_write(&product.target, &product.content);
    target_close(&product.target);
    if (rule->problem)
        complain("%s: %s", session->run->depfile, rule->problem);
    return done;
}

void depfile_write(struct session *session, const char *const *outputs, size_t count, bool force) {
    struct rule rule = {0};
    if (!session->run->depfile || session->outcome != OUTCOME_CLEAN)
        return;
    for (size_t i = 0; i < count; i++) {
        put(&rule, " ", i > 0);
        put_name(&rule, outputs[i]);
    }
    put(&rule, ":", 1);
    put_inputs(&rule, session, false);
    put(&rule, "\n", 1);
    put_inputs(&rule, session, true);
    if (!write_rule(session, &rule, force))
        session_fail(session, OUTCOME_FAILURE);
    text_free(&rule.content);
}

bool depfile_has_output(const struct invocation *run, const char *output) {
    if (!run->depfile || (output && !is_standard_output(output)))
        return true;
    complain("--depfile says what a file is made from: name the file by -o FILE");
    return false;
}
