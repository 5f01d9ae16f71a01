/* The questions that are pending, as findings for hosts: one for each pattern, in order of rank. A
 * list of candidates fails nothing, so the first tier counts as warnings and the rest as notes. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"

/* "Someone other than <source> sends <flow>": a rule speaks of no spot. */
static struct slice without_spot(struct arena *arena, struct slice text) {
    struct memory_writer plain;
    memory_writer_open(&plain, arena);
    for (size_t i = 0; i < text.length; i++)
        write_char(&plain.writer, text.at[i] == '{' ? '<' : text.at[i] == '}' ? '>' : text.at[i]);
    return memory_writer_close(&plain);
}

static struct slice sentences(struct arena *arena, struct slice ask, struct slice scenario,
                              struct slice mitigation) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    write_slice(&text.writer, ask);
    write_string(&text.writer, scenario.length ? " " : "");
    write_slice(&text.writer, scenario);
    write_string(&text.writer, mitigation.length ? " What helps first: " : "");
    write_slice(&text.writer, mitigation);
    return visible_line(arena, memory_writer_close(&text));
}

static void write_paragraph(struct arena *arena, struct writer *writer, const char *head,
                            struct slice text) {
    if (!text.length)
        return;
    write_format(writer, "**%s:** ", head);
    write_markdown(writer, without_spot(arena, text));
    write_string(writer, "\n\n");
}

static struct slice markdown_of(struct arena *arena, const struct rule *rule) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    write_paragraph(arena, &text.writer, "The question", rule->ask);
    write_paragraph(arena, &text.writer, "What may happen", rule->scenario);
    write_paragraph(arena, &text.writer, "What helps first", rule->mitigation);
    write_string(&text.writer, "`stridec explain ");
    write_slice(&text.writer, rule->id);
    write_string(&text.writer, "` says where it is asked, and what settles it.\n");
    return memory_writer_close(&text);
}

/* "external/cwe/cwe-306", as hosts know it; a name that people search for stands by itself. */
static void add_tag(struct arena *arena, struct finding_rule *made, const char *family,
                    struct slice id) {
    struct memory_writer tag;
    memory_writer_open(&tag, arena);
    if (*family)
        write_format(&tag.writer, "external/%s/", family);
    for (size_t i = 0; i < id.length; i++)
        write_char(&tag.writer, id.at[i] == ' ' ? '-' : lower_letter(id.at[i]));
    *ARRAY_ADD(arena, &made->tags) = memory_writer_close(&tag);
}

static void name_tags(struct arena *arena, struct finding_rule *made, const struct rule *rule) {
    for (size_t i = 0; i < rule->cwe_count; i++)
        add_tag(arena, made, "cwe", rule->cwe[i]);
    for (size_t i = 0; i < rule->capec_count; i++)
        add_tag(arena, made, "capec", rule->capec[i]);
    for (size_t i = 0; i < rule->ref_count; i++)
        add_tag(arena, made, reference_lists[rule->refs[i]->list].family,
                slice_of(rule->refs[i]->id));
    for (size_t i = 0; i < rule->aka_count; i++)
        add_tag(arena, made, "", visible_line(arena, rule->aka[i]));
}

static void describe(struct arena *arena, struct finding_rule *made, const struct rule *rule) {
    made->name = rule->id;
    made->title = without_spot(arena, rule->title);
    made->about =
        without_spot(arena, sentences(arena, rule->ask, rule->scenario, rule->mitigation));
    if (!made->about.length)
        made->about = made->title;
    made->markdown = markdown_of(arena, rule);
    name_tags(arena, made, rule);
    made->level = LEVEL_WARNING;
    made->is_threat = true;
}

static struct slice message_of(const struct emission *emission, const struct pattern *pattern) {
    struct arena *arena = emission->arena;
    const struct rows *rows = emission->rows;
    return sentences(arena, pattern_ask(emission, pattern),
                     pattern_text(arena, rows, pattern, pattern->rule->scenario),
                     pattern_text(arena, rows, pattern, pattern->rule->mitigation));
}

