/* A question as a person reads it who has to decide: what it is, why it is asked, what may happen,
 * and which facts would settle it. */
// SPDX-License-Identifier: MIT
#include "explain/explain_question.h"

#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "analysis/remedies.h"
#include "analysis/score.h"
#include "explain/explainer.h"

#define COLUMN 12 /* where the texts stand */
/* A question has to fit on a screen of 24 lines, and facts are stated by the keys 1 to 9. */
#define MOST_VALUES 4
#define VALUES_OF_MANY 3
#define MOST_FACTS 9

static void tell_part(struct explainer *explainer, const char *name, struct slice text) {
    if (text.length)
        tell_entry(explainer, COLUMN, slice_of(name), text);
}

static struct slice text_of(struct explainer *explainer, const struct agenda_item *item,
                            struct slice text) {
    return pattern_text(&explainer->project->arena, explainer->project->rows, item->pattern, text);
}

struct slice told_before(struct arena *arena, const struct decisions *decisions,
                         const struct agenda_item *item) {
    const struct decision *before = decided_before(decisions, item);
    if (!before)
        return (struct slice){"", 0};
    struct source *source = decl_source(before->decl);
    size_t line = source_line_number(arena, source, decl_span(before->decl).start);
    struct slice why = reason_to_ask_again(arena, before);
    return text_format(arena, "%s in %.*s:%zu no longer holds%s%.*s",
                       kind_rows[before->decl->kind].article, SLICE_ARGS(source->path), line,
                       why.length ? ": " : "", SLICE_ARGS(why));
}

static void write_values(struct writer *writer, const struct remedy *fact) {
    bool all = fact->value_count <= MOST_VALUES;
    size_t count = all ? fact->value_count : VALUES_OF_MANY;
    for (size_t i = 0; i < count; i++)
        write_format(writer, "%s%.*s",
                     !i                      ? ""
                     : all && i + 1 == count ? " or "
                                             : ", ",
                     SLICE_ARGS(fact->values[i]));
    if (!all)
        write_format(writer, ", ... (%zu)", fact->value_count);
}

/* "auth of order: session, jwt or mfa", "auth of order: api_key, session, jwt, ... (12)" */
static struct slice fact_text(struct arena *arena, const struct remedy *fact) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    write_format(&text.writer, "`%s` of %.*s: ", attribute_rows[fact->attribute].name,
                 SLICE_ARGS(decl_id(fact->decl)));
    write_values(&text.writer, fact);
    return memory_writer_close(&text);
}

/* Facts one by one, with the numbers by which stridec_fact_at() has them among facts alone. */
static void tell_fact(struct explainer *explainer, const struct remedy *remedy, const char *joint,
                      size_t *number) {
    struct arena *arena = &explainer->project->arena;
    if (!remedy->parts && *number < MOST_FACTS) {
        struct slice text = fact_text(arena, remedy);
        tell_entry(explainer, COLUMN, *number ? SLICE("") : SLICE("settles"),
                   text_format(arena, "%s%zu) %.*s", joint, *number + 1, SLICE_ARGS(text)));
    }
    *number += !remedy->parts;
    for (const struct remedy *part = remedy->parts; part; part = part->next) {
        const char *between = remedy->one_of ? "or " : "and ";
        tell_fact(explainer, part, part == remedy->parts ? joint : between, number);
    }
}

static void tell_facts(struct explainer *explainer, const struct pattern *pattern) {
    struct arena *arena = &explainer->project->arena;
    const struct remedy *remedy = find_remedies(arena, explainer->project->analysis, pattern);
    size_t number = 0;
    if (remedy)
        tell_fact(explainer, remedy, "", &number);
    if (number > MOST_FACTS)
        tell_entry(explainer, COLUMN, SLICE(""),
                   text_format(arena, "and %zu more facts", number - MOST_FACTS));
}

static void tell_head(struct explainer *explainer, const struct agenda_item *item) {
    struct arena *arena = &explainer->project->arena;
    const struct rows *rows = explainer->project->rows;
    struct score score = score_of(arena, rows, item->row, item->pattern);
    struct slice priority = priority_of(rows->bands, score.points);
    tell(explainer, 0, "",
         text_format(arena, "%.*s: tier %d, likelihood %d x impact %d = %d%s%.*s",
                     SLICE_ARGS(question_id(arena, rows, item->row, item->pattern)), item->tier,
                     score.likelihood, score.impact, score.points, priority.length ? ", " : "",
                     SLICE_ARGS(priority)));
    tell(explainer, 0, "",
         text_format(arena, "%.*s of %.*s", SLICE_ARGS(item->row->letter->name),
                     SLICE_ARGS(short_title(arena, item->row->subject))));
}

void explain_question(struct project *project, struct writer *writer,
                      const struct agenda_item *item) {
    struct explainer explainer = {project, writer, {"", 0}};
    struct arena *arena = &project->arena;
    tell_head(&explainer, item);
    tell_line(&explainer);
    tell(&explainer, 2, "", question_text(arena, project->rows, item->row, item->pattern));
    tell_line(&explainer);
    tell_part(&explainer, "why", row_reason(arena, project->rows, item->row));
    tell_part(&explainer, "before", told_before(arena, project->decisions, item));
    if (!item->pattern)
        return;
    tell_part(&explainer, "scenario", text_of(&explainer, item, item->pattern->rule->scenario));
    tell_part(&explainer, "first", text_of(&explainer, item, item->pattern->rule->mitigation));
    tell_facts(&explainer, item->pattern);
}
