/* The words for each change of a comparison: they say what something was, and what it is. A long
 * value is not repeated, as the reader finds it in the models. */
// SPDX-License-Identifier: MIT
#include "emit/diff_items.h"

#include "base/limits.h"

/* A longer value is not shown: the item then says only that it is another one. */
#define VALUE_LENGTH 60
/* A declaration that was added is shown with so many of its statements. */
#define STATEMENT_LIMIT 8

static struct slice joined_words(struct arena *arena, const struct words *words) {
    struct memory_writer memory;
    memory_writer_open(&memory, arena);
    for (size_t i = 0; i < words->count; i++) {
        write_string(&memory.writer, i ? ", " : "");
        write_slice(&memory.writer, words->items[i]);
    }
    return memory_writer_close(&memory);
}

static struct slice value_of(struct arena *arena, const struct rows *rows,
                             const struct attribute *attribute, bool is_evidence) {
    struct words words =
        stated_words(arena, rows->analysis->model->vocabulary, attribute, is_evidence);
    return joined_words(arena, &words);
}

/* ---- questions --------------------------------------------------------------------------- */

static bool is_open_now(const struct question_change *change) {
    return change->is.state == QUESTION_OPEN;
}

int question_change_tier(const struct question_change *change) {
    return is_open_now(change) ? change->is.tier : change->was.tier;
}

/* A change is told by the question of the new model where that is open, and else by the one of the
 * old model, which was. `rows` becomes the rows that have it. */
static const struct question *shown_question(const struct comparison *comparison,
                                             const struct question_change *change,
                                             const struct rows **rows) {
    *rows = is_open_now(change) ? comparison->is : comparison->was;
    return is_open_now(change) ? &change->is : &change->was;
}

struct slice question_change_id(struct arena *arena, const struct comparison *comparison,
                                const struct question_change *change) {
    const struct rows *rows;
    const struct question *question = shown_question(comparison, change, &rows);
    return question_id(arena, rows, question->row, question->pattern);
}

struct slice question_change_text(struct arena *arena, const struct comparison *comparison,
                                  const struct question_change *change) {
    const struct rows *rows;
    const struct question *question = shown_question(comparison, change, &rows);
    return question->pattern
               ? pattern_text(arena, rows, question->pattern, question->pattern->rule->ask)
               : row_title(arena, rows, question->row);
}

/* Returns the id of what is asked in place of a question that has yielded, or "" when that is not
 * known. */
static struct slice successor_of(struct diff_view *view, const struct question *is) {
    struct arena *arena = view->comparison->arena;
    const struct row *seen = NULL;
    if (is->pattern && is->pattern->state == PATTERN_YIELDED)
        return pattern_key(arena, view->comparison->is, is->pattern->successor);
    if (is->row && rows_to_see(view->comparison->is, is->row, &seen, 1))
        return row_id(arena, seen);
    return SLICE("");
}

/* " (now asked as `S@pay`)": says why a question is not asked any more. Of one whose subject or
 * rule is gone it says nothing, as the other sections tell that. */
static void put_why_gone(struct diff_view *view, const struct question *is) {
    struct document *document = view->document;
    if (is->state == QUESTION_YIELDED) {
        struct slice successor = successor_of(view, is);
        put_words(document, successor.length ? " (now asked as " : " (now asked elsewhere");
        if (successor.length)
            put_code(document, successor);
        put_words(document, ")");
    } else if (is->state == QUESTION_SILENCED) {
        put_words(document, " (out of scope now, or does not apply any more)");
    } else if (is->state == QUESTION_POSSIBLE) {
        put_words(document, " (a trait that it rests on is not stated any more)");
    } else if (is->state == QUESTION_WAITING) {
        put_words(document, " (waits, as its rule is newer than those that the policy names)");
    }
}

/* " (threat `S-1`)": says by what the question is answered now. */
static void put_answer(struct diff_view *view, const struct question *is) {
    struct document *document = view->document;
    const struct verdict_on *verdict =
        verdict_about(view->comparison->is->decisions, is->row, is->pattern);
    if (!verdict || verdict->answer != ANSWER_THREAT) {
        put_words(document, verdict && verdict->answer == ANSWER_BASELINED ? " (in the baseline)"
                                                                           : " (dismissed)");
        return;
    }
    put_words(document, verdict->threats.count > 1 ? " (threats" : " (threat");
    for (size_t i = 0; i < verdict->threats.count && i < STEPS_LIMIT; i++) {
        put_words(document, i ? ", " : " ");
        put_code(document, decl_id(verdict->threats.items[i]->decision.decl));
    }
    if (verdict->threats.count > STEPS_LIMIT)
        put_left_out(document, verdict->threats.count - STEPS_LIMIT);
    put_words(document, ")");
}

