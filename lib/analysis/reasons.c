/* A reason begins with the place: what crosses or calls here. Then follows, for each open question,
 * the first fact that would settle it. */
// SPDX-License-Identifier: MIT
#include "analysis/reasons.h"

#include "analysis/decisions.h"
#include "analysis/patterns.h"
#include "analysis/score.h"
#include "base/limits.h"
#include "base/writer.h"

struct teller {
    struct arena *arena;
    struct writer *writer;
    const struct rows *rows;
};

static void tell_title(const struct teller *teller, const struct decl *decl) {
    write_slice(teller->writer, short_title(teller->arena, decl));
}

/* With its number, where this file has one for it. */
static void tell_numbered(const struct teller *teller, const struct decl *flow) {
    size_t number = badge_number(teller->rows->analysis, flow);
    if (number)
        write_format(teller->writer, "F%zu ", number);
    tell_title(teller, flow);
}

static void tell_steps(const struct teller *teller, const struct decl *flow) {
    const struct passage *passage = flow_passage(teller->rows->analysis, flow);
    size_t count = passage->step_count < STEPS_LIMIT ? passage->step_count : STEPS_LIMIT;
    for (size_t i = 0; i < count; i++) {
        write_string(teller->writer, i ? ", " : "");
        struct boundary_step step = find_step(flow, i);
        write_string(teller->writer, step.entered ? "enters " : "leaves ");
        tell_title(teller, step.boundary);
    }
    if (count < passage->step_count)
        write_format(teller->writer, " and %zu more", passage->step_count - count);
    if (passage->direction == DIRECTION_UNKNOWN)
        write_string(teller->writer, " (which side is trusted more is not stated)");
}

static void tell_flow(const struct teller *teller, const struct decl *flow) {
    const struct passage *passage = flow_passage(teller->rows->analysis, flow);
    if (passage->from_outside) {
        tell_title(teller, flow_caller(teller->rows->analysis, flow));
        write_string(teller->writer, " calls from outside; ");
    }
    if (passage->step_count) {
        write_string(teller->writer, "the data ");
        tell_steps(teller, flow);
    } else {
        write_string(teller->writer, "crosses no boundary");
    }
}

/* The flows by which an element is called from outside, or else those that cross. */
static void tell_element(const struct teller *teller, const struct decl *element) {
    const struct analysis *analysis = teller->rows->analysis;
    const struct spot *spot = subject_spot(analysis, element);
    bool outside = spot->called_from_outside;
    size_t listed = 0, more = 0;
    for (size_t i = 0; i < decl_flow_count(element); i++) {
        const struct passage *passage = flow_passage(analysis, element->flows[i]);
        bool tells = outside ? passage->from_outside && passage->callee == element->number
                             : passage->step_count > 0;
        if (!tells)
            continue;
        if (listed == STEPS_LIMIT) {
            more++;
            continue;
        }
        write_string(teller->writer, listed    ? ", "
                                     : outside ? "called from outside by "
                                               : "at a crossing: ");
        tell_numbered(teller, element->flows[i]);
        listed++;
    }
    if (more)
        write_format(teller->writer, " and %zu more", more);
    if (!listed)
        write_string(teller->writer, outside ? "on the attack surface" : "touches no crossing");
    if (!outside && spot->calls == EXPOSED_CALLS)
        write_string(teller->writer, "; two steps from outside");
}

static void tell_place(const struct teller *teller, const struct decl *subject) {
    if (subject->kind == KIND_FLOW) {
        tell_flow(teller, subject);
    } else if (subject->kind == KIND_CROSSING) {
        write_string(teller->writer, "trust changes in ");
        tell_title(teller, more_of(subject)->at);
    } else {
        tell_element(teller, subject);
    }
}

/* The first flow of this file at the element, or NULL. */
static const struct decl *own_flow_at(const struct decl *element) {
    for (size_t i = 0; i < decl_flow_count(element); i++)
        if (!more_of(element->flows[i])->origin)
            return element->flows[i];
    return NULL;
}

/* Why something is asked here at a subject of another file. */
static void tell_difference(const struct teller *teller, const struct decl *subject) {
    if (!more_of(subject)->origin)
        return;
    const struct analysis *analysis = teller->rows->analysis;
    const struct decl *at = subject->kind == KIND_FLOW       ? subject->from
                            : subject->kind == KIND_CROSSING ? more_of(subject)->at
                                                             : subject;
    const struct decl *flow = own_flow_at(at);
    if (!flow && subject->kind == KIND_FLOW)
        flow = own_flow_at(at = subject->to);
    if (!flow) {
        write_string(teller->writer, "asked here, as its own file alone does not ask it, or less "
                                     "urgently; ");
        return;
    }
    write_format(teller->writer, "asked here because F%zu of this file ",
                 badge_number(analysis, flow));
    write_string(teller->writer, flow_caller(analysis, flow) == at ? "is called by "
                                 : at == flow->to                  ? "calls "
                                                                   : "fetches from ");
    if (at == subject)
        write_string(teller->writer, "it");
    else
        tell_title(teller, at);
    write_string(teller->writer, "; ");
}