static struct slice why_decided(struct arena *arena, const struct verdict_on *verdict) {
    struct memory_writer why;
    memory_writer_open(&why, arena);
    if (verdict->answer == ANSWER_DISMISSED)
        write_format(&why.writer, "dismissed: %.*s",
                     SLICE_ARGS(decl_text(verdict->first->decl, ATTRIBUTE_reason)));
    else if (verdict->answer == ANSWER_BASELINED)
        write_string(&why.writer, "left as it is by a baseline");
    for (size_t i = 0; i < verdict->threats.count; i++) {
        const struct threat *threat = verdict->threats.items[i];
        write_format(&why.writer, "%sthreat %.*s: %.*s", i ? "; " : "",
                     SLICE_ARGS(decl_id(threat->decision.decl)),
                     SLICE_ARGS(decl_label(threat->decision.decl)));
    }
    return visible_line(arena, memory_writer_close(&why));
}

/* NULL: it is pending. */
static const struct suppression *suppression_of(const struct emission *emission,
                                                const struct row *row,
                                                const struct pattern *pattern) {
    struct arena *arena = emission->arena;
    const struct verdict_on *verdict = verdict_about(emission->decisions, row, pattern);
    if (is_pending(emission->decisions, row, pattern))
        return NULL;
    const struct decl *decl = verdict->first->decl;
    struct suppression *made = ARENA_NEW(arena, struct suppression);
    made->why = why_decided(arena, verdict);
    made->place =
        finding_place(arena, &emission->options.viewpoint, decl_source(decl), decl_span(decl));
    return made;
}

static void add(const struct emission *emission, struct findings *findings, const struct row *row,
                const struct pattern *pattern) {
    struct arena *arena = emission->arena;
    if (findings->list.count == SARIF_LIMIT) {
        findings->left_out++;
        return;
    }
    struct finding_rule *rule = finding_rule(arena, findings, pattern->rule->id);
    if (!rule->name.length)
        describe(arena, rule, pattern->rule);
    int score = score_of(arena, emission->rows, row, pattern).points;
    struct slice priority = priority_of(emission->rows->bands, score);
    if (score > rule->score)
        rule->score = score, rule->priority = priority;
    const struct decl *subject = pattern->subject;
    *ARRAY_ADD(arena, &findings->list) = (struct finding){
        .rule = rule,
        .level = row->tier == 1 ? LEVEL_WARNING : LEVEL_NOTE,
        .place = finding_place(arena, &emission->options.viewpoint, decl_source(subject),
                               decl_span(subject)),
        .message = message_of(emission, pattern),
        .key = pattern_key(arena, emission->rows, pattern),
        .tier = row->tier,
        .score = score,
        .priority = priority,
        .suppression = suppression_of(emission, row, pattern),
    };
}

static bool is_decided(const struct emission *emission, const struct row *row,
                       const struct pattern *pattern) {
    return pattern->state == PATTERN_OPEN && verdict_about(emission->decisions, row, pattern) &&
           !is_pending(emission->decisions, row, pattern);
}

static void add_row(const struct emission *emission, struct findings *findings,
                    const struct row *row, bool decided) {
    bool asks = row->state == ROW_OPEN || (decided && row->state == ROW_ANSWERED);
    if (!asks || (emission->options.tier && row->tier != emission->options.tier))
        return;
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next)
        if (decided ? is_decided(emission, row, pattern)
                    : is_pending(emission->decisions, row, pattern))
            add(emission, findings, row, pattern);
}

/* What is decided comes after all that is pending, and only when it is asked for: GitHub opens an
 * alert for that, too. */
bool emit_sarif(struct emission *emission) {
    struct arena *arena = emission->arena;
    struct findings_list list = {.command = SLICE("threats")};
    struct slice path = seen_from(arena, &emission->options.viewpoint, emission->options.path);
    struct findings *findings = findings_at(arena, &list, path);
    for (int decided = 0; decided <= emission->options.all; decided++)
        for (size_t i = 0; i < emission->rows->ranked_count; i++)
            add_row(emission, findings, emission->rows->ranked[i], decided);
    number_findings(arena, findings);
    write_sarif(arena, &list, SARIF_OPENING, emission->options.model_name, emission->writer);
    return true;
}
