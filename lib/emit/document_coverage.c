/* Section 5 of the document after its matrix: why letters do not apply, and by what questions are
 * answered: facts that the model states, rows elsewhere, decisions. */
// SPDX-License-Identifier: MIT
#include "emit/document_decisions.h"

#include "analysis/grouping.h"

/* ---- why a letter does not apply --------------------------------------------------------- */

/* Subjects of one kind to which the same letters do not apply for the same reason. */
struct reason {
    struct slice text;
    uint32_t letters; /* bits of letter->index */
    enum subject_kind kind;
    ARRAY_OF(const struct decl *) subjects;
};

struct reasons {
    struct table by_key;
    ARRAY_OF(struct reason *) list;
    size_t subjects[SUBJECT_COUNT]; /* how many there are at all */
};

static struct reason *reason_of(struct arena *arena, struct reasons *reasons, struct slice text,
                                uint32_t letters, enum subject_kind kind) {
    struct slice key =
        text_format(arena, "%lx %d %.*s", (unsigned long)letters, (int)kind, SLICE_ARGS(text));
    struct reason *reason = table_get(&reasons->by_key, key);
    if (reason)
        return reason;
    reason = ARENA_NEW(arena, struct reason);
    reason->text = text;
    reason->letters = letters;
    reason->kind = kind;
    table_intern(arena, &reasons->by_key, key, reason);
    *ARRAY_ADD(arena, &reasons->list) = reason;
    return reason;
}

/* The letters of a subject that do not apply, with the reason of each. */
struct silence {
    uint32_t letters;
    struct slice reasons[LETTER_LIMIT];
};

static uint32_t letters_like(const struct silence *silence, struct slice reason) {
    uint32_t letters = 0;
    for (unsigned i = 0; i < LETTER_LIMIT; i++)
        if ((silence->letters >> i & 1) && slice_equal(silence->reasons[i], reason))
            letters |= (uint32_t)1 << i;
    return letters;
}

static void find_silence(const struct emission *emission, const struct row *cells, size_t count,
                         struct silence *silence) {
    for (size_t i = 0; i < count; i++) {
        if (cells[i].state != ROW_NOT_APPLICABLE)
            continue;
        silence->letters |= (uint32_t)1 << cells[i].letter->index;
        silence->reasons[i] = row_reason(emission->arena, emission->rows, &cells[i]);
    }
}

static void add_subject(const struct emission *emission, struct reasons *reasons,
                        const struct row *cells, size_t count) {
    struct silence silence = {0};
    uint32_t seen = 0;
    enum subject_kind kind = subject_kind_of(cells[0].subject);
    reasons->subjects[kind]++;
    find_silence(emission, cells, count, &silence);
    for (size_t i = 0; i < count; i++) {
        if (!((silence.letters & ~seen) >> i & 1))
            continue;
        uint32_t letters = letters_like(&silence, silence.reasons[i]);
        struct reason *reason =
            reason_of(emission->arena, reasons, silence.reasons[i], letters, kind);
        *ARRAY_ADD(emission->arena, &reason->subjects) = cells[i].subject;
        seen |= letters;
    }
}

static void put_letters(struct document *document, const struct method *method, uint32_t letters) {
    bool any = false;
    open_part(document, PART_STRONG);
    for (size_t i = 0; i < method->letter_count; i++) {
        if (!(letters >> i & 1))
            continue;
        put_between(document, any, ", ");
        put_text(document, method->letters[i].code);
        any = true;
    }
    close_part(document, PART_STRONG);
}

static void put_subjects(struct document *document, const struct reason *reason, size_t all) {
    if (reason->subjects.count == all && all > 1) {
        put_words(document, "each ");
        put_words(document, subject_rows[reason->kind].word);
        return;
    }
    for (size_t i = 0; i < reason->subjects.count; i++)
        put_listed(document, i > 0, decl_id(reason->subjects.items[i]));
}

static void write_reasons(struct document *document) {
    const struct emission *emission = document->emission;
    const struct method *method = emission->rows->pack->method;
    struct reasons reasons = {0};
    size_t letters = method->letter_count;
    for (size_t i = 0; letters && i < emission->model->subjects.count; i++)
        add_subject(emission, &reasons, emission->rows->cells + i * letters, letters);
    if (!reasons.list.count)
        return;
    put_heading(document, 3, "Why a letter does not apply");
    open_part(document, PART_LIST);
    for (size_t i = 0; i < reasons.list.count; i++) {
        const struct reason *reason = reasons.list.items[i];
        open_part(document, PART_ITEM);
        put_letters(document, method, reason->letters);
        put_words(document, " at ");
        put_subjects(document, reason, reasons.subjects[reason->kind]);
        put_words(document, ": ");
        put_text(document, reason->text);
        close_part(document, PART_ITEM);
    }
    close_part(document, PART_LIST);
}