void put_question_change(struct diff_view *view, const struct question_change *change) {
    struct document *document = view->document;
    struct arena *arena = view->comparison->arena;
    struct slice text = question_change_text(arena, view->comparison, change);
    put_code(document, question_change_id(arena, view->comparison, change));
    put_words(document, " (tier ");
    put_number(document, (size_t)question_change_tier(change));
    if (change->was.tier && change->is.tier) { /* open in both models, so the tier differs */
        put_words(document, ", was ");
        put_number(document, (size_t)change->was.tier);
    }
    put_words(document, text.length ? "): " : ")");
    put_text(document, text);
    if (change->kind == QUESTION_GONE)
        put_why_gone(view, &change->is);
    if (change->kind == QUESTION_ANSWERED)
        put_answer(view, &change->is);
}

/* ---- statements -------------------------------------------------------------------------- */

bool statement_is_wording(const struct statement_change *change) {
    enum attribute_id id = statement_id(&change->pair);
    const struct attribute_row *row = &attribute_rows[id];
    bool is_scope = id == ATTRIBUTE_out_of_scope || id == ATTRIBUTE_surface;
    if (row->role != ROLE_NOTE || change->pair.is_evidence)
        return false;
    /* That there is a text decides what is asked; how it reads does not. */
    if (is_scope && !(change->pair.was && change->pair.is))
        return false;
    return row->type == TYPE_TEXT || id == ATTRIBUTE_tags;
}

static bool is_short(struct slice value) {
    return value.length <= VALUE_LENGTH && !slice_has(value, '\n');
}

/* " was `a`, is `b`" */
static void put_values(struct diff_view *view, const struct statement_pair *pair) {
    struct document *document = view->document;
    struct arena *arena = view->comparison->arena;
    struct slice was = pair->was
                           ? value_of(arena, view->comparison->was, pair->was, pair->is_evidence)
                           : SLICE("");
    struct slice is =
        pair->is ? value_of(arena, view->comparison->is, pair->is, pair->is_evidence) : SLICE("");
    if (!is_short(was) || !is_short(is)) {
        put_words(document, !pair->was  ? " was not stated, and is now"
                            : !pair->is ? " is not stated any more"
                                        : " is another one");
        return;
    }
    put_words(document, pair->was ? " was " : " was not stated");
    if (pair->was)
        put_code(document, was.length ? was : SLICE("[]"));
    put_words(document, pair->is ? ", is " : ", is not stated");
    if (pair->is)
        put_code(document, is.length ? is : SLICE("[]"));
}

/* Without its article. */
struct slice decision_noun(const struct decl *decl) {
    struct slice noun = slice_of(kind_rows[decl->kind].article), article;
    slice_cut(&noun, ' ', &article);
    return noun;
}

void put_what_it_names(struct diff_view *view, const struct decl *decl) {
    struct slice_list names = {0};
    if (decl->kind == KIND_DISMISS)
        names = decl_words(view->comparison->arena, decl, ATTRIBUTE_dismissed);
    else if (decl->kind == KIND_BASELINE)
        names = decl_words(view->comparison->arena, decl, ATTRIBUTE_patterns);
    if (!names.count)
        return;
    put_words(view->document, " of ");
    put_code(view->document, names.items[0]);
    put_left_out(view->document, names.count - 1);
}

void put_id_or_kind(struct diff_view *view, const struct decl *decl) {
    if (decl_id(decl).length) {
        put_words(view->document, decl->kind == KIND_REVIEW ? "review " : ""); /* by any word */
        put_code(view->document, decl_id(decl));
    } else {
        put_words(view->document, "the ");
        put_text(view->document, decision_noun(decl));
        if (decl->kind == KIND_DISMISS) /* of a baseline there is mostly one */
            put_what_it_names(view, decl);
    }
}

void put_statement_change(struct diff_view *view, const struct statement_change *change) {
    struct document *document = view->document;
    put_id_or_kind(view, change->pair.now);
    put_words(document, change->pair.is_evidence ? ": evidence of " : ": ");
    put_code(document, slice_of(attribute_rows[statement_id(&change->pair)].name));
    put_values(view, &change->pair);
}

/* ---- crossings --------------------------------------------------------------------------- */

/* "leaves `office`, enters `vpc` (inward)", or "left `office`, entered `vpc`" of the old model. */
static void put_steps(struct diff_view *view, const struct decl *flow, bool is_past) {
    static const char *const verbs[2][2] = {{"leaves ", "left "}, {"enters ", "entered "}};
    const struct rows *rows = is_past ? view->comparison->was : view->comparison->is;
    struct document *document = view->document;
    const struct passage *passage = flow_passage(rows->analysis, flow);
    size_t count = passage->step_count < STEPS_LIMIT ? passage->step_count : STEPS_LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct boundary_step step = find_step(flow, i);
        put_between(document, i > 0, ", ");
        put_words(document, verbs[step.entered][is_past]);
        put_code(document, decl_id(step.boundary));
    }
    put_left_out(document, passage->step_count - count);
    if (passage->direction == DIRECTION_UNKNOWN)
        put_words(document, " (direction unknown)");
    else {
        put_words(document, " (");
        put_words(document, direction_words[passage->direction]);
        put_words(document, passage->from_outside ? ", called from outside)" : ")");
    }
}

