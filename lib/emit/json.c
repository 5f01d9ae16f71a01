/* The whole compilation as JSON; doc/json.md describes every field. Lists have one member a line,
 * so that two versions can be compared by a diff. Nothing in it depends on how or where the model
 * was written: attributes come in the order of the attribute table. */
// SPDX-License-Identifier: MIT
#include "analysis/ahead.h"
#include "base/limits.h"
#include "emit/emit.h"
#include "emit/json_parts.h"

#define SCHEMA 1

static void write_system(struct json *json, const struct model *model) {
    json_key_line(json, "model");
    json_open(json, '{');
    if (model->system) {
        write_name(json, model->system);
        write_attributes(json, model, model->system);
    }
    json_close(json, '}');
}

/* Adds what is special to the kind of a declaration. */
typedef void writer_of_decl(struct json *json, const struct emission *emission,
                            const struct decl *decl);

/* A list of declarations; `write` may be NULL. */
static void write_decls(struct json *json, const struct emission *emission, const char *name,
                        const struct decl_list *list, writer_of_decl *write) {
    json_key_line(json, name);
    json_open_lines(json);
    for (size_t i = 0; i < list->count; i++) {
        const struct decl *decl = list->items[i];
        json_line(json);
        json_open(json, '{');
        write_name(json, decl);
        if (write)
            write(json, emission, decl);
        write_attributes(json, emission->model, decl);
        json_close(json, '}');
    }
    json_close_lines(json, ']');
}

static void write_boundary(struct json *json, const struct emission *emission,
                           const struct decl *boundary) {
    (void)emission;
    write_id(json, "boundary", boundary->parent);
    json_member_boolean(json, "drawn", !boundary_is_hidden(boundary));
}

static void write_element(struct json *json, const struct emission *emission,
                          const struct decl *element) {
    json_member_word(json, "kind", kind_rows[element->kind].word);
    write_id(json, "boundary", element->parent);
    json_member_number(json, "calls", subject_spot(emission->analysis, element)->calls);
}

static void write_flow(struct json *json, const struct emission *emission,
                       const struct decl *flow) {
    const struct passage *passage = flow_passage(emission->analysis, flow);
    prefetch_to_name(emission->analysis, &emission->model->of[KIND_FLOW], flow->index);
    json_member_number(json, "number", badge_number(emission->analysis, flow));
    write_id(json, "source", flow->from);
    write_id(json, "target", flow->to);
    write_id(json, "caller", flow_caller(emission->analysis, flow));
    json_member_boolean(json, "crosses", passage->step_count > 0);
    json_member_boolean(json, "from_outside", passage->from_outside);
    json_member_number(json, "calls", subject_spot(emission->analysis, flow)->calls);
}

/* ---- crossings and surface --------------------------------------------------------------- */

static void write_crossing(struct json *json, const struct emission *emission,
                           const struct crossing *crossing) {
    const struct decl *subject = crossing->subject;
    prefetch_to_name(emission->analysis, &emission->model->of[subject->kind], subject->index);
    json_line(json);
    json_open(json, '{');
    json_member_number(json, "number", badge_number(emission->analysis, subject));
    write_id(json, "subject", subject);
    json_member_word(json, "direction", direction_words[crossing->direction]);
    write_steps(json, subject, crossing->step_count);
    if (subject->kind == KIND_CROSSING) {
        json_member(json, "label", decl_label(subject));
        write_id(json, "at", more_of(subject)->at);
        write_id(json, "into", more_of(subject)->into);
        write_attributes(json, emission->model, subject);
    }
    json_close(json, '}');
}

static void write_crossings(struct json *json, const struct emission *emission) {
    const struct analysis *analysis = emission->analysis;
    json_key_line(json, "crossings");
    json_open_lines(json);
    for (size_t i = 0; i < analysis->crossings.count; i++)
        write_crossing(json, emission, &analysis->crossings.items[i]);
    json_close_lines(json, ']');
}

static void write_entries(struct json *json, const char *key, const struct entries *entries) {
    json_key_line(json, key);
    json_open_lines(json);
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->items[i];
        json_line(json);
        json_open(json, '{');
        write_id(json, "element", entry->element);
        write_id(json, "flow", entry->flow);
        json_close(json, '}');
    }
    json_close_lines(json, ']');
}

/* ---- candidates -------------------------------------------------------------------------- */

static void write_letter(struct json *json, const struct letter *letter) {
    json_line(json);
    json_open(json, '{');
    json_member(json, "code", letter->code);
    json_member(json, "name", letter->name);
    json_key(json, "impact");
    json_open(json, '[');
    for (size_t i = 0; i < sizeof letter->impact / sizeof *letter->impact; i++)
        if (letter->impact[i])
            json_word(json, attribute_rows[rating_attributes[i]].name);
    json_close(json, ']');
    json_close(json, '}');
}

