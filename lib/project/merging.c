/* Merges two states of a file with what both come from. Nothing of what both sides have is read
 * where one of them has changed nothing. */
// SPDX-License-Identifier: MIT
#include "project/merging.h"

#include "syntax/builder.h"
#include "syntax/form.h"
#include "syntax/merge.h"
#include "syntax/parser.h"

#define BOM SLICE("\xef\xbb\xbf")

/* ---- line breaks ------------------------------------------------------------------------- */

enum line_breaks { NO_BREAKS, LF, CRLF, MIXED };

static enum line_breaks line_breaks_of(struct slice text) {
    bool lf = false, crlf = false, lone = false;
    for (size_t i = 0; i < text.length; i++) {
        bool after = i > 0 && text.at[i - 1] == '\r';
        if (text.at[i] == '\n')
            *(after ? &crlf : &lf) = true;
        else
            lone |= after;
    }
    return lone || (lf && crlf) ? MIXED : crlf ? CRLF : lf ? LF : NO_BREAKS;
}

static struct slice without_returns(struct arena *arena, struct slice text) {
    char *copy = arena_alloc(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] != '\r')
            copy[length++] = text.at[i];
    return (struct slice){copy, length};
}

static struct slice with_returns(struct arena *arena, struct slice text) {
    struct memory_writer writer;
    memory_writer_open(&writer, arena);
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '\n')
            write_char(&writer.writer, '\r');
        write_char(&writer.writer, text.at[i]);
    }
    return memory_writer_close(&writer);
}

/* ---- merging ----------------------------------------------------------------------------- */

enum { FROM_BASE, FROM_OURS, FROM_THEIRS, TEXTS };

struct merging {
    struct arena *arena;
    struct slice texts[TEXTS]; /* as they are compared */
    bool crlf, bom;            /* of the result */
};

/* What one side has changed, else what it was. */
static bool choose(bool base, bool ours, bool theirs) {
    return ours != base ? ours : theirs;
}

/* Texts that mix their line breaks are compared byte by byte. */
static void even_out(struct merging *merging) {
    enum line_breaks breaks[TEXTS];
    bool mixed = false, any = false, bom[TEXTS];
    for (int i = 0; i < TEXTS; i++) {
        bom[i] = slice_starts(merging->texts[i], BOM.at);
        merging->texts[i] = slice_part(merging->texts[i], bom[i] ? BOM.length : 0, SIZE_MAX);
        breaks[i] = line_breaks_of(merging->texts[i]);
        mixed |= breaks[i] == MIXED;
        any |= breaks[i] == CRLF;
    }
    merging->bom = choose(bom[FROM_BASE], bom[FROM_OURS], bom[FROM_THEIRS]);
    if (mixed || !any)
        return;
    bool base =
        breaks[FROM_BASE] == NO_BREAKS ? breaks[FROM_THEIRS] == CRLF : breaks[FROM_BASE] == CRLF;
    bool ours = breaks[FROM_OURS] == NO_BREAKS ? base : breaks[FROM_OURS] == CRLF;
    bool theirs = breaks[FROM_THEIRS] == NO_BREAKS ? base : breaks[FROM_THEIRS] == CRLF;
    merging->crlf = choose(base, ours, theirs);
    for (int i = 0; i < TEXTS; i++)
        merging->texts[i] = without_returns(merging->arena, merging->texts[i]);
}

/* NULL when it has mistakes. */
static const struct tree *read_version(struct arena *arena, const char *path, struct slice text) {
    if (text.length > SOURCE_LIMIT)
        return NULL;
    struct diagnostics diagnostics = {.arena = arena};
    const struct tree *tree =
        parse(&diagnostics, source_new(arena, slice_of(path), slice_copy(arena, text)));
    return diagnostics.errors || tree->damaged || tree->truncated ? NULL : tree;
}

/* The side that has something, where the other is as the base; else NULL. */
static const struct slice *only_change(const struct slice *texts) {
    if (slice_equal(texts[FROM_BASE], texts[FROM_OURS]))
        return &texts[FROM_THEIRS];
    return slice_equal(texts[FROM_BASE], texts[FROM_THEIRS]) ||
                   slice_equal(texts[FROM_OURS], texts[FROM_THEIRS])
               ? &texts[FROM_OURS]
               : NULL;
}

/* A text without conflicts is never handed out when it does not read. */
static bool merge_versions(struct merging *merging, const struct merge_input *input,
                           struct slice *merged, size_t *conflicts) {
    struct memory_writer writer;
    const struct tree *trees[TEXTS];
    for (int i = 0; i < TEXTS; i++) {
        trees[i] = read_version(merging->arena, input->path, merging->texts[i]);
        if (!trees[i])
            return false;
    }
    bool is_triage = file_kind_of(trees[FROM_OURS]) == IN_TRIAGE ||
                     file_kind_of(trees[FROM_THEIRS]) == IN_TRIAGE;
    memory_writer_open(&writer, merging->arena);
    *conflicts = merge_trees(merging->arena, trees[FROM_BASE], trees[FROM_OURS], trees[FROM_THEIRS],
                             is_triage, input->marker_length, &writer.writer);
    *merged = memory_writer_close(&writer);
    return *conflicts || read_version(merging->arena, input->path, *merged);
}

bool project_merge(struct project *project, const struct merge_input *input, struct writer *writer,
                   size_t *conflicts) {
    struct merging merging = {.arena = &project->arena,
                              .texts = {input->base, input->ours, input->theirs}};
    const struct slice *only = only_change(merging.texts);
    struct slice merged;
    *conflicts = 0;
    if (only) {
        write_slice(writer, *only);
        return true;
    }
    if (is_yaml_path(slice_of(input->path)))
        return false;
    even_out(&merging);
    if (!merge_versions(&merging, input, &merged, conflicts))
        return false;
    if (merging.bom)
        write_slice(writer, BOM);
    write_slice(writer, merging.crlf ? with_returns(&project->arena, merged) : merged);
    return true;
}