/* "`auth` on pay is not stated" */
static void tell_fact(const struct teller *teller, const struct reading *fact,
                      const struct decl *subject) {
    write_format(teller->writer, "; `%s`", attribute_rows[fact->family].name);
    if (fact->decl != subject) {
        write_string(teller->writer, fact->decl->kind == KIND_FLOW ? " on " : " of ");
        write_slice(teller->writer, decl_id(fact->decl));
    }
    if (!fact->attribute)
        write_string(teller->writer, " is not stated");
    else if (fact->attribute->item->value->word.kind == VALUE_LIST)
        write_string(teller->writer, " is stated otherwise");
    else
        write_format(
            teller->writer, " is %.*s",
            SLICE_ARGS(text_cut(teller->arena, word_text(&fact->attribute->item->value->word))));
}

/* Another row of the subject that waits for the same fact: of one flow T and I hang on its
 * protocol, and are read as one. NULL: there is none. */
static const struct row *row_beside(const struct teller *teller, const struct row *row,
                                    const struct reading *fact) {
    size_t letters = teller->rows->pack->method->letter_count;
    const struct row *rows = rows_of(teller->rows, row->subject);
    for (size_t i = 0; i < letters; i++) {
        if (&rows[i] == row || rows[i].state != ROW_OPEN)
            continue;
        for (const struct pattern *at = rows[i].patterns; at && at->state == PATTERN_OPEN;
             at = at->next)
            if (at->settle.decl == fact->decl && at->settle.family == fact->family &&
                is_pending(teller->rows->decisions, &rows[i], at))
                return &rows[i];
    }
    return NULL;
}

static void tell_beside(const struct teller *teller, const struct row *row,
                        const struct reading *fact) {
    const struct row *other = row_beside(teller, row, fact);
    if (other)
        write_format(teller->writer, ", which `%.*s` waits for, too",
                     SLICE_ARGS(row_id(teller->arena, other)));
}

/* The first few facts, each once; of the others only the number is given. */
static void tell_facts(const struct teller *teller, const struct row *row) {
    const struct reading *named[STEPS_LIMIT];
    size_t count = 0;
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        const struct reading *fact = &pattern->settle;
        bool again = !is_pending(teller->rows->decisions, row, pattern) || !fact->decl;
        for (size_t i = 0; i < count && !again; i++)
            again = named[i]->decl == fact->decl && named[i]->family == fact->family;
        if (again)
            continue;
        if (count == STEPS_LIMIT) {
            write_string(teller->writer, "; and more");
            return;
        }
        tell_fact(teller, fact, row->subject);
        tell_beside(teller, row, fact);
        named[count++] = fact;
    }
}

struct slice pattern_key(struct arena *arena, const struct rows *rows,
                         const struct pattern *pattern) {
    return text_join(arena, row_id(arena, row_of_pattern(rows, pattern)), SLICE("/"),
                     pattern_id(arena, pattern));
}

struct slice question_id(struct arena *arena, const struct rows *rows, const struct row *row,
                         const struct pattern *pattern) {
    return pattern ? pattern_key(arena, rows, pattern) : row_id(arena, row);
}

struct slice question_text(struct arena *arena, const struct rows *rows, const struct row *row,
                           const struct pattern *pattern) {
    return pattern && pattern->rule->ask.length
               ? pattern_text(arena, rows, pattern, pattern->rule->ask)
               : row_question(arena, rows, row);
}

struct slice successor_id(struct arena *arena, const struct rows *rows,
                          const struct pattern *pattern) {
    const struct pattern *successor = pattern->successor;
    return row_of_pattern(rows, pattern) == row_of_pattern(rows, successor)
               ? pattern_id(arena, successor)
               : pattern_key(arena, rows, successor);
}

/* The rows of its request where an answer's questions are asked: one or two. */
static size_t rows_of_request(const struct rows *rows, const struct row *row,
                              const struct row **list, size_t limit) {
    const struct row *last = NULL, *first = NULL;
    size_t count = 0;
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (pattern->state != PATTERN_YIELDED)
            continue;
        const struct row *into = row_of_pattern(rows, pattern->successor);
        if (into == row || into == last || into == first)
            continue;
        last = into;
        first = first ? first : into;
        if (count < limit)
            list[count] = into;
        count++;
    }
    return count;
}

