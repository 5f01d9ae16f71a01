/* A comparison in words. A section lists one kind of change, each in an item; what needs attention
 * stands first. A section without items is left out, and a long one ends with how many more there
 * are. */
// SPDX-License-Identifier: MIT
#include "emit/diff_items.h"

#define SECTION_LIMIT 40 /* so that a comment on a pull request is not refused for its length */

/* A section under way; its heading is written when it turns out to have an item. */
struct section {
    struct diff_view *view;
    const char *title;
    size_t listed, left, far; /* far: questions of the last tier, which are only counted */
    struct arena_mark mark;
};

static struct section open_section(struct diff_view *view, const char *title) {
    return (struct section){.view = view, .title = title};
}

/* False when the section is full. Else the item has to be closed. */
static bool open_item(struct section *section) {
    struct document *document = section->view->document;
    if (section->listed >= SECTION_LIMIT && !section->view->all) {
        section->left++;
        return false;
    }
    section->mark = arena_mark(section->view->comparison->arena);
    if (!section->listed++) {
        put_heading(document, 4, section->title);
        open_part(document, PART_LIST);
    }
    open_part(document, PART_ITEM);
    return true;
}

static void close_item(struct section *section) {
    close_part(section->view->document, PART_ITEM);
    arena_rewind(section->view->comparison->arena, section->mark);
}

static void put_rest(struct section *section, size_t count, const char *words) {
    struct document *document = section->view->document;
    if (!count)
        return;
    section->left = 0;
    if (!section->listed++) {
        put_heading(document, 4, section->title);
        open_part(document, PART_LIST);
    }
    open_part(document, PART_ITEM);
    put_number(document, count);
    put_words(document, words);
    close_part(document, PART_ITEM);
}

static void close_section(struct section *section) {
    put_rest(section, section->left, " more");
    put_rest(section, section->far, " in tier 3");
    if (section->listed)
        close_part(section->view->document, PART_LIST);
}

/* ---- sections ---------------------------------------------------------------------------- */

static void write_questions(struct diff_view *view, enum question_change_kind kind) {
    static const char *const titles[QUESTION_CHANGE_COUNT] = {
        "New questions", "Open again", "Asked again", "More urgent",
        "Less urgent",   "Settled",    "Answered",    "No longer asked"};
    const struct comparison *comparison = view->comparison;
    struct section section = open_section(view, titles[kind]);
    for (size_t i = 0; i < comparison->questions.count; i++) {
        const struct question_change *change = &comparison->questions.items[i];
        if (change->kind != kind)
            continue;
        if (question_change_tier(change) == 3 && !view->all) {
            section.far++;
        } else if (open_item(&section)) {
            put_question_change(view, change);
            close_item(&section);
        }
    }
    close_section(&section);
}

static void write_statements(struct diff_view *view, const char *title, enum safety safety) {
    const struct comparison *comparison = view->comparison;
    struct section section = open_section(view, title);
    for (size_t i = 0; i < comparison->statements.count; i++)
        if (comparison->statements.items[i].safety == safety && open_item(&section)) {
            put_statement_change(view, &comparison->statements.items[i]);
            close_item(&section);
        }
    close_section(&section);
}

static void write_crossings(struct diff_view *view) {
    const struct comparison *comparison = view->comparison;
    struct section section = open_section(view, "Crossings");
    for (size_t i = 0; i < comparison->crossings.count; i++)
        if (open_item(&section)) {
            put_crossing_change(view, &comparison->crossings.items[i]);
            close_item(&section);
        }
    close_section(&section);
}

static void write_declared(struct diff_view *view, const char *title, enum change change) {
    const struct comparison *comparison = view->comparison;
    struct section section = open_section(view, title);
    for (size_t i = 0; i < comparison->decls.count; i++) {
        const struct decl_change *at = &comparison->decls.items[i];
        if (change_of(at->was, at->is) == change && open_item(&section)) {
            put_declaration(view, at->is ? at->is : at->was, at->is != NULL);
            close_item(&section);
        }
    }
    close_section(&section);
}

/* Where a declaration lies and what it joins, and what is stated that is neither safe nor a mere
 * word; or else the mere words. */
