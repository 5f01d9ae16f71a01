/* A comparison as JSON; doc/json.md describes every field. Each list has one member a line. */
// SPDX-License-Identifier: MIT
#include "emit/diff_items.h"
#include "emit/json_parts.h"

#define DIFF_SCHEMA 1

/* ---- declarations ------------------------------------------------------------------------ */

/* What differs of a declaration, as it is in one of the models. */
static void write_side(struct json *json, const char *name, const struct decl_change *change,
                       const struct decl *decl) {
    json_key(json, name);
    json_open(json, '{');
    if (change->id)
        json_member(json, "id", decl_id(decl));
    if (change->kind)
        json_member_word(json, "kind", kind_rows[decl->kind].word);
    if (change->label)
        json_member(json, "label", decl_label(decl));
    if (change->boundary)
        write_id(json, "boundary", decl->parent);
    if (change->ends) {
        write_id(json, "source", decl->from);
        write_id(json, "target", decl->to);
    }
    if (change->at)
        write_id(json, "at", more_of(decl)->at);
    if (change->into)
        write_id(json, "into", more_of(decl)->into);
    json_close(json, '}');
}

/* A list of words, or null where nothing is stated. */
static void write_values(struct json *json, const char *name, struct arena *arena,
                         const struct rows *rows, const struct attribute *attribute,
                         bool is_evidence) {
    json_key(json, name);
    if (!attribute) {
        json_null(json);
        return;
    }
    struct words words =
        stated_words(arena, rows->analysis->model->vocabulary, attribute, is_evidence);
    json_open(json, '[');
    for (size_t i = 0; i < words.count; i++)
        json_string(json, words.items[i]);
    json_close(json, ']');
}

static void write_statement(struct json *json, const struct comparison *comparison,
                            const struct statement_change *change) {
    static const char *const safeties[] = {"worse", "other", "better", "none"};
    json_open(json, '{');
    json_member_word(json, "name", attribute_rows[statement_id(&change->pair)].name);
    json_member_boolean(json, "evidence", change->pair.is_evidence);
    json_member_word(json, "safety", safeties[change->safety]);
    write_values(json, "was", comparison->arena, comparison->was, change->pair.was,
                 change->pair.is_evidence);
    write_values(json, "is", comparison->arena, comparison->is, change->pair.is,
                 change->pair.is_evidence);
    json_close(json, '}');
}

static void write_statements(struct json *json, const struct comparison *comparison,
                             const struct decl_change *change) {
    json_key(json, "attributes");
    json_open(json, '[');
    for (size_t i = 0; i < change->statement_count; i++)
        write_statement(json, comparison, &comparison->statements.items[change->statement + i]);
    json_close(json, ']');
}

static void write_declaration(struct json *json, const struct comparison *comparison,
                              const struct decl_change *change) {
    const struct decl *decl = change->is ? change->is : change->was;
    struct arena_mark mark = arena_mark(comparison->arena);
    json_line(json);
    json_open(json, '{');
    json_member_word(json, "change", change_words[change_of(change->was, change->is)]);
    json_member_word(json, "kind", kind_rows[decl->kind].word);
    json_member(json, "id", decl_id(decl));
    json_member(json, "label", decl_label(decl));
    if (change->was && change->is) {
        write_side(json, "was", change, change->was);
        write_side(json, "is", change, change->is);
        write_statements(json, comparison, change);
    }
    json_close(json, '}');
    arena_rewind(comparison->arena, mark);
}

static void write_declarations(struct json *json, const struct comparison *comparison) {
    json_key_line(json, "declarations");
    json_open_lines(json);
    for (size_t i = 0; i < comparison->decls.count; i++)
        write_declaration(json, comparison, &comparison->decls.items[i]);
    json_close_lines(json, ']');
}

/* ---- crossings --------------------------------------------------------------------------- */

static void write_way(struct json *json, const char *name, const struct rows *rows,
                      const struct decl *flow) {
    json_key(json, name);
    if (!flow) {
        json_null(json);
        return;
    }
    const struct passage *passage = flow_passage(rows->analysis, flow);
    json_open(json, '{');
    json_member_word(json, "direction", direction_words[passage->direction]);
    json_member_boolean(json, "from_outside", passage->from_outside);
    write_steps(json, flow, passage->step_count);
    json_close(json, '}');
}