/* An answer that folds itself is left out: its request has the same two ends, and is in the list.
 */
size_t rows_to_see(const struct rows *rows, const struct row *row, const struct row **list,
                   size_t limit) {
    size_t count = 0;
    if (row->state != ROW_FOLDED)
        return 0;
    if (row->subject->kind == KIND_FLOW)
        return rows_of_request(rows, row, list, limit);
    for (size_t i = 0; i < decl_flow_count(row->subject); i++) {
        const struct decl *flow = row->subject->flows[i];
        const struct row *into = row_of(rows, flow, row->letter);
        if (!flow_passage(rows->analysis, flow)->step_count || into->state == ROW_FOLDED)
            continue;
        if (count < limit)
            list[count] = into;
        count++;
    }
    return count;
}

static void tell_folded(const struct teller *teller, const struct row *row) {
    const struct row *seen[STEPS_LIMIT];
    size_t count = rows_to_see(teller->rows, row, seen, STEPS_LIMIT);
    write_string(teller->writer,
                 row->subject->kind == KIND_FLOW ? "asked at its request: see " : "see ");
    for (size_t i = 0; i < count && i < STEPS_LIMIT; i++)
        write_format(teller->writer, "%s`%.*s`", i ? ", " : "",
                     SLICE_ARGS(row_id(teller->arena, seen[i])));
    if (count > STEPS_LIMIT)
        write_format(teller->writer, " and %zu more", count - STEPS_LIMIT);
}

/* ---- rows without a question ------------------------------------------------------------- */

#define WANTED 2 /* traits that are named, at most */

/* The traits that are not stated and would decide whether something is asked, each once. */
static size_t find_wanted(const struct row *row, const struct reading *wanted[WANTED]) {
    size_t count = 0;
    for (const struct pattern *at = row->patterns; at && count < WANTED; at = at->next) {
        bool again = at->state != PATTERN_POSSIBLE || !at->settle.decl;
        for (size_t i = 0; i < count && !again; i++)
            again = wanted[i]->decl == at->settle.decl && wanted[i]->family == at->settle.family;
        if (!again)
            wanted[count++] = &at->settle;
    }
    return count;
}

/* "`carries` of f and `kind` of p are not stated" */
static void tell_wanted(struct writer *writer, const struct reading *const *wanted, size_t count) {
    for (size_t i = 0; i < count; i++)
        write_format(writer, "%s`%s` of %.*s", i ? " and " : "",
                     attribute_rows[wanted[i]->family].name, SLICE_ARGS(decl_id(wanted[i]->decl)));
    write_string(writer, count > 1 ? " are not stated" : " is not stated");
}

static bool has_caller(const struct analysis *analysis, const struct decl *element) {
    for (size_t i = 0; i < decl_flow_count(element); i++)
        if (flow_passage(analysis, element->flows[i])->callee == element->number)
            return true;
    return false;
}

/* Why none of the rules asks here, in words about this spot; `placed`: they stand after those about
 * the place. */
static struct slice why_nothing_is_asked(struct arena *arena, const struct rows *rows,
                                         const struct row *row, bool placed) {
    const struct reading *wanted[WANTED];
    size_t count = find_wanted(row, wanted);
    const struct decl *subject = row->subject;
    if (count) {
        struct memory_writer text;
        memory_writer_open(&text, arena);
        tell_wanted(&text.writer, wanted, count);
        return memory_writer_close(&text);
    }
    if (!placed && subject->kind == KIND_FLOW && !flow_passage(rows->analysis, subject)->step_count)
        return SLICE("it crosses no boundary");
    if (decl_is_element(subject) && !has_caller(rows->analysis, subject))
        return SLICE("nobody calls it");
    return SLICE("nothing stated about it raises a question");
}

/* The reason why nothing is asked here. */
static struct slice not_applicable(struct arena *arena, const struct rows *rows,
                                   const struct row *row) {
    const struct method *method = rows->pack->method;
    enum subject_kind kind = subject_kind_of(row->subject);
    struct slice never = method->never[kind][row->letter->index];
    const struct reading *missing = row->patterns ? &row->patterns->settle : NULL;
    if (!((method->by_rule[kind] | method->always[kind]) >> row->letter->index & 1))
        return never.length ? never : SLICE("the method asks nothing of this kind");
    if (row->without_stake)
        return text_format(arena, "every asset here is rated `%s: none`",
                           attribute_rows[rating_attributes[row->letter->stake]].name);
    if (row->exemption)
        return method->exemptions.items[row->exemption - 1].reason;
    if (!missing || !missing->decl)
        return SLICE("nothing in the model raises the question");
    return text_format(arena, "possible: say `%s` on %.*s", attribute_rows[missing->family].name,
                       SLICE_ARGS(decl_id(missing->decl)));
}