static void write_changed(struct diff_view *view, const char *title, bool words) {
    const struct comparison *comparison = view->comparison;
    struct section section = open_section(view, title);
    for (size_t i = 0; i < comparison->decls.count; i++) {
        const struct decl_change *at = &comparison->decls.items[i];
        if ((words ? at->label : decl_change_has_structure(at)) && open_item(&section)) {
            (words ? put_label_change : put_structure_change)(view, at);
            close_item(&section);
        }
        for (size_t j = 0; j < at->statement_count; j++) {
            const struct statement_change *change =
                &comparison->statements.items[at->statement + j];
            bool fits = change->safety == SAFETY_OTHER || change->safety == SAFETY_NONE;
            if (fits && statement_is_wording(change) == words && open_item(&section)) {
                put_statement_change(view, change);
                close_item(&section);
            }
        }
    }
    close_section(&section);
}

/* ---- decisions --------------------------------------------------------------------------- */

static void write_doubts(struct diff_view *view) {
    const struct comparison *comparison = view->comparison;
    struct section section = open_section(view, "Decisions in doubt");
    for (size_t i = 0; i < comparison->decisions.count; i++)
        if (decision_doubts(&comparison->decisions.items[i]) && open_item(&section)) {
            put_decision_doubts(view, &comparison->decisions.items[i]);
            close_item(&section);
        }
    close_section(&section);
}

static void write_decided(struct diff_view *view, const char *title, enum change kind) {
    const struct comparison *comparison = view->comparison;
    struct section section = open_section(view, title);
    for (size_t i = 0; i < comparison->decisions.count; i++) {
        const struct decision_change *change = &comparison->decisions.items[i];
        if (change_of(change->declared.was, change->declared.is) == kind && open_item(&section)) {
            put_decision(view, change);
            close_item(&section);
        }
    }
    close_section(&section);
}

static void write_decided_otherwise(struct diff_view *view) {
    const struct comparison *comparison = view->comparison;
    struct section section = open_section(view, "Decisions that changed");
    for (size_t i = 0; i < comparison->decisions.count; i++) {
        const struct decision_change *change = &comparison->decisions.items[i];
        if (!change->declared.was || !change->declared.is)
            continue;
        if (decision_has_outcome(change) && open_item(&section)) {
            put_decision_outcome(view, change);
            close_item(&section);
        }
        if (change->declared.label && open_item(&section)) {
            put_label_change(view, &change->declared);
            close_item(&section);
        }
        for (size_t j = 0; j < change->declared.statement_count; j++)
            if (open_item(&section)) {
                put_statement_change(view,
                                     &comparison->statements.items[change->declared.statement + j]);
                close_item(&section);
            }
    }
    close_section(&section);
}

/* ---- the whole --------------------------------------------------------------------------- */

static size_t count_statements(const struct comparison *comparison, enum safety safety) {
    size_t count = 0;
    for (size_t i = 0; i < comparison->statements.count; i++)
        count += comparison->statements.items[i].safety == safety;
    return count;
}

static size_t count_declarations(const struct comparison *comparison, enum change change) {
    size_t count = 0;
    for (size_t i = 0; i < comparison->decls.count; i++)
        count += change_of(comparison->decls.items[i].was, comparison->decls.items[i].is) == change;
    return count;
}

static size_t count_decisions(const struct comparison *comparison, enum change change) {
    size_t count = 0;
    for (size_t i = 0; i < comparison->decisions.count; i++) {
        const struct decl_change *at = &comparison->decisions.items[i].declared;
        count += change_of(at->was, at->is) == change;
    }
    return count;
}

/* Those that have a line below "Decisions that changed": one that is only in doubt is told there.
 */
static bool decision_changed(const struct decision_change *change) {
    return change->declared.was && change->declared.is &&
           (decision_has_outcome(change) || change->declared.label ||
            change->declared.statement_count);
}

static size_t count_changed_decisions(const struct comparison *comparison) {
    size_t count = 0;
    for (size_t i = 0; i < comparison->decisions.count; i++)
        count += decision_changed(&comparison->decisions.items[i]);
    return count;
}

