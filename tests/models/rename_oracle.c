/* See rename_oracle.h. Only the public header is asked. */
// SPDX-License-Identifier: MIT
#include "rename_oracle.h"

#include "stridec.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEW_ID "quite_new-1"

struct bytes {
    char *at;
    size_t length, capacity;
};

static bool add_bytes(void *context, const char *at, size_t length) {
    struct bytes *bytes = context;
    if (bytes->length + length >= bytes->capacity) {
        bytes->capacity = 2 * (bytes->length + length) + 64;
        bytes->at = realloc(bytes->at, bytes->capacity);
        if (!bytes->at)
            abort();
    }
    if (length)
        memcpy(bytes->at + bytes->length, at, length);
    bytes->length += length;
    bytes->at[bytes->length] = '\0';
    return true;
}

static void print(struct bytes *bytes, const char *first, const char *second) {
    add_bytes(bytes, first, strlen(first));
    add_bytes(bytes, " ", 1);
    add_bytes(bytes, second, strlen(second));
    add_bytes(bytes, "\n", 1);
}

/* ---- compiling --------------------------------------------------------------------------- */

static bool is_beside(const char *path) {
    size_t length = strlen(path), ending = strlen(".triage.dfd");
    return length > ending && strcmp(path + length - ending, ".triage.dfd") == 0;
}

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    const struct model_text *text = context;
    if (!is_beside(path) || !text->decisions_length)
        return STRIDEC_NOT_THERE;
    return take(taker, text->decisions, text->decisions_length) ? STRIDEC_LOADED
                                                                : STRIDEC_TOO_LARGE;
}

/* Rules are read once, as a trial compiles three times. */
static stridec_pack *built_in_pack(void) {
    static stridec_pack *pack;
    if (!pack && stridec_pack_new(stridec_new(NULL), &pack) != STRIDEC_OK) {
        fputs("the built-in rules cannot be loaded\n", stderr);
        abort();
    }
    return pack;
}

static stridec *compile(const struct model_text *text, stridec_status *status) {
    const stridec_config config = {.size = sizeof config,
                                   .load = load,
                                   .load_context = (void *)text,
                                   .decisions = true,
                                   .keep_places = true,
                                   .pack = built_in_pack()};
    stridec *compilation = stridec_new(&config);
    *status = stridec_compile(compilation, text->path, text->at, text->length);
    return compilation;
}

/* ---- what a model says, but for ids ------------------------------------------------------ */