/* ---- facts that answer questions --------------------------------------------------------- */

static bool add_facts(struct arena *arena, struct pattern_groups *answers,
                      const struct pattern *pattern, bool only_safe) {
    bool any = false;
    for (size_t i = 0; i < pattern->fact_count; i++) {
        const struct attribute *attribute = pattern->facts[i].attribute;
        if (!attribute || !attribute->stated || (only_safe && !attribute->safe))
            continue;
        group_pattern(arena, answers, &pattern->facts[i], pattern);
        any = true;
    }
    return any;
}

/* What is stated, with the questions that it answers; a rule may also take a value that is not
 * marked safe. A reading of nothing gathers what the drawing answers. */
static struct pattern_groups find_answers(const struct emission *emission) {
    static const struct reading as_drawn = {0};
    const struct rows *rows = emission->rows;
    struct pattern_groups answers = {0};
    for (size_t i = 0; i < rows->ranked_count; i++) {
        const struct row *row = rows->ranked[i];
        if (row->state == ROW_FOLDED || !shows_tier(emission, row->tier))
            continue;
        for (const struct pattern *at = row->patterns; at; at = at->next)
            if (at->state == PATTERN_COVERED && !add_facts(emission->arena, &answers, at, true) &&
                !add_facts(emission->arena, &answers, at, false))
                group_pattern(emission->arena, &answers, &as_drawn, at);
    }
    return answers;
}

static void put_keys(struct document *document, const struct pattern_group *answer) {
    const struct emission *emission = document->emission;
    for (size_t i = 0; i < answer->patterns.count; i++)
        put_listed(document, i > 0,
                   pattern_key(emission->arena, emission->rows, answer->patterns.items[i]));
}

static void write_answers_table(struct document *document, const struct pattern_groups *answers) {
    static const char *const titles[] = {"Stated", "Answers"};
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < answers->list.count; i++) {
        const struct pattern_group *answer = answers->list.items[i];
        open_part(document, PART_ROW);
        next_cell(document);
        if (answer->reading.decl)
            put_reading(document, &answer->reading);
        else
            put_words(document, "as it is drawn");
        next_cell(document);
        put_keys(document, answer);
        close_part(document, PART_ROW);
    }
    close_part(document, PART_TABLE);
}

static void write_answered_questions(struct document *document,
                                     const struct pattern_groups *answers) {
    const struct emission *emission = document->emission;
    struct table told = {0};
    open_fold(document, "The questions that they answer");
    open_part(document, PART_LIST);
    for (size_t i = 0; i < answers->list.count; i++)
        for (size_t k = 0; k < answers->list.items[i]->patterns.count; k++) {
            const struct pattern *pattern = answers->list.items[i]->patterns.items[k];
            struct slice key = kept_address(emission->arena, pattern);
            if (table_get(&told, key))
                continue;
            table_intern(emission->arena, &told, key, &told);
            open_part(document, PART_ITEM);
            put_code(document, pattern_key(emission->arena, emission->rows, pattern));
            put_words(document, " ");
            put_text(document, pattern_ask(emission, pattern));
            close_part(document, PART_ITEM);
        }
    close_part(document, PART_LIST);
    close_part(document, PART_FOLD);
}

static void write_answers(struct document *document) {
    struct pattern_groups answers = find_answers(document->emission);
    if (!answers.list.count)
        return;
    put_heading(document, 3, "Covered by what the model states");
    open_part(document, PART_PARAGRAPH);
    put_words(document, "A fact is ");
    put_emphasis(document, "shown");
    put_words(document, " where a place in the repository is named for it, else ");
    put_emphasis(document, "claimed");
    put_words(document, ".");
    close_part(document, PART_PARAGRAPH);
    write_answers_table(document, &answers);
    write_answered_questions(document, &answers);
}

/* ---- asked elsewhere, dismissed, left open ----------------------------------------------- */

static void write_folded(struct document *document) {
    const struct emission *emission = document->emission;
    bool any = false;
    for (size_t i = 0; i < emission->rows->ranked_count; i++) {
        const struct row *row = emission->rows->ranked[i];
        if (row->state != ROW_FOLDED || !shows_tier(emission, row->tier))
            continue;
        if (!any) {
            put_heading(document, 3, "Asked in another row");
            open_fold(document, "Which row is asked where");
            open_part(document, PART_LIST);
        }
        any = true;
        open_part(document, PART_ITEM);
        put_row_id(document, row);
        put_words(document, ": ");
        put_text(document, row_reason(emission->arena, emission->rows, row));
        close_part(document, PART_ITEM);
    }
    if (!any)
        return;
    close_part(document, PART_LIST);
    close_part(document, PART_FOLD);
}

