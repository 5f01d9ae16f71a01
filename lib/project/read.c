/* Texts become trees, by the form that the ending of their path says; of a file that is not ours,
 * only what it looks like is shown. */
// SPDX-License-Identifier: MIT
#include "project/read.h"

#include "project/import_path.h"
#include "project/loading.h"
#include "syntax/conflict.h"
#include "syntax/foreign.h"
#include "syntax/form.h"

/* Reports one message in place of all that reading the file reported. */
static void report_as_one(struct project *project, const struct diagnostics *before,
                          enum diag_code code, struct source *source, struct slice name,
                          const char *advice) {
    project->diagnostics = *before;
    struct diagnostic *added =
        diag_add(&project->diagnostics, code, source, (struct span){0, 0}, ARGS(name));
    added->about_file = true;
    diag_hint(&project->diagnostics, added, "%s", advice);
}

static const struct tree *nothing_of(struct arena *arena, struct source *source) {
    struct tree *nothing = ARENA_NEW(arena, struct tree);
    *nothing = (struct tree){.source = source, .damaged = true, .truncated = true, .foreign = true};
    return nothing;
}

/* Each conflict that a merge has left in the text, in place of all that reading it reported. */
static bool report_conflicts(struct project *project, const struct diagnostics *before,
                             struct source *source) {
    struct arena *arena = &project->arena;
    struct conflict conflict = {0};
    bool any = false;
    while (find_conflict(source->text, conflict.last.end, &conflict)) {
        size_t first = source_line_number(arena, source, conflict.marker.start);
        size_t last = source_line_number(arena, source, conflict.last.start);
        if (!any)
            project->diagnostics = *before;
        any = true;
        struct diagnostic *added =
            diag_add(&project->diagnostics, DIAG_unresolved_conflict, source, conflict.marker,
                     ARGS(text_format(arena, "%zu", first), text_format(arena, "%zu", last)));
        diag_hint(&project->diagnostics, added, "keep what holds, and take the markers out");
    }
    return any;
}

/* A text that reads as items of ours and declares nothing can be written in house style; to be
 * compiled it must be more. */
static const struct tree *read_items(struct project *project, struct slice path, struct slice text,
                                     bool to_compile) {
    struct source *source = source_new(&project->arena, slice_copy(&project->arena, path), text);
    struct diagnostics *diagnostics = &project->diagnostics;
    const struct diagnostics before = *diagnostics;
    bool is_yaml = is_yaml_path(path);
    struct tree *tree = parse_either(diagnostics, source);
    bool failed = diagnostics->errors > before.errors || (to_compile && !tree_is_ours(tree));
    struct foreign foreign;
    if (failed && report_conflicts(project, &before, source))
        return nothing_of(&project->arena, source);
    if (!failed || !find_foreign(&project->arena, tree, is_yaml, &foreign))
        return tree;
    report_as_one(project, &before, DIAG_foreign_file, source, slice_of(foreign.name),
                  foreign.advice);
    return nothing_of(&project->arena, source);
}

const struct tree *read_tree(struct project *project, struct slice path, struct slice text) {
    return read_items(project, path, text, true);
}

/* Whether a file that the caller has named lies elsewhere: then its name says nothing about it. */
static bool is_named_by_link(struct project *project, const char *path) {
    const char *plain = resolve_path(&project->arena, SLICE(""), slice_of(path));
    return project->locate && !slice_is(place_of(project, path), plain);
}

/* A text that stays as long as the project. A longer one is refused, so it is not copied whole. */
static struct slice keep_text(struct project *project, struct slice text) {
    text = slice_part(text, 0, SOURCE_LIMIT + 1);
    return project->texts_stay && text.length ? text : slice_copy(&project->arena, text);
}

/* A link may lead to anything: no line is shown of a file that does not look like ours. */
const struct tree *read_named(struct project *project, const struct named_text *input,
                              bool to_compile) {
    const struct diagnostics before = project->diagnostics;
    struct slice text = keep_text(project, input->text);
    const struct tree *tree = read_items(project, slice_of(input->path), text, to_compile);
    size_t errors = project->diagnostics.errors - before.errors;
    if (tree->foreign || tree_is_mostly_ours(tree, errors) ||
        !is_named_by_link(project, input->path))
        return tree;
    report_as_one(project, &before, DIAG_import_unlike, tree->source, slice_of(input->path),
                  "name the file itself, not a link to it");
    return nothing_of(&project->arena, tree->source);
}
