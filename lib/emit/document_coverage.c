/* Section 5 of the document, second half: the matrix that shows a state for every subject and
 * letter, and why letters do not apply. */
// SPDX-License-Identifier: MIT
#include "emit/document_words.h"

static const char *mark_of(const struct row *row) {
    static const char *const marks[ROW_STATE_COUNT] = {
        [ROW_OUT_OF_SCOPE] = "×", [ROW_NOT_APPLICABLE] = "–", [ROW_ANSWERED] = "◆",
        [ROW_FOLDED] = "↗",       [ROW_OPEN] = "○",           [ROW_COVERED] = "✓"};
    return row->state == ROW_OPEN && row->tier == 1 ? "●" : marks[row->state];
}

/* The subject and its kind, then a column for each letter. */
#define COLUMNS_BEFORE 2

static void open_matrix(struct document *document) {
    const struct emission *emission = document->emission;
    const struct method *method = emission->rows->pack->method;
    size_t count = COLUMNS_BEFORE + method->letter_count;
    const char **titles = ARENA_ARRAY(emission->arena, const char *, count);
    titles[0] = "Subject";
    titles[1] = "Kind";
    for (size_t i = 0; i < method->letter_count; i++)
        titles[COLUMNS_BEFORE + i] = slice_string(emission->arena, method->letters[i].code);
    document->form->open_table(document, (struct columns){titles, count, method->letter_count});
}

/* Every cell in which something is open links to where it is asked. */
static void write_cell(struct document *document, const struct row *row) {
    const struct emission *emission = document->emission;
    bool linked = row_is_open_in(emission, row, 1) || row_is_open_in(emission, row, 2);
    next_cell(document);
    if (linked)
        open_row_link(document, row);
    put_words(document, mark_of(row));
    if (linked)
        close_part(document, PART_LINK);
}

/* Whether something is open at a subject that this file does not name. */
static bool asks_any(const struct emission *emission, size_t subject) {
    size_t letters = emission->rows->pack->method->letter_count;
    for (size_t i = subject * letters; i < (subject + 1) * letters; i++)
        if (emission->rows->cells[i].state == ROW_OPEN)
            return true;
    return false;
}

static void write_matrix(struct document *document) {
    const struct emission *emission = document->emission;
    const struct decl_list *subjects = &emission->analysis->model->subjects;
    size_t letters = emission->rows->pack->method->letter_count;
    open_matrix(document);
    for (size_t i = 0; i < subjects->count; i++) {
        const struct decl *subject = subjects->items[i];
        if (i >= emission->model->subjects.count && !asks_any(emission, i))
            continue;
        open_part(document, PART_ROW);
        next_cell(document);
        put_named(document, subject);
        next_cell(document);
        put_words(document, kind_rows[subject->kind].word);
        for (size_t k = 0; k < letters; k++)
            write_cell(document, &emission->rows->cells[i * letters + k]);
        close_part(document, PART_ROW);
    }
    close_part(document, PART_TABLE);
}

/* ---- reasons ----------------------------------------------------------------------------- */

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
    put_heading(document, 3, "5.6 Why a letter does not apply");
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

void write_coverage(struct document *document) {
    put_heading(document, 3, "5.5 Coverage");
    put_paragraph(document,
                  "● open in tier 1 · ○ open · ◆ answered · ✓ covered · ↗ folded · – does "
                  "not apply · × out of scope");
    write_matrix(document);
    write_reasons(document);
}