static void put_standing(struct document *document, const struct target *target) {
    put_between(document, target->standing & STANDS_STALE, " (no longer holds: see section 10)");
    put_between(document, target->standing & STANDS_RESOLVED, " (a fact settles it now)");
}

static void put_targets(struct document *document, const struct decision *decision) {
    for (size_t i = 0; i < decision->target_count; i++) {
        put_listed(document, i > 0, word_text(decision->targets[i].word));
        put_standing(document, &decision->targets[i]);
    }
}

/* Each id with its question, as far as there is one any longer. */
static void put_questions(struct document *document, const struct decision *decision) {
    for (size_t i = 0; i < decision->target_count; i++) {
        const struct target *target = &decision->targets[i];
        if (i)
            break_line(document);
        put_code(document, word_text(target->word));
        if (target->pattern) {
            put_words(document, " ");
            put_text(document, pattern_ask(document->emission, target->pattern));
        }
        put_standing(document, target);
    }
}

static void write_dismissal(struct document *document, const struct decision *dismissal) {
    const struct decl *decl = dismissal->decl;
    open_part(document, PART_ROW);
    next_cell(document);
    put_questions(document, dismissal);
    next_cell(document);
    put_note(document, decl, ATTRIBUTE_reason);
    next_cell(document);
    put_word_of(document, decl, ATTRIBUTE_dismiss_code);
    next_cell(document);
    if (dismissal->see_threat)
        put_threat_link(document, decl_id(dismissal->see_threat->decision.decl));
    else if (dismissal->see)
        put_code(document, word_text(dismissal->see));
    next_cell(document);
    put_note(document, decl, ATTRIBUTE_owner);
    next_cell(document);
    put_note(document, decl, ATTRIBUTE_review_date);
    close_part(document, PART_ROW);
}

static void write_dismissals(struct document *document) {
    static const char *const titles[] = {"Question", "Reason", "Sort", "See", "Owner", "Review on"};
    const struct decisions *decisions = document->emission->decisions;
    if (!decisions || !decisions->dismissals.count)
        return;
    put_heading(document, 3, "Dismissed");
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < decisions->dismissals.count; i++)
        write_dismissal(document, decisions->dismissals.items[i]);
    close_part(document, PART_TABLE);
}

static void write_baseline(struct document *document, const struct decision *baseline) {
    open_part(document, PART_ITEM);
    put_targets(document, baseline);
    put_note_after(document, baseline->decl, ATTRIBUTE_note);
    close_part(document, PART_ITEM);
}

static bool has_targets(const struct decisions *decisions) {
    for (size_t i = 0; decisions && i < decisions->baselines.count; i++)
        if (decisions->baselines.items[i]->target_count)
            return true;
    return false;
}

static size_t count_new(const struct emission *emission) {
    size_t count = 0;
    for (size_t i = 0;
         emission->decisions && emission->decisions->pin && i < emission->rows->ranked_count; i++)
        for (const struct pattern *at = emission->rows->ranked[i]->patterns; at; at = at->next)
            count += at->state == PATTERN_OPEN &&
                     is_new_question(emission->decisions, emission->rows->ranked[i], at);
    return count;
}

static void write_new(struct document *document, size_t count) {
    open_part(document, PART_ITEM);
    put_count(document, count, "question", "questions");
    put_words(document, " of rules newer than pack ");
    put_number(document, (size_t)document->emission->decisions->pin);
    put_words(document, ", which the policy names");
    close_part(document, PART_ITEM);
}

static void write_left_open(struct document *document) {
    const struct emission *emission = document->emission;
    size_t news = count_new(emission);
    bool any = has_targets(emission->decisions);
    if (!any && !news)
        return;
    put_heading(document, 3, "Left open on purpose");
    open_part(document, PART_LIST);
    for (size_t i = 0; any && i < emission->decisions->baselines.count; i++)
        if (emission->decisions->baselines.items[i]->target_count)
            write_baseline(document, emission->decisions->baselines.items[i]);
    if (news)
        write_new(document, news);
    close_part(document, PART_LIST);
}

void write_coverage(struct document *document) {
    struct slice title = document->emission->rows->pack->method->title;
    open_heading(document, 2);
    put_words(document, "5 ");
    put_text(document, title.length ? title : SLICE("Candidate threats"));
    close_part(document, PART_HEADING);
    put_heading(document, 3, "Each element and letter");
    write_matrix(document);
    if (!document->emission->page_is_cut) { /* else each of its rows says so, and that is enough */
        write_reasons(document);
        write_answers(document);
        write_folded(document);
    }
    write_dismissals(document);
    write_left_open(document);
    write_threats(document);
}
