/* Finds what answers a question, and what its columns say. */
// SPDX-License-Identifier: MIT
#include "emit/answer_cells.h"

#include "analysis/threats.h"
#include "base/writer.h"

const struct answer_column_row answer_columns[ANSWER_COLUMN_COUNT] = {
#define ANSWER_COLUMN(name, threat, mitigation, risk, dismiss, baseline, about)                    \
    {#name,                                                                                        \
     ATTRIBUTE_##threat,                                                                           \
     ATTRIBUTE_##mitigation,                                                                       \
     ATTRIBUTE_##risk,                                                                             \
     ATTRIBUTE_##dismiss,                                                                          \
     ATTRIBUTE_##baseline},
#include "emit/answer_columns.def"
#undef ANSWER_COLUMN
};

const struct answer_word answer_word_rows[] = {
#define ANSWER_WORD(word, kind, decision) {#word, KIND_##kind, decision},
#include "emit/answer_words.def"
#undef ANSWER_WORD
};
const size_t answer_word_count = sizeof answer_word_rows / sizeof *answer_word_rows;

const struct answer_word *answer_word_find(struct slice word) {
    for (size_t i = 0; i < answer_word_count; i++)
        if (slice_is_any_case(word, answer_word_rows[i].word))
            return &answer_word_rows[i];
    return NULL;
}

/* ---- what answers ------------------------------------------------------------------------ */

/* The word of a kind; of a risk, that of its decision. */
static const struct answer_word *word_of(enum kind kind, const struct decl *decl) {
    for (size_t i = 0; i < answer_word_count; i++)
        if (answer_word_rows[i].kind == kind &&
            (kind != KIND_RISK ||
             attribute_says(decl, ATTRIBUTE_decision, answer_word_rows[i].decision)))
            return &answer_word_rows[i];
    return kind == KIND_RISK ? answer_word_find(SLICE("accept")) : NULL;
}

/* Adds what has not been met yet. */
static void add(struct arena *arena, struct table *met, struct decl_list *list, struct decl *decl) {
    size_t known = met->count;
    table_intern(arena, met, kept_address(arena, decl), decl);
    if (met->count > known)
        *ARRAY_ADD(arena, list) = decl;
}

static void add_threat(struct arena *arena, struct table *met, struct question_answer *answer,
                       const struct threat *threat) {
    add(arena, met, &answer->threats, (struct decl *)(uintptr_t)threat->decision.decl);
    for (size_t i = 0; i < threat->mitigations.count; i++)
        add(arena, met, &answer->mitigations, threat->mitigations.items[i]);
    for (size_t i = 0; i < threat->risks.count; i++)
        add(arena, met, &answer->risks, threat->risks.items[i]);
}

struct question_answer answer_of(struct arena *arena, const struct verdict_on *verdict) {
    struct question_answer answer = {0};
    struct table met = {0};
    if (!verdict)
        return answer;
    const struct decl *first = verdict->first->decl;
    for (size_t i = 0; i < verdict->threats.count; i++)
        add_threat(arena, &met, &answer, verdict->threats.items[i]);
    if (!answer.threats.count)
        *ARRAY_ADD(arena, &answer.others) = (struct decl *)(uintptr_t)first;
    if (answer.risks.count)
        answer.word = word_of(KIND_RISK, answer.risks.items[0]);
    else
        answer.word =
            word_of(answer.mitigations.count ? KIND_MITIGATION : (enum kind)first->kind, first);
    return answer;
}

/* ---- columns ----------------------------------------------------------------------------- */

int column_attribute(enum answer_column column, enum kind kind) {
    const struct answer_column_row *row = &answer_columns[column];
    switch (kind) {
    case KIND_THREAT:
        return row->threat;
    case KIND_MITIGATION:
        return row->mitigation;
    case KIND_RISK:
        return row->risk;
    case KIND_DISMISS:
        return row->dismiss;
    case KIND_BASELINE:
        return row->baseline;
    default:
        return ATTRIBUTE_NOTHING;
    }
}

struct slice column_text_of(const struct decl *decl, enum answer_column column) {
    int attribute = column_attribute(column, (enum kind)decl->kind);
    return attribute == ATTRIBUTE_NOTHING ? SLICE("")
           : attribute == ATTRIBUTE_LABEL ? decl_label(decl)
                                          : decl_text(decl, (enum attribute_id)attribute);
}

static bool any_says(const struct decl_list *list, enum answer_column column) {
    for (size_t i = 0; i < list->count; i++)
        if (column_text_of(list->items[i], column).length)
            return true;
    return false;
}

const struct decl_list *answer_list(const struct question_answer *answer, enum kind kind) {
    return kind == KIND_THREAT       ? &answer->threats
           : kind == KIND_MITIGATION ? &answer->mitigations
           : kind == KIND_RISK       ? &answer->risks
                                     : &answer->others;
}

enum kind column_kind(const struct answer_word *word, enum answer_column column) {
    bool about_threat = word->kind == KIND_MITIGATION || word->kind == KIND_RISK;
    if (column_attribute(column, word->kind) != ATTRIBUTE_NOTHING)
        return word->kind;
    return about_threat && column_attribute(column, KIND_THREAT) != ATTRIBUTE_NOTHING ? KIND_THREAT
                                                                                      : KIND_COUNT;
}

/* Nearest to the answer first: of an acceptance the risk, then the threat, then what is done. */
const struct decl_list *column_holders(const struct question_answer *answer,
                                       enum answer_column column) {
    const enum kind order[] = {answer->word->kind, KIND_THREAT, KIND_MITIGATION, KIND_RISK};
    const struct decl_list *first = NULL;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const struct decl_list *list = answer_list(answer, order[i]);
        if (!list->count || column_attribute(column, order[i]) == ATTRIBUTE_NOTHING)
            continue;
        if (any_says(list, column))
            return list;
        first = first ? first : list;
    }
    return first;
}

struct slice list_text(struct arena *arena, const struct decl_list *list,
                       enum answer_column column) {
    struct memory_writer text;
    struct table said = {0};
    if (list->count == 1)
        return column_text_of(list->items[0], column);
    memory_writer_open(&text, arena);
    for (size_t i = 0; i < list->count; i++) {
        struct slice one = column_text_of(list->items[i], column);
        if (!one.length || table_get(&said, one))
            continue;
        write_string(&text.writer, said.count ? "; " : "");
        table_intern(arena, &said, one, list->items[i]);
        write_slice(&text.writer, one);
    }
    return memory_writer_close(&text);
}

struct slice column_text(struct arena *arena, const struct question_answer *answer,
                         enum answer_column column) {
    const struct decl_list *list = answer->word ? column_holders(answer, column) : NULL;
    return list ? list_text(arena, list, column) : SLICE("");
}
