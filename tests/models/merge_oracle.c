/* See merge_oracle.h. The merge itself is called, below what hands out a text that nobody has
 * changed on one side. */
// SPDX-License-Identifier: MIT
#include "merge_oracle.h"

#include "syntax/builder.h"
#include "syntax/merge.h"
#include "syntax/parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARKER_LENGTH 60
#define MARKERS "<>="

struct trial {
    struct arena arena;
    const struct tree *base, *ours, *theirs;
    char *problem;
};

static void fail(struct trial *trial, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void fail(struct trial *trial, const char *format, ...) {
    char text[20000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (!trial->problem)
        trial->problem = strdup(text);
}

static const struct tree *read_text(struct trial *trial, struct slice text) {
    struct diagnostics diagnostics = {.arena = &trial->arena};
    struct source *source =
        source_new(&trial->arena, SLICE("x.dfd"), slice_copy(&trial->arena, text));
    const struct tree *tree = parse(&diagnostics, source);
    return diagnostics.errors || tree->damaged || tree->truncated ? NULL : tree;
}

static struct slice merge(struct trial *trial, const struct tree *base, const struct tree *ours,
                          const struct tree *theirs, size_t *conflicts) {
    struct memory_writer text;
    memory_writer_open(&text, &trial->arena);
    bool is_triage = file_kind_of(ours) == IN_TRIAGE || file_kind_of(theirs) == IN_TRIAGE;
    *conflicts =
        merge_trees(&trial->arena, base, ours, theirs, is_triage, MARKER_LENGTH, &text.writer);
    return memory_writer_close(&text);
}

/* ---- one side ---------------------------------------------------------------------------- */

static void expect_text(struct trial *trial, const char *what, const struct tree *base,
                        const struct tree *ours, const struct tree *theirs,
                        const struct tree *expected) {
    size_t conflicts;
    struct slice merged = merge(trial, base, ours, theirs, &conflicts);
    if (conflicts || !slice_equal(merged, expected->source->text))
        fail(trial, "%s, %zu conflicts:\n%.*s\n---- instead of:\n%.*s", what, conflicts,
             SLICE_ARGS(merged), SLICE_ARGS(expected->source->text));
}

static void check_one_side(struct trial *trial) {
    const struct tree *base = trial->base, *ours = trial->ours, *theirs = trial->theirs;
    expect_text(trial, "only ours has changed", base, ours, base, ours);
    expect_text(trial, "only theirs has changed", base, base, theirs, theirs);
    expect_text(trial, "nobody has changed it", ours, ours, ours, ours);
    expect_text(trial, "both have changed it alike", base, theirs, theirs, theirs);
}

/* ---- what is new is not lost ------------------------------------------------------------- */

/* Without blanks, and with a line break at each end so that a part begins and ends nowhere. */
static struct slice squeeze(struct trial *trial, struct slice text) {
    char *copy = arena_alloc(&trial->arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++)
        if (!strchr(" \t\r\n;", text.at[i]) || !text.at[i])
            copy[length++] = text.at[i];
    return (struct slice){copy, length};
}

static bool holds(struct slice text, struct slice part) {
    for (size_t i = 0; i + part.length <= text.length; i++)
        if (memcmp(text.at + i, part.at, part.length) == 0)
            return true;
    return false;
}

static void expect_part(struct trial *trial, struct slice base, struct slice merged,
                        struct slice part) {
    part = squeeze(trial, part);
    if (part.length && !holds(base, part) && !holds(merged, part))
        fail(trial, "lost: %.*s\n---- in:\n%.*s", SLICE_ARGS(part), SLICE_ARGS(merged));
}

/* Lists in which each value stands for itself are joined. */
static bool expect_values(struct trial *trial, struct slice base, struct slice merged,
                          const struct source *source, const struct item *item) {
    if (item->kind != ITEM_ATTRIBUTE || item->value->word.kind != VALUE_LIST ||
        !slice_is(word_text(&item->word), "patterns"))
        return false;
    for (const struct value *at = value_items(item->value); at; at = at->next) {
        struct slice written = source_slice(source, word_span(&at->word));
        bool as_it_is = holds(written, word_text(&at->word)); /* whatever its quotes */
        expect_part(trial, base, merged, as_it_is ? word_text(&at->word) : written);
    }
    return true;
}

/* Attributes, conditions, what stands before a block, and comments. */
static void expect_items(struct trial *trial, struct slice base, struct slice merged,
                         const struct source *source, const struct item *items) {
    for (const struct item *item = items; item; item = item->next) {
        const struct block *block = item_block(item);
        struct span span = {item->word.start, block ? (uint32_t)block->open : item->end};
        if (!expect_values(trial, base, merged, source, item))
            expect_part(trial, base, merged, source_slice(source, span));
        if (block)
            expect_items(trial, base, merged, source, block->items);
        const struct remarks *remarks = around(item->remarks);
        for (const struct comment *at = remarks->comments; at; at = at->next)
            expect_part(trial, base, merged, at->text);
        for (const struct comment *at = remarks->trailing; at; at = at->next)
            expect_part(trial, base, merged, at->text);
    }
}

/* ---- the result -------------------------------------------------------------------------- */

static bool is_marker(struct slice line, char c) {
    size_t length = 0;
    while (length < line.length && line.at[length] == c)
        length++;
    return length == MARKER_LENGTH;
}

/* With one side of each conflict. */
static struct slice resolve(struct trial *trial, struct slice merged, bool theirs) {
    struct memory_writer text;
    struct slice line;
    enum { AGREED, OURS, THEIRS } where = AGREED;
    memory_writer_open(&text, &trial->arena);
    bool ends = merged.length && merged.at[merged.length - 1] == '\n';
    while (slice_cut(&merged, '\n', &line)) {
        bool last = !merged.length;
        if (is_marker(line, '<'))
            where = OURS;
        else if (is_marker(line, '=') && where == OURS)
            where = THEIRS;
        else if (is_marker(line, '>') && where == THEIRS)
            where = AGREED;
        else if (where == AGREED || (where == THEIRS) == theirs) {
            write_slice(&text.writer, line);
            if (!last || ends)
                write_char(&text.writer, '\n');
        }
    }
    if (where != AGREED)
        fail(trial, "a conflict does not end");
    return memory_writer_close(&text);
}

static void expect_readable(struct trial *trial, const char *what, struct slice text) {
    if (!read_text(trial, text))
        fail(trial, "%s does not read:\n%.*s", what, SLICE_ARGS(text));
}

static const struct item *find_same(const struct item *items, const struct item *wanted) {
    const struct item *found = NULL;
    for (const struct item *item = items; item; item = item->next)
        if (item->kind == ITEM_DECLARATION && word_text(&wanted->head->name).length &&
            slice_equal(word_text(&item->word), word_text(&wanted->word)) &&
            slice_equal(word_text(&item->head->name), word_text(&wanted->head->name))) {
            if (found)
                return NULL; /* who knows which */
            found = item;
        }
    return found;
}

static bool has_attribute(const struct item *declaration, struct slice name) {
    for (const struct item *item = items_inside(declaration); item; item = item->next)
        if (slice_equal(word_text(&item->word), name))
            return true;
    return false;
}

/* What one side has added to a declaration that had no block, and the other has none of, is there
 * whichever side of a conflict is kept. */
static void expect_added(struct trial *trial, struct slice text, const struct tree *one,
                         const struct tree *other) {
    const struct tree *kept = read_text(trial, text);
    for (const struct item *item = one->file.items; kept && item; item = item->next) {
        const struct item *base, *there, *now;
        if (item->kind != ITEM_DECLARATION || find_same(one->file.items, item) != item ||
            !(base = find_same(trial->base->file.items, item)) || item_block(base) ||
            !(there = find_same(other->file.items, item)) ||
            !(now = find_same(kept->file.items, item)))
            continue;
        for (const struct item *fact = items_inside(item); fact; fact = fact->next)
            if (fact->kind == ITEM_ATTRIBUTE && !has_attribute(there, word_text(&fact->word)) &&
                !has_attribute(now, word_text(&fact->word)))
                fail(trial, "one side of a conflict lacks '%.*s' of '%.*s':\n%.*s",
                     SLICE_ARGS(word_text(&fact->word)), SLICE_ARGS(word_text(&item->head->name)),
                     SLICE_ARGS(text));
    }
}

static void check_sides(struct trial *trial, struct slice merged) {
    for (int theirs = 0; theirs < 2; theirs++) {
        struct slice text = resolve(trial, merged, theirs);
        expect_readable(trial, theirs ? "their side of a conflict" : "our side of a conflict",
                        text);
        expect_added(trial, text, trial->ours, trial->theirs);
        expect_added(trial, text, trial->theirs, trial->ours);
    }
}

static bool has_marker(struct slice text) {
    struct slice line;
    while (slice_cut(&text, '\n', &line))
        for (const char *c = MARKERS; *c; c++)
            if (is_marker(line, *c))
                return true;
    return false;
}

/* A part may go across a marker, and is whole only on its side then. */
static void check_new(struct trial *trial, struct slice merged) {
    struct slice base = squeeze(trial, trial->base->source->text);
    const struct tree *sides[] = {trial->ours, trial->theirs};
    for (int i = 0; i < 2; i++) {
        struct slice text = text_join(&trial->arena, squeeze(trial, merged), SLICE("\n"),
                                      squeeze(trial, resolve(trial, merged, i)));
        expect_items(trial, base, text, sides[i]->source, sides[i]->file.items);
    }
}

static void check_both(struct trial *trial, size_t *conflicts) {
    size_t swapped;
    struct slice merged = merge(trial, trial->base, trial->ours, trial->theirs, conflicts);
    struct slice other = merge(trial, trial->base, trial->theirs, trial->ours, &swapped);
    if ((*conflicts == 0) != (swapped == 0))
        fail(trial, "%zu conflicts, the other way round %zu:\n%.*s\n---- and:\n%.*s", *conflicts,
             swapped, SLICE_ARGS(merged), SLICE_ARGS(other));
    if (*conflicts) {
        check_sides(trial, merged);
    } else {
        expect_readable(trial, "the result", merged);
    }
    check_new(trial, merged);
}

char *check_merge(const struct versions_of_text *texts, size_t *conflicts) {
    struct trial trial = {0};
    struct slice base = {texts->base, texts->base_length}, ours = {texts->ours, texts->ours_length},
                 theirs = {texts->theirs, texts->theirs_length};
    *conflicts = SIZE_MAX;
    arena_open(&trial.arena, NULL, 0);
    trial.base = read_text(&trial, base);
    trial.ours = read_text(&trial, ours);
    trial.theirs = read_text(&trial, theirs);
    if (trial.base && trial.ours && trial.theirs && !has_marker(base) && !has_marker(ours) &&
        !has_marker(theirs)) {
        check_one_side(&trial);
        check_both(&trial, conflicts);
    }
    arena_close(&trial.arena);
    return trial.problem;
}
