/* Section 5 of the document, second half: the matrix that shows a state for every subject and
 * letter, and why letters do not apply. */
// SPDX-License-Identifier: MIT
#include "emit/markdown.h"

static const char *mark_of(const struct row *row) {
    static const char *const marks[ROW_STATE_COUNT] = {
        [ROW_OUT_OF_SCOPE] = "×", [ROW_NOT_APPLICABLE] = "–", [ROW_ANSWERED] = "◆",
        [ROW_FOLDED] = "↗",       [ROW_OPEN] = "○",           [ROW_COVERED] = "✓"};
    return row->state == ROW_OPEN && row->tier == 1 ? "●" : marks[row->state];
}

static void write_matrix_head(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct method *method = emission->rows->pack->method;
    write_string(writer, "| Subject | Kind |");
    for (size_t i = 0; i < method->letter_count; i++)
        write_format(writer, " %.*s |", S(method->letters[i].code));
    write_string(writer, "\n|---|---|");
    for (size_t i = 0; i < method->letter_count; i++)
        write_string(writer, ":-:|");
    write_char(writer, '\n');
}

/* Every cell in which something is open links to where it is asked. */
static void write_cell(struct emission *emission, const struct row *row) {
    struct writer *writer = emission->writer;
    bool linked = row_is_open_in(emission, row, 1) || row_is_open_in(emission, row, 2);
    write_string(writer, linked ? " [" : " ");
    write_string(writer, mark_of(row));
    if (linked) {
        write_string(writer, "](#");
        write_row_anchor(writer, row);
        write_char(writer, ')');
    }
    write_string(writer, " |");
}

static void write_matrix(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct decl_list *subjects = &emission->model->subjects;
    size_t letters = emission->rows->pack->method->letter_count;
    write_matrix_head(emission);
    for (size_t i = 0; i < subjects->count; i++) {
        const struct decl *subject = subjects->items[i];
        write_string(writer, "| ");
        write_named(writer, subject);
        write_format(writer, " | %s |", kind_rows[subject->kind].word);
        for (size_t k = 0; k < letters; k++)
            write_cell(emission, &emission->rows->cells[i * letters + k]);
        write_char(writer, '\n');
    }
    write_char(writer, '\n');
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
        text_format(arena, "%lx %d %.*s", (unsigned long)letters, (int)kind, S(text));
    struct reason *reason = table_get(&reasons->by_key, key);
    if (reason)
        return reason;
    reason = ARENA_NEW(arena, struct reason);
    reason->text = text;
    reason->letters = letters;
    reason->kind = kind;
    table_add(arena, &reasons->by_key, key, reason);
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
    silence->letters = 0;
    for (size_t i = 0; i < count; i++) {
        if (cells[i].state != ROW_NOT_APPLICABLE)
            continue;
        silence->letters |= (uint32_t)1 << cells[i].letter->index;
        silence->reasons[i] = row_reason(emission->arena, emission->rows, &cells[i]);
    }
}

static void add_subject(const struct emission *emission, struct reasons *reasons,
                        const struct row *cells, size_t count) {
    struct silence silence;
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

static void write_letters(struct writer *writer, const struct method *method, uint32_t letters) {
    bool any = false;
    for (size_t i = 0; i < method->letter_count; i++) {
        if (!(letters >> i & 1))
            continue;
        write_format(writer, "%s%.*s", any ? ", " : "", S(method->letters[i].code));
        any = true;
    }
}

static void write_subjects(struct writer *writer, const struct reason *reason, size_t all) {
    if (reason->subjects.count == all && all > 1) {
        write_format(writer, "each %s", subject_rows[reason->kind].word);
        return;
    }
    for (size_t i = 0; i < reason->subjects.count; i++)
        write_format(writer, "%s`%.*s`", i ? ", " : "", S(reason->subjects.items[i]->id));
}

static void write_reasons(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct method *method = emission->rows->pack->method;
    struct reasons reasons = {0};
    size_t letters = method->letter_count;
    for (size_t i = 0; letters && i < emission->model->subjects.count; i++)
        add_subject(emission, &reasons, emission->rows->cells + i * letters, letters);
    if (!reasons.list.count)
        return;
    write_string(writer, "### 5.6 Why a letter does not apply\n\n");
    for (size_t i = 0; i < reasons.list.count; i++) {
        const struct reason *reason = reasons.list.items[i];
        write_string(writer, "- **");
        write_letters(writer, method, reason->letters);
        write_string(writer, "** at ");
        write_subjects(writer, reason, reasons.subjects[reason->kind]);
        write_string(writer, ": ");
        write_markdown(writer, reason->text);
        write_char(writer, '\n');
    }
}

void write_coverage(struct emission *emission) {
    write_string(
        emission->writer,
        "### 5.5 Coverage\n\n● open in tier 1 · ○ open · ◆ answered · ✓ covered · ↗ folded "
        "· – does not apply · × out of scope\n\n");
    write_matrix(emission);
    write_reasons(emission);
}
