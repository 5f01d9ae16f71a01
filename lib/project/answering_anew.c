/* Lines that decide anew: what each column states of the declaration that its answer makes. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "project/answering.h"

/* ---- lines about one threat -------------------------------------------------------------- */

static bool same_cells(const struct answer_line *a, const struct answer_line *b) {
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++)
        if (!slice_equal(a->cells[i], b->cells[i]))
            return false;
    return true;
}

bool is_same_line(const struct answer_line *a, const struct answer_line *b) {
    return slice_equal(a->word, b->word) && same_cells(a, b);
}

bool claim_threat(struct answering *answering, const struct decl *threat,
                  const struct answer_line *line, bool decides, bool *is_new) {
    struct decider *decider = answering->decider;
    struct claim *mine = ARENA_NEW(decider->arena, struct claim);
    *mine = (struct claim){line, decides};
    const struct claim *claim = table_intern(decider->arena, &answering->claimed,
                                             kept_address(decider->arena, threat), mine);
    *is_new = claim == mine;
    if (claim == mine || (!claim->decides && !decides) ||
        (claim->decides && decides && is_same_line(claim->line, line)))
        return true;
    return refuse_request(decider, diag_kind(DIAG_conflict)->code,
                          "line %zu is about the same threat, '%.*s': give both the same answer",
                          claim->line->number, SLICE_ARGS(decl_id(threat)));
}

/* ---- deciding anew ----------------------------------------------------------------------- */

/* What a line states of one declaration. */
struct stating {
    struct decision_request request;
    struct named_values named[ANSWER_COLUMN_COUNT + 2];
    struct slice values[ANSWER_COLUMN_COUNT + 2];
};

static void state_as(struct stating *stating, int attribute, struct slice value) {
    size_t at = stating->request.attribute_count++;
    stating->values[at] = value;
    stating->named[at] =
        (struct named_values){slice_of(attribute_rows[attribute].name), &stating->values[at], 1};
}

static bool take_column(struct answering *answering, const struct answer_line *line,
                        const struct answer_word *word, enum answer_column column, enum kind kind,
                        struct stating *stating) {
    enum kind taker = column_kind(word, column);
    int attribute = column_attribute(column, kind);
    struct slice value;
    if (taker == KIND_COUNT)
        return refuse_request(answering->decider, "", "an answer '%s' has no '%s'", word->word,
                              answer_columns[column].name);
    if (taker != kind && !is_about_deciding(column))
        return true;
    if (!cell_value(answering->decider, attribute, line->cells[column], &value))
        return false;
    if (attribute == ATTRIBUTE_LABEL)
        stating->request.label = value;
    else
        state_as(stating, attribute, value);
    return true;
}

/* What the line says of the declaration of a kind that its answer makes. */
static bool take_columns(struct answering *answering, const struct answer_line *line,
                         const struct answer_word *word, enum kind kind, struct stating *stating) {
    bool fine = true;
    *stating = (struct stating){.request.attributes = stating->named};
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++)
        fine &= !line->cells[i].length ||
                take_column(answering, line, word, (enum answer_column)i, kind, stating);
    if (kind == KIND_RISK)
        state_as(stating, ATTRIBUTE_decision, slice_of(word->decision));
    if (answering->author.length && !line->cells[COLUMN_author].length)
        state_as(stating, ATTRIBUTE_author, answering->author);
    return fine;
}

typedef bool decide_function(struct decider *decider, const struct decision_request *request);

static bool decide_about(struct answering *answering, const struct answer_line *line,
                         const struct answer_word *word, decide_function *decide,
                         const struct slice *ids, size_t count) {
    struct stating stating;
    if (!take_columns(answering, line, word, word->kind, &stating))
        return false;
    stating.request.ids = ids;
    stating.request.id_count = count;
    return decide(answering->decider, &stating.request);
}

/* The first thing that helps, as the rule has it, where nobody says what is done. */
static struct slice usual_fix(struct answering *answering, const struct asked *asked) {
    const struct decider *decider = answering->decider;
    struct slice text = asked->pattern ? asked->pattern->rule->mitigation : SLICE("");
    text = text.length ? pattern_text(decider->arena, decider->project->rows, asked->pattern, text)
                       : text;
    return text_fits(&text) ? text : SLICE("");
}

/* The threats that answer the question and about which no line before decides; where none answers,
 * one is recorded. */