/* In an open row what is still to be decided comes first; `first_of` has what is in this state. */
static const struct pattern *first_of(const struct rows *rows, const struct row *row,
                                      enum pattern_state state, bool pending) {
    const struct pattern *at = row->patterns;
    while (at && !(at->state == state && at->rule->ask.length &&
                   (!pending || is_pending(rows->decisions, row, at))))
        at = at->next;
    return at;
}

const struct pattern *row_first(const struct rows *rows, const struct row *row) {
    if (!row->open)
        return first_of(rows, row, PATTERN_COVERED, false);
    const struct pattern *pending = first_of(rows, row, PATTERN_OPEN, true);
    return pending ? pending : first_of(rows, row, PATTERN_OPEN, false);
}

struct slice row_title(struct arena *arena, const struct rows *rows, const struct row *row) {
    const struct pattern *pattern = row_first(rows, row);
    return pattern ? pattern_text(arena, rows, pattern, pattern->rule->ask)
                   : text_join(arena, row->letter->name, SLICE(": "),
                               subject_title(arena, rows, row->subject));
}

/* "Asked at S@pay and S@refund" */
static struct slice asked_elsewhere(struct arena *arena, const struct rows *rows,
                                    const struct row *row) {
    struct memory_writer text;
    const struct row *seen[STEPS_LIMIT];
    size_t count = rows_to_see(rows, row, seen, STEPS_LIMIT);
    memory_writer_open(&text, arena);
    for (size_t i = 0; i < count && i < STEPS_LIMIT; i++)
        write_format(&text.writer, "%s%.*s",
                     !i                                       ? "Asked at "
                     : i + 1 == count && count <= STEPS_LIMIT ? " and "
                                                              : ", ",
                     SLICE_ARGS(row_id(arena, seen[i])));
    if (count > STEPS_LIMIT)
        write_format(&text.writer, " and %zu more", count - STEPS_LIMIT);
    return memory_writer_close(&text);
}

struct slice row_question(struct arena *arena, const struct rows *rows, const struct row *row) {
    const struct pattern *pattern = row_first(rows, row);
    if (pattern)
        return pattern_text(arena, rows, pattern, pattern->rule->ask);
    if (row->state == ROW_FOLDED)
        return asked_elsewhere(arena, rows, row);
    if (row->state != ROW_OPEN)
        return row_title(arena, rows, row);
    return text_join(arena,
                     row->possible ? SLICE("Nothing is asked yet: ") : SLICE("Nothing is asked: "),
                     why_nothing_is_asked(arena, rows, row, false), SLICE(""));
}

/* "answered by S-1 and T-2"; a dismissal and a baseline by their kind. */
static void tell_answers(const struct teller *teller, const struct row *row) {
    const struct decision *last = NULL;
    bool more = false;
    for (const struct pattern *at = row->patterns; at || !row->patterns; at = at->next) {
        const struct verdict_on *verdict = verdict_about(teller->rows->decisions, row, at);
        if (verdict && verdict->first != last) {
            last = verdict->first;
            write_string(teller->writer, more ? ", " : "; decided by ");
            more = true;
            if (verdict->answer == ANSWER_THREAT)
                write_slice(teller->writer, decl_id(last->decl));
            else
                write_string(teller->writer, kind_rows[last->decl->kind].article);
            if (verdict->through)
                write_format(teller->writer, " about `%.*s`",
                             SLICE_ARGS(word_text(verdict->through->word)));
        }
        if (!at)
            break;
    }
}

struct slice row_reason(struct arena *arena, const struct rows *rows, const struct row *row) {
    if (row->state == ROW_NOT_APPLICABLE)
        return not_applicable(arena, rows, row);
    if (row->state == ROW_OUT_OF_SCOPE)
        return more_of(row->subject)->origin
                   ? SLICE("imported: judged in its own file")
                   : text_cut(arena,
                              decl_text(decl_out_of_scope(row->subject), ATTRIBUTE_out_of_scope));
    struct memory_writer text;
    struct teller teller = {arena, &text.writer, rows};
    memory_writer_open(&text, arena);
    if (row->state == ROW_FOLDED) {
        tell_folded(&teller, row);
    } else {
        tell_difference(&teller, row->subject);
        tell_place(&teller, row->subject);
        tell_facts(&teller, row);
        if (row->covered && !row->open)
            write_string(&text.writer, "; every question is answered by a stated fact");
        if (row->state == ROW_ANSWERED)
            tell_answers(&teller, row);
        else if (!row->open && !row->covered)
            write_format(&text.writer, "; %.*s",
                         SLICE_ARGS(why_nothing_is_asked(arena, rows, row, true)));
    }
    return memory_writer_close(&text);
}