static void write_crossings(struct json *json, const struct comparison *comparison) {
    json_key_line(json, "crossings");
    json_open_lines(json);
    for (size_t i = 0; i < comparison->crossings.count; i++) {
        const struct crossing_change *change = &comparison->crossings.items[i];
        json_line(json);
        json_open(json, '{');
        json_member_word(json, "change", change_words[change_of(change->was, change->is)]);
        write_id(json, "flow", change->is ? change->is : change->was);
        write_way(json, "was", comparison->was, change->was);
        write_way(json, "is", comparison->is, change->is);
        json_close(json, '}');
    }
    json_close_lines(json, ']');
}

/* ---- questions --------------------------------------------------------------------------- */

static void write_standing(struct json *json, const char *name, const struct question *question) {
    json_key(json, name);
    json_open(json, '{');
    json_member_word(json, "state", question_state_words[question->state]);
    if (question->tier)
        json_member_number(json, "tier", (size_t)question->tier);
    json_close(json, '}');
}

static void write_question(struct json *json, const struct comparison *comparison,
                           const struct question_change *change) {
    struct arena *arena = comparison->arena;
    struct arena_mark mark = arena_mark(arena);
    json_line(json);
    json_open(json, '{');
    json_member_word(json, "change", question_change_words[change->kind]);
    json_member(json, "id", question_change_id(arena, comparison, change));
    write_standing(json, "was", &change->was);
    write_standing(json, "is", &change->is);
    json_member(json, "ask", question_change_text(arena, comparison, change));
    json_close(json, '}');
    arena_rewind(arena, mark);
}

static void write_questions(struct json *json, const struct comparison *comparison) {
    json_key_line(json, "questions");
    json_open_lines(json);
    for (size_t i = 0; i < comparison->questions.count; i++)
        write_question(json, comparison, &comparison->questions.items[i]);
    json_close_lines(json, ']');
}

/* ---- decisions --------------------------------------------------------------------------- */

/* How a decision stands in one of the models; null where it is not there. */
static void write_decided(struct json *json, const char *name, const struct decl *decl,
                          const struct threat *threat, const char *const *words,
                          unsigned standing) {
    json_key(json, name);
    if (!decl) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_member(json, "id", decl_id(decl));
    json_member(json, "label", decl_label(decl));
    if (threat) {
        json_member_word(json, "state", threat_states[threat->state].word);
        json_member(json, "priority", threat->priority);
    }
    json_bits(json, "standing", words, standing);
    json_close(json, '}');
}

static void write_decision(struct json *json, const struct comparison *comparison,
                           const struct decision_change *change) {
    const struct decl_change *declared = &change->declared;
    const char *const *words = decision_standing_words(change);
    struct arena_mark mark = arena_mark(comparison->arena);
    json_line(json);
    json_open(json, '{');
    json_member_word(json, "change", change_words[change_of(declared->was, declared->is)]);
    json_member_word(json, "kind",
                     kind_rows[(declared->is ? declared->is : declared->was)->kind].word);
    write_decided(json, "was", declared->was, change->threat_was, words, change->standing_was);
    write_decided(json, "is", declared->is, change->threat_is, words, change->standing_is);
    write_statements(json, comparison, declared);
    json_close(json, '}');
    arena_rewind(comparison->arena, mark);
}

static void write_decision_changes(struct json *json, const struct comparison *comparison) {
    json_key_line(json, "decisions");
    json_open_lines(json);
    for (size_t i = 0; i < comparison->decisions.count; i++)
        write_decision(json, comparison, &comparison->decisions.items[i]);
    json_close_lines(json, ']');
}

/* ---- the whole --------------------------------------------------------------------------- */

void write_diff_json(const struct emission *emission, const struct comparison *comparison) {
    struct json json = {.writer = emission->writer};
    json_open(&json, '{');
    json_key_line(&json, "stridec");
    json_open(&json, '{');
    json_member_number(&json, "diff", DIFF_SCHEMA);
    json_close(&json, '}');
    json_key_line(&json, "same");
    json_boolean(&json, comparison_is_empty(comparison));
    write_declarations(&json, comparison);
    write_crossings(&json, comparison);
    write_questions(&json, comparison);
    write_decision_changes(&json, comparison);
    json_close_lines(&json, '}');
    write_char(emission->writer, '\n');
}
