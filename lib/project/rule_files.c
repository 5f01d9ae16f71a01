/* Packs that a model names are read as imports are: by paths from the file that states them,
 * through the loader, inside the root, and nothing that only looks like rules is ever shown. */
// SPDX-License-Identifier: MIT
#include "project/rule_files.h"

#include "project/import_path.h"
#include "project/loading.h"
#include "project/read.h"
#include "project/units.h"
#include "syntax/builder.h"
#include "syntax/foreign.h"
#include "syntax/form.h"

struct reader {
    struct project *project;
    const char *path; /* of the model */
    const struct tree *model;
    struct rule_files *files;
    struct table seen; /* places of those that were read, or could not be */
};

static struct diagnostic *report(const struct reader *reader, enum diag_code code,
                                 const struct word *name, struct slice detail) {
    return diag_add(&reader->project->diagnostics, code, reader->model->source, word_span(name),
                    ARGS(word_text(name), detail));
}

static void report_unread(const struct reader *reader, enum diag_code refusal,
                          const struct word *name, struct slice why) {
    struct diagnostics *diagnostics = &reader->project->diagnostics;
    struct slice limit = text_format(diagnostics->arena, "%zu", SOURCE_LIMIT >> 20);
    struct diagnostic *added =
        report(reader, refusal == DIAG_import_no_model_name ? DIAG_rules_no_name : refusal, name,
               refusal == DIAG_import_too_large ? limit : SLICE(""));
    if (why.length)
        diag_hint(diagnostics, added, "%.*s", SLICE_ARGS(why));
}

static bool may_read(const struct reader *reader, const struct word *name) {
    if (slice_starts(word_text(name), "/"))
        report(reader, DIAG_import_outside, name, SLICE(""));
    else if (!is_model_path(word_text(name)) || is_yaml_path(word_text(name)))
        report(reader, DIAG_rules_no_name, name, SLICE(""));
    else if (reader->files->count == UNIT_LIMIT)
        diag_add(&reader->project->diagnostics, DIAG_import_too_many, reader->model->source,
                 word_span(name), ARGS(text_format(&reader->project->arena, "%d", UNIT_LIMIT)));
    else
        return true;
    return false;
}

/* NULL, and reported, when the text is no rule pack. */
static const struct tree *parse_rules(const struct reader *reader, const struct word *name,
                                      const char *path, struct slice text) {
    struct project *project = reader->project;
    const struct diagnostics before = project->diagnostics;
    const struct tree *tree = read_tree(project, slice_of(path), text);
    enum file_kind file = file_kind_of(tree);
    if (tree->foreign)
        return NULL; /* in one message that shows no line */
    if (!tree_is_mostly_ours(tree, project->diagnostics.errors - before.errors)) {
        project->diagnostics = before; /* they could show lines of a file that holds secrets */
        report(reader, DIAG_rules_unlike, name, SLICE(""));
        return NULL;
    }
    if (file == IN_RULES)
        return tree;
    report(reader, DIAG_rules_no_pack, name,
           file == IN_MODEL ? SLICE("a model") : SLICE("a triage file"));
    return NULL;
}

static void read_one(struct reader *reader, const struct word *name) {
    struct project *project = reader->project;
    if (!may_read(reader, name))
        return;
    struct slice model = place_of(project, reader->path);
    const char *path = resolve_path(&project->arena, model, word_text(name));
    struct slice place = place_of(project, path), text;
    if (table_get(&reader->seen, place))
        return;
    table_intern(&project->arena, &reader->seen, place, reader);
    struct slice why;
    enum diag_code refusal = load_text(project, path, &text, &why);
    const struct tree *tree = NULL;
    if (refusal == DIAG_COUNT)
        tree = parse_rules(reader, name, path, text);
    else
        report_unread(reader, refusal, name, why);
    if (!tree) {
        *ARRAY_ADD(&project->arena, &project->tried) = path;
        return;
    }
    *ARRAY_ADD(&project->arena, reader->files) = tree;
    *ARRAY_ADD(&project->arena, &project->rule_files) = path;
}

static void read_named_in(struct reader *reader, const struct item *model) {
    for (const struct item *line = items_inside(model); line; line = line->next) {
        if (line->kind != ITEM_ATTRIBUTE || !slice_is(word_text(&line->word), "rules"))
            continue;
        bool list = line->value->word.kind == VALUE_LIST;
        for (const struct value *value = list ? value_items(line->value) : line->value; value;
             value = list ? value->next : NULL)
            if (value->word.kind != VALUE_LIST)
                read_one(reader, &value->word);
    }
}

void read_rule_files(struct project *project, const char *path, const struct tree *tree,
                     struct rule_files *files) {
    struct reader reader = {.project = project, .path = path, .model = tree, .files = files};
    const struct item *item = tree->file.items;
    while (item && !(item->kind == ITEM_DECLARATION && slice_is(word_text(&item->word), "model")))
        item = item->next;
    if (item) /* a second one is a mistake */
        read_named_in(&reader, item);
}
