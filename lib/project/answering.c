/* One line of a sheet: what its id names, what is decided there, and what the line adds to it. */
// SPDX-License-Identifier: MIT
#include "project/answering.h"

#include "analysis/reasons.h"

/* ---- what the id names ------------------------------------------------------------------- */

/* A decision about a threat is the first part of it. */
static struct threat *threat_named(const struct decider *decider, struct slice id) {
    const struct decl *decl = table_get(&decider->ids, id);
    return decl && decl->kind == KIND_THREAT ? (struct threat *)decision_of(decider, decl) : NULL;
}

/* As if it answered a question. */
static bool find_threat(struct answering *answering, const struct answer_line *line,
                        struct asked *asked) {
    struct decider *decider = answering->decider;
    struct threat *threat = threat_named(decider, line->id);
    const struct decl *decl = table_get(&decider->ids, line->id);
    if (!threat && decl)
        return refuse_request(decider, "",
                              "it is %s: a line is about a question or a threat, and stridec "
                              "triage state changes the rest",
                              kind_rows[decl->kind].article);
    if (!threat)
        return refuse_unknown(decider, "question or threat", line->id);
    struct verdict_on *verdict = ARENA_NEW(decider->arena, struct verdict_on);
    *verdict =
        (struct verdict_on){.answer = ANSWER_THREAT, .holds = true, .first = &threat->decision};
    *ARRAY_ADD(decider->arena, &verdict->threats) = threat;
    asked->verdict = verdict;
    return true;
}

/* A row that asks several questions, by the name of the first. */
static bool refuse_row(struct answering *answering, const struct row *row,
                       const struct pattern *first) {
    struct decider *decider = answering->decider;
    struct slice key = pattern_key(decider->arena, decider->project->rows, first);
    return refuse_request(decider, "", "the row has questions: answer each by its own id, '%.*s'%s",
                          SLICE_ARGS(key), row->open + row->covered > 1 ? ", ..." : "");
}

static bool find_question(struct answering *answering, const struct answer_line *line,
                          struct asked *asked) {
    struct decider *decider = answering->decider;
    struct targets targets = {0};
    if (!read_question_id(decider, line->id, &targets))
        return false;
    if (targets.count != 1)
        return refuse_request(decider, "", "it has become %zu questions: answer each by its own id",
                              targets.count);
    const struct target *target = &targets.items[0];
    asked->row = row_of(decider->project->rows, target->subject, target->letter);
    asked->pattern = target->pattern;
    const struct pattern *first = row_first(decider->project->rows, asked->row);
    if (!target->rule && first && (asked->row->open || asked->row->covered))
        return refuse_row(answering, asked->row, first);
    asked->id = target_id(decider, target);
    if (!target->rule || target->pattern)
        asked->verdict = verdict_about(decider->project->decisions, asked->row, target->pattern);
    return true;
}

static bool find_asked(struct answering *answering, const struct answer_line *line,
                       struct asked *asked) {
    *asked = (struct asked){.id = line->id};
    if (!(slice_has(line->id, '@') ? find_question(answering, line, asked)
                                   : find_threat(answering, line, asked)))
        return false;
    asked->now = answer_of(answering->decider->arena, asked->verdict);
    return true;
}

/* ---- what is decided there --------------------------------------------------------------- */

/* Whether a declaration of the word's kind answers already. */
static bool is_answered_by(const struct asked *asked, const struct answer_word *word) {
    const struct decl_list *list = answer_list(&asked->now, word->kind);
    return list->count && list->items[0]->kind == word->kind;
}

static bool compare_columns(struct answering *answering, const struct asked *asked,
                            const struct answer_line *line, const struct answer_word *word) {
    bool fine = true;
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++)
        fine &= !line->cells[i].length ||
                compare_column(answering, asked, line, word, (enum answer_column)i);
    return fine;
}

/* Whether some column says what is not so yet. */
static bool says_more(struct answering *answering, const struct asked *asked,
                      const struct answer_line *line) {
    struct arena *arena = answering->decider->arena;
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++) {
        enum answer_column column = (enum answer_column)i;
        const struct decl_list *list =
            line->cells[i].length ? column_holders(&asked->now, column) : NULL;
        int attribute = list ? column_attribute(column, (enum kind)list->items[0]->kind) : 0;
        if (line->cells[i].length && (!list || !cell_says(arena, attribute, line->cells[i],
                                                          column_text(arena, &asked->now, column))))
            return true;
    }
    return false;
}

/* Another decision of the one risk: deferred, say, that was accepted. */
static bool change_risk(struct answering *answering, const struct asked *asked,
                        const struct answer_line *line, const struct answer_word *word) {
    const struct decl_list *risks = &asked->now.risks;
    struct wish wish = {ATTRIBUTE_decision, slice_of(word->decision), true, line};
    for (size_t i = 0; i < risks->count; i++)
        if (slice_is(decl_text(risks->items[i], ATTRIBUTE_decision), word->decision)) {
            wish.changes = false;
            return wish_for(answering, risks->items[i], wish);
        }
    return risks->count > 1 ? refuse_several(answering, "answer", risks)
                            : wish_for(answering, risks->items[0], wish);
}