static void write_method(struct json *json, const struct method *method) {
    json_key_line(json, "method");
    json_open(json, '{');
    json_member(json, "id", method->id);
    json_member(json, "label", method->title);
    json_key(json, "pack");
    json_number(json, (size_t)method->pack);
    json_key(json, "letters");
    json_open_lines(json);
    for (size_t i = 0; i < method->letter_count; i++)
        write_letter(json, &method->letters[i]);
    json_close_lines(json, ']');
    json_close(json, '}');
}

static void write_references(struct json *json, const char *name, const struct slice *ids,
                             size_t count) {
    json_key(json, name);
    json_open(json, '[');
    for (size_t i = 0; i < count; i++)
        json_string(json, ids[i]);
    json_close(json, ']');
}

/* Few rules have them, and there are as many patterns as there are questions. */
static void write_other_names(struct json *json, const struct rule *rule) {
    if (rule->aka_count)
        write_references(json, "aka", rule->aka, rule->aka_count);
    if (!rule->ref_count)
        return;
    json_key(json, "refs");
    json_open(json, '[');
    for (size_t i = 0; i < rule->ref_count; i++)
        json_word(json, rule->refs[i]->id);
    json_close(json, ']');
}

/* What a rule says of itself, by its number: the same in each of its patterns, so made once. */
static struct slice *list_rule_members(const struct emission *emission) {
    const struct rule_pack *pack = emission->rows->pack;
    struct slice *members = ARENA_ARRAY(emission->arena, struct slice, pack->rules.count);
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *rule = pack->rules.items[i];
        struct memory_writer memory;
        memory_writer_open(&memory, emission->arena);
        struct json json = {.writer = &memory.writer};
        write_references(&json, "cwe", rule->cwe, rule->cwe_count);
        write_references(&json, "capec", rule->capec, rule->capec_count);
        write_other_names(&json, rule);
        members[rule->number] = memory_writer_close(&memory);
    }
    return members;
}

/* "auth of pay" */
static void write_settle(struct json *json, const struct reading *settle) {
    json_key(json, "settle");
    if (!settle->decl) {
        json_null(json);
        return;
    }
    /* Both parts are words without anything to escape. */
    json_open_words(json);
    write_format(json->writer, "%s of %.*s", attribute_rows[settle->family].name,
                 SLICE_ARGS(decl_id(settle->decl)));
    json_close_words(json);
}

static void write_score(struct json *json, const struct emission *emission, struct score score) {
    struct slice priority = priority_of(emission->rows->bands, score.points);
    json_member_number(json, "likelihood", (size_t)score.likelihood);
    json_member_number(json, "impact", (size_t)score.impact);
    json_member_number(json, "score", (size_t)score.points);
    if (priority.length)
        json_member(json, "priority", priority);
}

static void write_pattern(struct json *json, const struct emission *emission,
                          const struct slice *rule_members, const struct row *row,
                          const struct pattern *pattern) {
    const struct rule *rule = pattern->rule;
    const struct rows *rows = emission->rows;
    struct arena *arena = emission->arena;
    json_open(json, '{');
    json_member(json, "id", pattern_id(arena, pattern));
    json_member_word(json, "state", pattern_state_words[pattern->state]);
    if (pattern->state == PATTERN_YIELDED)
        json_member(json, "successor", pattern_key(arena, rows, pattern->successor));
    json_member(json, "rule", rule->id);
    write_id(json, "subject", pattern->subject);
    json_member_boolean(json, "specific", pattern->specific);
    json_member_boolean(json, "unsafe", pattern->unsafe);
    write_settle(json, &pattern->settle);
    json_member(json, "ask", pattern_text(arena, rows, pattern, rule->ask));
    json_member(json, "scenario", pattern_text(arena, rows, pattern, rule->scenario));
    json_member(json, "mitigation", pattern_text(arena, rows, pattern, rule->mitigation));
    json_value(json, rule_members[rule->number]);
    if (pattern->state == PATTERN_OPEN || pattern->state == PATTERN_COVERED) {
        json_key(json, "suggested");
        json_open(json, '{');
        write_score(json, emission, score_of(arena, rows, row, pattern));
        json_close(json, '}');
    }
    write_answer(json, emission, row, pattern);
    json_close(json, '}');
}

static void write_suggested(struct json *json, const struct emission *emission,
                            const struct row *row) {
    struct arena *arena = emission->arena;
    json_key(json, "suggested");
    json_open(json, '{');
    write_score(json, emission, score_of(arena, emission->rows, row, row->scored));
    json_member(json, "why", score_reason(arena, emission->rows, row, row->scored));
    json_close(json, '}');
}