static bool have_threats(struct answering *answering, const struct asked *asked,
                         const struct answer_line *line, const struct answer_word *word,
                         struct slice_list *ids) {
    struct decider *decider = answering->decider;
    struct stating stating;
    for (size_t i = 0; i < asked->now.threats.count; i++) {
        const struct decl *threat = asked->now.threats.items[i];
        bool is_new;
        if (!claim_threat(answering, threat, line, true, &is_new))
            return false;
        if (is_new)
            *ARRAY_ADD(decider->arena, ids) = decl_id(threat);
    }
    if (asked->now.threats.count)
        return true;
    if (!take_columns(answering, line, word, KIND_THREAT, &stating))
        return false;
    stating.request.ids = &asked->id;
    stating.request.id_count = 1;
    if (!decide_add(decider, &stating.request))
        return false;
    *ARRAY_ADD(decider->arena, ids) = decider->deeds->list.items[decider->deeds->list.count - 1].id;
    return true;
}

/* What the line says of threats that are there already. */
static bool compare_threats(struct answering *answering, const struct asked *asked,
                            const struct answer_line *line, const struct answer_word *word) {
    bool fine = true;
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++)
        if (line->cells[i].length && asked->now.threats.count &&
            column_kind(word, (enum answer_column)i) == KIND_THREAT)
            fine &= compare_column(answering, asked, line, word, (enum answer_column)i);
    return fine;
}

static bool decide_about_threats(struct answering *answering, const struct asked *asked,
                                 const struct answer_line *line, const struct answer_word *word) {
    struct answer_line more = *line;
    struct slice_list ids = {0};
    if (!have_threats(answering, asked, line, word, &ids) ||
        !compare_threats(answering, asked, line, word))
        return false;
    if (!ids.count)
        return true;
    if (word->kind == KIND_MITIGATION && !line->cells[COLUMN_fix].length)
        more.cells[COLUMN_fix] = usual_fix(answering, asked);
    return decide_about(answering, &more, word,
                        word->kind == KIND_MITIGATION ? decide_mitigate : decide_accept, ids.items,
                        ids.count);
}

static struct slice key_of(struct arena *arena, const struct answer_line *line) {
    struct memory_writer key;
    memory_writer_open(&key, arena);
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++) {
        write_slice(&key.writer, line->cells[i]);
        write_char(&key.writer, 0);
    }
    return memory_writer_close(&key);
}

/* One declaration holds all that is left for the same reason. */
static bool leave_open(struct answering *answering, const struct asked *asked,
                       const struct answer_line *line) {
    struct arena *arena = answering->decider->arena;
    struct baseline_lines *mine = ARENA_NEW(arena, struct baseline_lines), *lines;
    mine->first = line;
    lines = table_intern(arena, &answering->left, key_of(arena, line), mine);
    if (lines == mine)
        *ARRAY_ADD(arena, &answering->baselines) = mine;
    *ARRAY_ADD(arena, &lines->ids) = asked->id;
    return true;
}

/* In the words of the columns. */
static bool check_reason(struct answering *answering, const struct answer_line *line) {
    return line->cells[COLUMN_because].length || line->cells[COLUMN_see].length ||
           refuse_request(answering->decider, diag_kind(DIAG_incomplete_decision)->code,
                          "a dismissal needs 'because'; or 'see', with the code duplicate or "
                          "covered_elsewhere");
}

bool answer_anew(struct answering *answering, const struct asked *asked,
                 const struct answer_line *line, const struct answer_word *word) {
    switch (word->kind) {
    case KIND_THREAT:
        return decide_about(answering, line, word, decide_add, &asked->id, 1);
    case KIND_DISMISS:
        return check_reason(answering, line) &&
               decide_about(answering, line, word, decide_dismiss, &asked->id, 1);
    case KIND_BASELINE:
        return leave_open(answering, asked, line);
    default:
        return decide_about_threats(answering, asked, line, word);
    }
}

bool answer_baselines(struct answering *answering) {
    bool fine = true;
    for (size_t i = 0; i < answering->baselines.count; i++) {
        const struct baseline_lines *lines = answering->baselines.items[i];
        answer_at(answering, lines->first);
        fine &= decide_about(answering, lines->first, answer_word_find(SLICE("baseline")),
                             decide_baseline, lines->ids.items, lines->ids.count);
    }
    return fine;
}