void put_crossing_change(struct diff_view *view, const struct crossing_change *change) {
    struct document *document = view->document;
    put_code(document, decl_id(change->is ? change->is : change->was));
    put_words(document, change->is ? " " : " crosses nothing any more; it ");
    if (change->is)
        put_steps(view, change->is, false);
    if (change->is && change->was)
        put_words(document, "; before, it ");
    if (change->was)
        put_steps(view, change->was, true);
    put_between(document, change->is && !change->was, ", which is new");
}

/* ---- declarations ------------------------------------------------------------------------ */

static void put_kind(struct document *document, const struct decl *decl) {
    put_words(document, kind_rows[decl->kind].word);
}

static void put_from_to(struct document *document, const struct decl *flow) {
    put_code(document, decl_id(flow->from));
    put_words(document, " to ");
    put_code(document, decl_id(flow->to));
}

/* "; `kind: cache`, `encrypted: yes`": the first traits and facts; notes are not shown. */
static void put_statements(struct diff_view *view, const struct decl *decl) {
    struct document *document = view->document;
    struct arena *arena = view->comparison->arena;
    size_t count = 0, left = 0;
    for (const struct attribute *at = decl->attributes; at; at = at->next) {
        if (!at->stated || attribute_rows[at->id].role == ROLE_NOTE)
            continue;
        if (count == STATEMENT_LIMIT) {
            left++;
            continue;
        }
        struct slice value = text_cut(arena, value_of(arena, view->comparison->is, at, false));
        put_words(document, count++ ? ", " : "; ");
        put_code(document,
                 text_format(arena, "%s: %.*s", attribute_rows[at->id].name, SLICE_ARGS(value)));
    }
    put_left_out(document, left);
}

void put_declaration(struct diff_view *view, const struct decl *decl, bool with_statements) {
    struct document *document = view->document;
    put_kind(document, decl);
    put_words(document, " ");
    put_named(document, decl);
    if (decl->parent) {
        put_words(document, " in ");
        put_code(document, decl_id(decl->parent));
    }
    if (decl->kind == KIND_FLOW) {
        put_words(document, ", ");
        put_from_to(document, decl);
    }
    if (more_of(decl)->at) {
        put_words(document, " at ");
        put_code(document, decl_id(more_of(decl)->at));
    }
    if (with_statements)
        put_statements(view, decl);
}

bool decl_change_has_structure(const struct decl_change *change) {
    return change->was && change->is &&
           (change->id || change->kind || change->boundary || change->ends || change->at ||
            change->into);
}

static void put_place(struct document *document, const struct decl *place, const char *nowhere) {
    if (place)
        put_code(document, decl_id(place));
    else
        put_words(document, nowhere);
}

/* "; is in `b`, was in `a`" */
static void put_move(struct document *document, bool *more, const char *is, const struct decl *now,
                     const char *was, const struct decl *old, const char *nowhere) {
    put_words(document, *more ? "; " : ": ");
    put_words(document, is);
    put_place(document, now, nowhere);
    put_words(document, was);
    put_place(document, old, nowhere);
    *more = true;
}

static void put_kinds(struct document *document, bool *more, const struct decl_change *change) {
    put_words(document, *more ? "; " : ": ");
    put_words(document, "is ");
    put_words(document, kind_rows[change->is->kind].article);
    put_words(document, ", was ");
    put_words(document, kind_rows[change->was->kind].article);
    *more = true;
}

static void put_from_to_change(struct document *document, bool *more,
                               const struct decl_change *change) {
    put_words(document, *more ? "; " : ": ");
    put_words(document, "goes from ");
    put_from_to(document, change->is);
    put_words(document, ", before from ");
    put_from_to(document, change->was);
    *more = true;
}

void put_structure_change(struct diff_view *view, const struct decl_change *change) {
    struct document *document = view->document;
    bool more = false;
    put_id_or_kind(view, change->is);
    if (change->id) {
        put_words(document, ": was called ");
        put_code(document, decl_id(change->was));
        more = true;
    }
    if (change->kind)
        put_kinds(document, &more, change);
    if (change->boundary)
        put_move(document, &more, "is in ", change->is->parent, ", was in ", change->was->parent,
                 "no boundary");
    if (change->ends)
        put_from_to_change(document, &more, change);
    if (change->at)
        put_move(document, &more, "is at ", more_of(change->is)->at, ", was at ",
                 more_of(change->was)->at, "no process");
    if (change->into)
        put_move(document, &more, "enters ", more_of(change->is)->into, ", before ",
                 more_of(change->was)->into, "nothing");
}

/* Puts the label in quotation marks after the verb, or says that none was stated. */
static void put_label(struct document *document, const char *verb, const struct decl *decl) {
    put_words(document, verb);
    if (!decl_label(decl).length) {
        put_words(document, " not stated");
        return;
    }
    put_words(document, " \u201c");
    put_mention(document, decl_label(decl));
    put_words(document, "\u201d");
}

void put_label_change(struct diff_view *view, const struct decl_change *change) {
    struct document *document = view->document;
    put_id_or_kind(view, change->is);
    put_words(document, ": the label");
    put_label(document, " was", change->was);
    put_label(document, ", is", change->is);
}