/* The rows that a folded one folds into. */
static void write_see(struct json *json, const struct emission *emission, const struct row *row) {
    const struct row *seen[SEE_LIMIT];
    size_t count = rows_to_see(emission->rows, row, seen, SEE_LIMIT);
    if (!count)
        return;
    json_key(json, "see");
    json_open(json, '[');
    for (size_t i = 0; i < count && i < SEE_LIMIT; i++)
        json_string(json, row_id(emission->arena, seen[i]));
    json_close(json, ']');
}

static void write_row(struct json *json, const struct emission *emission,
                      const struct slice *rule_members, const struct row *row) {
    if (emission->options.tier && row->tier != emission->options.tier)
        return;
    struct arena_mark mark = arena_mark(emission->arena);
    json_line(json);
    json_open(json, '{');
    json_member(json, "id", row_id(emission->arena, row));
    json_member(json, "letter", row->letter->code);
    write_id(json, "subject", row->subject);
    json_member_word(json, "kind", kind_rows[row->subject->kind].word);
    json_member_number(json, "tier", (size_t)row->tier);
    json_member_word(json, "state", row_state_words[row->state]);
    json_member(json, "question", row_question(emission->arena, emission->rows, row));
    json_member(json, "reason", row_reason(emission->arena, emission->rows, row));
    write_see(json, emission, row);
    json_key(json, "patterns");
    json_open(json, '[');
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next)
        write_pattern(json, emission, rule_members, row, pattern);
    json_close(json, ']');
    write_suggested(json, emission, row);
    write_answer(json, emission, row, NULL);
    json_close(json, '}');
    arena_rewind(emission->arena, mark);
}

static void write_candidates(struct json *json, const struct emission *emission) {
    const struct rows *rows = emission->rows;
    const struct slice *rule_members = list_rule_members(emission);
    json_key_line(json, "candidates");
    json_open_lines(json);
    for (size_t i = 0; i < rows->listed_count; i++) {
        prefetch_rows(rows, i);
        write_row(json, emission, rule_members, rows->ranked[i]);
    }
    json_close_lines(json, ']');
}

static void write_summary(struct json *json, const struct emission *emission) {
    const struct rows *rows = emission->rows;
    json_key_line(json, "summary");
    json_open(json, '{');
    json_member_number(json, "elements", emission->model->elements.count);
    json_member_number(json, "flows", emission->model->of[KIND_FLOW].count);
    json_member_number(json, "boundaries", emission->model->of[KIND_BOUNDARY].count);
    json_member_number(json, "crossings", emission->analysis->crossings.count);
    json_member_number(json, "candidates", rows->listed_count);
    json_key(json, "states");
    json_open(json, '{');
    for (size_t i = 0; i < ROW_STATE_COUNT; i++)
        json_member_number(json, row_state_words[i], rows->counts[i]);
    json_close(json, '}');
    json_key(json, "open_by_tier");
    json_open(json, '[');
    for (size_t tier = 1; tier <= 3; tier++)
        json_number(json, rows->open_by_tier[tier]);
    json_close(json, ']');
    json_close(json, '}');
}

/* ---- the document ------------------------------------------------------------------------ */

/* Kinds of the model in order of their table, under their names of the YAML form. Elements are one
 * list; crossings are written with what is found out about them. */
static void write_model(struct json *json, const struct emission *emission) {
    static writer_of_decl *const more[KIND_COUNT] = {
        [KIND_BOUNDARY] = write_boundary, [KIND_FLOW] = write_flow};
    const struct model *model = emission->model;
    write_system(json, model);
    for (unsigned kind = KIND_MODEL + 1; kind < KIND_COUNT; kind++) {
        bool is_first_element = kind == first_kind(ON_ELEMENT);
        if (is_first_element)
            write_decls(json, emission, "elements", &model->elements, write_element);
        else if (*kind_rows[kind].section && kind != KIND_CROSSING &&
                 !kind_in((enum kind)kind, ON_ELEMENT))
            write_decls(json, emission, kind_rows[kind].section, &model->of[kind], more[kind]);
    }
}

bool emit_json(struct emission *emission) {
    struct json json = {.writer = emission->writer};
    json_open(&json, '{');
    json_key_line(&json, "stridec");
    json_open(&json, '{');
    json_member_number(&json, "schema", SCHEMA);
    json_close(&json, '}');
    write_model(&json, emission);
    write_crossings(&json, emission);
    write_entries(&json, "surface", &emission->analysis->surface);
    write_entries(&json, "fetched", &emission->analysis->fetched);
    write_method(&json, emission->rows->pack->method);
    write_candidates(&json, emission);
    write_decisions(&json, emission);
    write_summary(&json, emission);
    json_close_lines(&json, '}');
    write_char(emission->writer, '\n');
    return true;
}