static size_t count_doubts(const struct comparison *comparison) {
    size_t count = 0;
    for (size_t i = 0; i < comparison->decisions.count; i++)
        count += decision_doubts(&comparison->decisions.items[i]) != 0;
    return count;
}

/* "3 new", where there are any; a name for the whole group before the first. */
static void put_some(struct document *document, bool *more, const char *group, size_t count,
                     const char *words) {
    if (!count)
        return;
    put_words(document, *more ? ", " : group);
    put_number(document, count);
    put_words(document, words);
    *more = true;
}

static void end_group(struct document *document, bool *more) {
    put_between(document, *more, ". ");
    *more = false;
}

static void write_question_counts(struct document *document, const size_t *counts) {
    static const char *const words[QUESTION_CHANGE_COUNT] = {
        " new",         " open again", " asked again", " more urgent",
        " less urgent", " settled",    " answered",    " no longer asked"};
    bool more = false;
    for (size_t i = 0; i < QUESTION_CHANGE_COUNT; i++)
        put_some(document, &more, "Questions: ", counts[i], words[i]);
    end_group(document, &more);
}

static void write_counts(struct document *document, const struct comparison *comparison) {
    static const char facts[] = "Facts: ", decisions[] = "Decisions: ", model[] = "Model: ";
    bool more = false;
    open_part(document, PART_PARAGRAPH);
    write_question_counts(document, comparison->question_counts);
    put_some(document, &more, facts, count_statements(comparison, SAFETY_WORSE), " less safe");
    put_some(document, &more, facts, count_statements(comparison, SAFETY_BETTER), " safe now");
    end_group(document, &more);
    put_some(document, &more, decisions, count_doubts(comparison), " in doubt");
    put_some(document, &more, decisions, count_decisions(comparison, CHANGE_ADDED), " added");
    put_some(document, &more, decisions, count_decisions(comparison, CHANGE_GONE), " gone");
    put_some(document, &more, decisions, count_changed_decisions(comparison), " changed");
    end_group(document, &more);
    put_some(document, &more, model, count_declarations(comparison, CHANGE_ADDED), " added");
    put_some(document, &more, model, count_declarations(comparison, CHANGE_GONE), " gone");
    put_some(document, &more, model, count_declarations(comparison, CHANGE_CHANGED), " changed");
    put_some(document, &more, model, comparison->crossings.count,
             comparison->crossings.count == 1 ? " crossing changed" : " crossings changed");
    put_between(document, more, ".");
    close_part(document, PART_PARAGRAPH);
}

static void write_title(struct document *document, const struct comparison *comparison) {
    const struct decl *system = comparison->is->analysis->model->system;
    if (!system)
        system = comparison->was->analysis->model->system;
    open_heading(document, 3);
    put_words(document, system ? "What changes in " : "What changes in the model");
    if (system)
        put_mention(document, decl_title(system));
    close_part(document, PART_HEADING);
}

void write_diff(struct document *document, const void *what) {
    const struct comparison *comparison = what;
    struct diff_view view = {document, comparison, document->emission->options.all};
    write_title(document, comparison);
    if (comparison_is_empty(comparison)) {
        put_paragraph(document, "Nothing: it says the same, and asks the same questions.");
        return;
    }
    write_counts(document, comparison);
    write_statements(&view, "Less safe", SAFETY_WORSE);
    write_doubts(&view);
    for (int kind = QUESTION_NEW; kind <= QUESTION_WORSE; kind++)
        write_questions(&view, (enum question_change_kind)kind);
    write_crossings(&view);
    write_declared(&view, "Added", CHANGE_ADDED);
    write_declared(&view, "Gone", CHANGE_GONE);
    write_changed(&view, "Changed", false);
    write_decided(&view, "Decisions that were added", CHANGE_ADDED);
    write_decided(&view, "Decisions that are gone", CHANGE_GONE);
    write_decided_otherwise(&view);
    write_statements(&view, "Safe now", SAFETY_BETTER);
    write_questions(&view, QUESTION_SETTLED);
    write_questions(&view, QUESTION_ANSWERED);
    write_questions(&view, QUESTION_BETTER);
    write_questions(&view, QUESTION_GONE);
    write_changed(&view, "Words", true);
}