static int compare_lines(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Rows and patterns in no order, as ids may decide about that. */
static void add_rows(struct bytes *said, stridec *compilation) {
    size_t count = stridec_row_count(compilation);
    char **lines = calloc(count + 1, sizeof *lines);
    for (size_t i = 0; lines && i < count; i++) {
        stridec_row row = {.size = sizeof row};
        stridec_pattern pattern = {.size = sizeof pattern};
        struct bytes line = {0};
        stridec_row_at(compilation, i, &row);
        print(&line, row.letter, row.state);
        print(&line, row.kind, (const char *[]){"", "1", "2", "3"}[row.tier]);
        for (size_t j = 0; stridec_pattern_at(compilation, row.index, j, &pattern); j++)
            print(&line, pattern.rule, pattern.state);
        lines[i] = line.at;
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < count; i++) {
        add_bytes(said, lines[i], strlen(lines[i]));
        free(lines[i]);
    }
    free(lines);
}

/* What a review has seen goes by the ids of the past: where those are lost, it is outdated. */
static bool counts(const stridec_decision *decision, const char *standing, bool forgetful) {
    return !forgetful || strcmp(decision->kind, "review") != 0 || strcmp(standing, "outdated") != 0;
}

static void add_decisions(struct bytes *said, stridec *compilation, bool forgetful) {
    stridec_decision decision = {.size = sizeof decision};
    for (size_t i = 0; stridec_decision_at(compilation, i, &decision); i++) {
        print(said, decision.kind, decision.state);
        for (size_t j = 0; j < decision.standing_count; j++)
            if (counts(&decision, decision.standing[j], forgetful))
                print(said, "stands", decision.standing[j]);
    }
}

static void add_diagnostics(struct bytes *said, stridec *compilation) {
    stridec_diagnostic diagnostic = {.size = sizeof diagnostic};
    size_t count = 0;
    while (stridec_diagnostic_at(compilation, count, &diagnostic))
        count++;
    char **codes = calloc(count + 1, sizeof *codes);
    for (size_t i = 0; codes && i < count; i++) {
        stridec_diagnostic_at(compilation, i, &diagnostic);
        codes[i] = (char *)(uintptr_t)diagnostic.code;
    }
    qsort(codes, count, sizeof *codes, compare_lines);
    for (size_t i = 0; i < count; i++)
        print(said, "says", codes[i]);
    free(codes);
}

static struct bytes what_is_said(const struct model_text *text, bool forgetful) {
    struct bytes said = {0};
    stridec_status status;
    stridec *compilation = compile(text, &status);
    print(&said, "status", stridec_status_text(status));
    add_diagnostics(&said, compilation);
    add_decisions(&said, compilation, forgetful);
    add_rows(&said, compilation);
    stridec_free(compilation);
    return said;
}

/* ---- a trial ----------------------------------------------------------------------------- */

static bool find_declaration(stridec *compilation, size_t number, stridec_place *found) {
    size_t count = 0;
    for (size_t round = 0; round < 2; round++) {
        stridec_place place = {.size = sizeof place};
        size_t seen = 0;
        for (size_t i = 0; stridec_place_at(compilation, i, &place); i++) {
            if (place.role != STRIDEC_DECLARATION || !*place.id)
                continue;
            if (round && seen == number % count) {
                *found = place;
                return true;
            }
            seen++;
        }
        count = seen;
        if (!count)
            return false;
    }
    return false;
}

static struct bytes changed(stridec *compilation, const char *path, const char *at, size_t length) {
    struct bytes text = {0};
    if (stridec_write_changed(compilation, path, add_bytes, &text) != STRIDEC_OK)
        add_bytes(&text, at, length);
    return text;
}

static int compare_changes(const void *a, const void *b) {
    const stridec_change *left = a, *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

/* Without the line that says what it was called before. False where that cannot be left out. */
static bool changed_without_past(stridec *compilation, const struct model_text *text,
                                 struct bytes *renamed) {
    stridec_change change = {.size = sizeof change}, *all = NULL;
    size_t count = 0, at = 0;
    bool found = false;
    for (size_t i = 0; stridec_change_at(compilation, i, &change); i++) {
        bool past = change.start == change.end && strstr(change.text, "was:");
        found |= past;
        if (past || strcmp(change.path, text->path) != 0)
            continue;
        all = realloc(all, (count + 1) * sizeof *all);
        if (!all)
            abort();
        all[count++] = change;
    }
    if (count)
        qsort(all, count, sizeof *all, compare_changes);
    for (size_t i = 0; i < count; at = all[i++].end) {
        add_bytes(renamed, text->at + at, all[i].start - at);
        add_bytes(renamed, all[i].text, strlen(all[i].text));
    }
    add_bytes(renamed, text->at + at, text->length - at);
    free(all);
    return found;
}

static char *compare(const struct model_text *text, const struct model_text *old, const char *what,
                     bool forgetful) {
    struct bytes after = what_is_said(text, forgetful), before = what_is_said(old, forgetful),
                 problem = {0};
    bool same = strcmp(before.at, after.at) == 0;
    if (!same) {
        print(&problem, what, "is other than before:");
        print(&problem, after.at, "---- before:");
        print(&problem, before.at, "---- now:");
        print(&problem, text->at, "---- and beside it:");
        add_bytes(&problem, text->decisions, text->decisions_length);
    }
    free(after.at);
    free(before.at);
    return same ? NULL : problem.at;
}

static char *path_beside(const char *path) {
    size_t stem = strrchr(path, '.') ? (size_t)(strrchr(path, '.') - path) : strlen(path);
    char *beside = malloc(stem + strlen(".triage.dfd") + 1);
    if (!beside)
        abort();
    memcpy(beside, path, stem);
    strcpy(beside + stem, ".triage.dfd");
    return beside;
}

static char *compare_renamed(const struct model_text *text, stridec *compilation,
                             const char *where) {
    char *beside = path_beside(text->path), *problem;
    struct bytes model = changed(compilation, text->path, text->at, text->length),
                 decisions = changed(compilation, beside, text->decisions, text->decisions_length);
    struct model_text both = {text->path, model.at, model.length, decisions.at, decisions.length};
    problem = compare(&both, text, "renamed", false);
    struct model_text alone = {text->path, model.at, model.length, text->decisions,
                               text->decisions_length};
    if (!problem && strcmp(where, beside) != 0)
        problem = compare(&alone, text, "with decisions as they were", false);
    struct bytes without = {0};
    if (!problem && changed_without_past(compilation, text, &without)) {
        struct model_text forgetful = {text->path, without.at, without.length, decisions.at,
                                       decisions.length};
        problem = compare(&forgetful, text, "without its past", true);
    }
    free(without.at);
    free(model.at);
    free(decisions.at);
    free(beside);
    return problem;
}

char *check_rename(const struct model_text *text, size_t number, bool *renamed) {
    stridec_status status;
    stridec *compilation = compile(text, &status);
    stridec_place place = {.size = sizeof place};
    char *problem = NULL;
    *renamed = status == STRIDEC_OK && find_declaration(compilation, number, &place) &&
               stridec_rename_at(compilation, place.path, place.start, NEW_ID) == STRIDEC_OK;
    if (*renamed)
        problem = compare_renamed(text, compilation, place.path);
    stridec_free(compilation);
    return problem;
}