/* ---- a line ------------------------------------------------------------------------------ */

/* Somebody looked at a decision again and leaves it as it is; of an acceptance the risk as well. */
static bool confirm_line(struct answering *answering, const struct asked *asked,
                         const struct answer_line *line) {
    struct decider *decider = answering->decider;
    const struct decl_list *lists[] = {&asked->now.threats, &asked->now.risks};
    struct slice_list ids = {0};
    if (asked->now.word && says_more(answering, asked, line))
        return refuse_request(decider, "", "to confirm changes nothing else: import that first");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            *ARRAY_ADD(decider->arena, &ids) = decl_id(lists[i]->items[j]);
    if (!ids.count)
        *ARRAY_ADD(decider->arena, &ids) = asked->id;
    return decide_confirm(decider,
                          &(struct decision_request){.ids = ids.items, .id_count = ids.count});
}

/* A word that says less than what is there would take something away. */
static bool takes_away(const struct asked *asked, const struct answer_word *word) {
    return word->kind == KIND_THREAT && (asked->now.mitigations.count || asked->now.risks.count);
}

static bool answer_with(struct answering *answering, struct asked *asked,
                        const struct answer_line *line, const struct answer_word *word) {
    const struct answer_word *before = asked->now.word;
    if (!is_answered_by(asked, word))
        return answer_anew(answering, asked, line, word);
    if (takes_away(asked, word))
        return refuse_request(answering->decider, "",
                              "more than a threat is recorded: leave the answer at '%s', or take "
                              "the rest out of its file",
                              before->word);
    bool holds = word->kind == KIND_MITIGATION || (asked->verdict && asked->verdict->holds);
    if (!holds && (word != before || says_more(answering, asked, line)))
        return answer_anew(answering, asked, line, word);
    for (size_t i = 0; i < asked->now.threats.count; i++) {
        bool is_new;
        if (!claim_threat(answering, asked->now.threats.items[i], line, false, &is_new))
            return false;
    }
    bool says_risk = word->kind == KIND_RISK && line->word.length;
    return (!says_risk || change_risk(answering, asked, line, word)) &&
           compare_columns(answering, asked, line, word);
}

static bool refuse_word(struct answering *answering, struct slice word) {
    struct slice words[16];
    size_t count = 0;
    for (; count < answer_word_count; count++)
        words[count] = slice_of(answer_word_rows[count].word);
    words[count++] = SLICE("confirm");
    int near = text_nearest(word, words, count);
    if (near >= 0)
        return refuse_request(answering->decider, "", "'%.*s' is no answer; did you mean '%.*s'?",
                              SLICE_ARGS(word), SLICE_ARGS(words[near]));
    struct memory_writer list;
    memory_writer_open(&list, answering->decider->arena);
    for (size_t i = 0; i < count; i++)
        write_format(&list.writer, "%s%.*s", i ? ", " : "", SLICE_ARGS(words[i]));
    struct slice known = memory_writer_close(&list);
    return refuse_request(answering->decider, "", "'%.*s' is no answer; there are %.*s",
                          SLICE_ARGS(word), SLICE_ARGS(known));
}

/* A column that only an answer can have; NULL when there is none. */
static const char *column_said(const struct answer_line *line) {
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++)
        if (line->cells[i].length && !is_about_deciding((enum answer_column)i))
            return answer_columns[i].name;
    return NULL;
}

bool answer_by_line(struct answering *answering, const struct answer_line *line) {
    struct decider *decider = answering->decider;
    const struct answer_word *word = answer_word_find(line->word);
    struct asked asked;
    answer_at(answering, line);
    if (!line->word.length && !column_said(line))
        return true;
    if (!line->id.length)
        return refuse_request(decider, "", "the line has an answer, but no id");
    const struct answer_line *other =
        table_intern(decider->arena, &answering->answered, line->id, (void *)(uintptr_t)line);
    if (other != line)
        return is_same_line(other, line) ||
               refuse_request(decider, diag_kind(DIAG_conflict)->code,
                              "line %zu answers it as well, differently", other->number);
    if (!find_asked(answering, line, &asked))
        return false;
    if (slice_is_any_case(line->word, "confirm"))
        return confirm_line(answering, &asked, line);
    if (line->word.length && !word)
        return refuse_word(answering, line->word);
    word = word ? word : asked.now.word;
    return word ? answer_with(answering, &asked, line, word)
                : refuse_request(decider, "",
                                 "it has no answer, so '%s' says nothing: write one in the column "
                                 "'answer'",
                                 column_said(line));
}
