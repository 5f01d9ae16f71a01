/* Each declaration gets all that is suggested for it in one edit, as attributes that are added one
 * after the other may share a place. */
// SPDX-License-Identifier: MIT
#include "project/describing.h"

#include "analysis/lints.h"
#include "project/units.h"

const struct suggestions *project_suggestions(struct project *project) {
    if (!project->suggestions && project->compiled)
        project->suggestions = find_suggestions(&project->arena, project->units.items[0]->model,
                                                project_phrases(project));
    return project->suggestions;
}

static bool state(struct edit *edit, const struct suggestion *suggestion) {
    return edit_state_new(edit, suggestion->decl->item,
                          slice_of(attribute_rows[suggestion->attribute].name),
                          suggestion_value(edit->arena, suggestion));
}

/* All changes of an edit as one, from the first to the last. */
static struct change whole_change(struct edit *edit) {
    const struct source *source = edit->tree->source;
    edit_sort(edit);
    struct change whole = edit->changes.items[0];
    for (size_t i = 1; i < edit->changes.count; i++) {
        const struct change *next = &edit->changes.items[i];
        struct slice between =
            source_slice(source, (struct span){whole.span.end, next->span.start});
        whole.text = text_join(edit->arena, whole.text, between, next->text);
        whole.span.end = next->span.end;
    }
    return whole;
}

bool suggestion_fix(struct project *project, const struct suggestion *suggestion,
                    struct text_change *fix) {
    const struct unit *unit = unit_of(project, suggestion->decl);
    struct edit edit = edit_of(&project->arena, unit->tree);
    if (!state(&edit, suggestion) || !edit.changes.count)
        return false;
    *fix = (struct text_change){unit, whole_change(&edit)};
    return true;
}

enum edited project_describe(struct project *project) {
    const struct suggestions *all = project_suggestions(project);
    edits_begin(project);
    if (!all)
        return NOTHING_SUCH;
    const struct unit *unit = project->units.items[0];
    struct edit whole = edit_of(&project->arena, unit->tree);
    struct known_section section = {.known = false};
    for (size_t i = 0; i < all->list.count;) {
        const struct decl *decl = all->list.items[i].decl;
        struct edit edit = edit_of(&project->arena, unit->tree);
        edit.section = &section;
        for (; i < all->list.count && all->list.items[i].decl == decl; i++)
            state(&edit, &all->list.items[i]); /* one without a place stays a suggestion */
        for (size_t j = 0; j < edit.changes.count; j++)
            *ARRAY_ADD(&project->arena, &whole.changes) = edit.changes.items[j];
    }
    edits_take(project, unit, &whole);
    return edits_check(project);
}

/* A model that a machine has made is nobody's bare drawing, and checking it takes no longer. */
#define DRAWN_BY_HAND 2000

void project_tell_suggestions(struct project *project) {
    const struct model *model = project->units.items[0]->model;
    bool small = model && model->elements.count + model->of[KIND_FLOW].count +
                                  model->of[KIND_CROSSING].count <=
                              DRAWN_BY_HAND;
    const struct suggestions *all = small ? project_suggestions(project) : NULL;
    if (!all || !all->list.count || allows_code(model->system, DIAG_could_be_stated))
        return;
    struct slice count = text_format(&project->arena, "%zu trait%s", all->list.count,
                                     all->list.count == 1 ? "" : "s");
    const struct decl *place = model->system ? model->system : all->list.items[0].decl;
    struct diagnostic *added = diag_add(&project->diagnostics, DIAG_could_be_stated,
                                        decl_source(place), decl_span(place), ARGS(count));
    added->about_file = true;
    struct slice path = shell_path(&project->arena, decl_source(place)->path);
    diag_hint(&project->diagnostics, added, "stridec suggest %.*s", SLICE_ARGS(path));
}
