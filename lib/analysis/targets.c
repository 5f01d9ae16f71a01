/* Reads the ids in decisions, and judges how each stands to the model: gone, out of scope, asked in
 * the file of an import, stale. What is gone is an orphan, with a warning that has the nearest id.
 */
// SPDX-License-Identifier: MIT
#include "analysis/targets.h"

#include "analysis/folding.h"
#include "analysis/patterns.h"

/* ---- what is gone ------------------------------------------------------------------------ */

/* Names that may be meant. One that would give no question is among them, with `asked` false: where
 * it is the nearest, nothing is proposed. */
struct names {
    struct slice *items;
    size_t count, capacity;
    ARRAY_OF(bool) asked;
};

static void add_name(struct target_reader *reader, struct names *names, struct slice name,
                     bool is_asked) {
    *ARRAY_ADD(reader->arena, names) = name;
    *ARRAY_ADD(reader->arena, &names->asked) = is_asked;
}

/* The whole word, with the nearest of the names in place of its part `name`: nothing where that is
 * not asked. */
static void suggest(struct target_reader *reader, struct diagnostic *added, const struct word *word,
                    struct slice name, const struct names *names) {
    int nearest = reader->suggestions++ < SUGGESTION_LIMIT
                      ? text_nearest(name, names->items, names->count)
                      : -1;
    if (nearest < 0 || (size_t)nearest >= names->asked.count || !names->asked.items[nearest])
        return;
    struct slice whole = word_text(word);
    size_t start = 0;
    while (start < whole.length && whole.at + start != name.at)
        start++;
    if (start == whole.length)
        return; /* it stands in another attribute */
    size_t end = start + name.length;
    struct slice meant = text_join(reader->arena, slice_part(whole, 0, start),
                                   names->items[nearest], slice_part(whole, end, whole.length));
    diag_hint(reader->diagnostics, added, "did you mean '%.*s'?", SLICE_ARGS(meant));
    diag_fix(reader->diagnostics, added, meant);
}

static struct diagnostic *report_orphan(struct target_reader *reader, const struct decl *decision,
                                        const struct word *word, const char *what,
                                        struct slice name) {
    return diag_add(reader->diagnostics, DIAG_names_nothing, decl_source(decision), word_span(word),
                    ARGS(word_text(word), slice_of(what), name));
}

/* Not one that waits for a trait, that another is asked instead of, or whose row is silent. */
static bool is_question(const struct pattern *pattern) {
    return pattern->state == PATTERN_OPEN || pattern->state == PATTERN_COVERED;
}

/* Whether the id would be a question with this row in place of the one that it names; `rule` is
 * what stands behind its /, or "". */
static bool would_be_asked(struct target_reader *reader, const struct row *row, struct slice rule) {
    if (!rule.length)
        return row->state != ROW_NOT_APPLICABLE;
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (is_question(at) && slice_equal(pattern_id(reader->arena, at), rule))
            return true;
    return false;
}

/* Proposes a subject of which just this is asked. */
static void report_subject(struct target_reader *reader, const struct decl *decision,
                           const struct word *word, const struct letter *letter,
                           struct slice name) {
    const struct decl_list *subjects = &reader->rows->analysis->shown->subjects;
    struct diagnostic *added =
        report_orphan(reader, decision, word, "element, flow or crossing", name);
    if (reader->suggestions >= SUGGESTION_LIMIT)
        return;
    struct slice rule = word_text(word);
    while (slice_has(rule, '/') && *rule.at != '/')
        rule = slice_part(rule, 1, rule.length);
    rule = slice_has(rule, '/') ? slice_part(rule, 1, rule.length) : SLICE("");
    struct names names = {0};
    for (size_t i = 0; i < subjects->count; i++)
        add_name(reader, &names, decl_id(subjects->items[i]),
                 would_be_asked(reader, row_of(reader->rows, subjects->items[i], letter), rule));
    suggest(reader, added, word, name, &names);
}

/* Proposes flows at which the row asks the rule's question. */
static void report_flow(struct target_reader *reader, const struct decl *decision,
                        const struct word *word, const struct row *row, struct slice rule,
                        struct slice name) {
    struct diagnostic *added = report_orphan(reader, decision, word, "flow", name);
    struct names names = {0};
    if (reader->suggestions >= SUGGESTION_LIMIT)
        return;
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        struct slice rest = pattern_id(reader->arena, at), id = {"", 0};
        if (slice_cut(&rest, '/', &id) && slice_equal(id, rule) && rest.length)
            add_name(reader, &names, rest, is_question(at));
    }
    suggest(reader, added, word, name, &names);
}

/* Proposes questions of the row, as ROW/ID has them. */
static void report_rule(struct target_reader *reader, const struct decl *decision,
                        const struct word *word, const struct row *row, struct slice name) {
    const struct rule_pack *pack = reader->rows->pack;
    struct diagnostic *added = report_orphan(reader, decision, word, "question", name);
    struct names names = {0};
    if (reader->suggestions >= SUGGESTION_LIMIT)
        return;
    for (const struct pattern *at = row->patterns; at; at = at->next)
        add_name(reader, &names, pattern_id(reader->arena, at), is_question(at));
    for (size_t i = 0; i < pack->rules.count; i++)
        add_name(reader, &names, pack->rules.items[i]->id, false);
    suggest(reader, added, word, name, &names);
}

static void report_letter(struct target_reader *reader, const struct decl *decision,
                          const struct word *word, struct slice name) {
    const struct method *method = reader->rows->pack->method;
    struct names names = {0};
    for (size_t i = 0; i < method->letter_count; i++)
        add_name(reader, &names, method->letters[i].code, true);
    struct diagnostic *added = report_orphan(reader, decision, word, "letter", name);
    suggest(reader, added, word, name, &names);
}

/* ---- reading ids ------------------------------------------------------------------------- */

static struct target *add(struct target_reader *reader, struct targets *targets,
                          const struct word *word, unsigned standing) {
    struct target *target = ARRAY_ADD(reader->arena, targets);
    *target = (struct target){.word = word, .standing = standing};
    return target;
}

/* NULL, with a warning, when there is no such letter or subject. */
static const struct row *find_row(struct target_reader *reader, const struct naming *naming,
                                  const struct decl *decision, const struct word *word,
                                  struct slice code, struct slice id) {
    const struct letter *letter = method_letter(reader->rows->pack->method, code);
    struct decl *subject = find_by_id(naming, id, ON_SUBJECT);
    if (!letter)
        report_letter(reader, decision, word, code);
    else if (!subject && !naming->imported)
        report_subject(reader, decision, word, letter, id);
    if (!letter || !subject)
        return NULL;
    keep_use(reader->arena, reader->uses, word, subject);
    return row_of(reader->rows, subject, letter);
}

static void take_row(struct target *target, const struct row *row) {
    target->letter = row->letter;
    target->subject = row->subject;
}

/* The rules that the id names, tried at the row's subject or at one of its flows. */
static void add_patterns(struct target_reader *reader, const struct word *word,
                         const struct row *row, struct rule_list rules, const struct decl *flow,
                         struct targets *targets) {
    for (size_t i = 0; i < rules.count; i++) {
        const struct rule *rule = rules.items[i];
        const struct decl *subject = rule->row == OF_SUBJECT ? row->subject : flow;
        struct row *own = subject ? row_of_rule(reader->rows, rule, subject) : NULL;
        if (!subject || (rule->row == OF_SUBJECT && flow))
            continue;
        struct target *target = add(reader, targets, word, 0);
        take_row(target, own);
        target->rule = rule;
        target->spot = subject;
        target->pattern = find_pattern_of(&reader->rules, own, rule, subject);
    }
}

static bool fits(const struct row *row, const struct rule *rule, const struct decl *flow) {
    if (rule->on != subject_kind_of(flow ? flow : row->subject))
        return false;
    return rule->row == OF_SUBJECT
               ? !flow
               : flow && (rule->row == OF_FROM ? flow->from : flow->to) == row->subject;
}

/* What stands after the rule, if anything does: the flow where that was tried. False, and reported,
 * when there is none of this id. */
static bool find_flow(struct target_reader *reader, const struct naming *naming,
                      const struct decl *decision, const struct word *word, const struct row *row,
                      struct slice rule, struct slice id, const struct decl **flow) {
    *flow = id.length ? find_by_id(naming, id, ON_FLOW) : NULL;
    if (id.length && !*flow && !naming->imported)
        report_flow(reader, decision, word, row, rule, id);
    return !id.length || *flow;
}

/* The rules of this id, or of this one in the past, whose question can stand there. */
static struct rule_list find_fitting(struct target_reader *reader, const struct row *row,
                                     struct slice id, const struct decl *flow) {
    struct rule_list found = find_rules(&reader->rules, id), rules = {0};
    rules.items = ARENA_ARRAY(reader->arena, const struct rule *, found.count + 1);
    for (size_t i = 0; i < found.count; i++)
        if (fits(row, found.items[i], flow))
            rules.items[rules.count++] = found.items[i];
    return rules;
}

/* `written`: "forged_caller/pay". */
static void read_pattern(struct target_reader *reader, const struct naming *naming,
                         const struct decl *decision, const struct word *word,
                         const struct row *row, struct slice written, struct targets *targets) {
    struct slice rest = written, id = {"", 0};
    const struct decl *flow;
    struct rule_list rules = {0};
    slice_cut(&rest, '/', &id);
    bool stands = find_flow(reader, naming, decision, word, row, id, rest, &flow);
    if (stands)
        rules = find_fitting(reader, row, id, flow);
    if (rules.count) {
        add_patterns(reader, word, row, rules, flow, targets);
        return;
    }
    if (stands && !naming->imported)
        report_rule(reader, decision, word, row, written);
    add(reader, targets, word, STANDS_ORPHAN);
}

void read_target(struct target_reader *reader, const struct naming *naming,
                 const struct decl *decision, const struct word *word, struct targets *targets) {
    struct slice rest = word_text(word), code = {"", 0}, id = {"", 0};
    slice_cut(&rest, '@', &code);
    slice_cut(&rest, '/', &id);
    const struct row *row = find_row(reader, naming, decision, word, code, id);
    if (!row)
        add(reader, targets, word, STANDS_ORPHAN);
    else if (rest.length)
        read_pattern(reader, naming, decision, word, row, rest, targets);
    else
        take_row(add(reader, targets, word, 0), row);
}

void read_spot(struct target_reader *reader, const struct naming *naming,
               const struct decl *decision, const struct attribute *category,
               const struct attribute *on, struct targets *targets) {
    const struct word *word = &on->item->value->word;
    const struct row *row = find_row(reader, naming, decision, word,
                                     word_text(&category->item->value->word), word_text(word));
    struct target *target = add(reader, targets, word, row ? 0 : STANDS_ORPHAN);
    if (row)
        take_row(target, row);
}

void add_again(struct target_reader *reader, const struct target *target, struct targets *targets) {
    struct target *copy = add(reader, targets, target->word, 0);
    *copy = *target;
    copy->standing &= STANDS_ORPHAN;
    copy->changes = NULL;
    copy->accepted = false;
    copy->folded = NULL;
    copy->folded_count = 0;
}

/* ---- how they stand ---------------------------------------------------------------------- */

static void note_questions(struct target_reader *reader, struct target *target,
                           const struct row *row) {
    struct basis_change *change = ARENA_NEW(reader->arena, struct basis_change);
    size_t count = row->open + row->covered;
    *change = (struct basis_change){
        NULL, row_id(reader->arena, row), SLICE("a row without questions"),
        text_format(reader->arena, count == 1 ? "%zu question" : "%zu questions", count),
        STANDS_STALE};
    target->changes = change;
    target->standing |= STANDS_STALE;
}

/* What the file of an imported subject asks itself is left out of the rows here. */
static bool is_asked_elsewhere(struct target_reader *reader, const struct target *target,
                               const struct row *row) {
    if (!more_of(target->subject)->origin)
        return false;
    if (!target->rule || target->pattern)
        return row->state == ROW_OUT_OF_SCOPE;
    struct trial trial = {.judgement =
                              judgement_at(reader->arena, reader->rows->analysis, target->spot)};
    return try_rule(&trial, target->rule) != NULL;
}

/* A question that does not arise any longer: it may be that what its scope rested on has changed.
 * Of a risk the warning about its threat says it. */
static void judge_gone(struct target_reader *reader, const struct stated_basis *stated,
                       const struct decision *decision, struct target *target) {
    compare_basis(stated, reader->rows, target);
    target->standing |= STANDS_GONE;
    if (!stated->naming->imported && decision->decl->kind != KIND_RISK)
        diag_add(reader->diagnostics, DIAG_not_asked, decl_source(decision->decl),
                 word_span(target->word), ARGS(word_text(target->word)));
}

/* Says that nobody is asked yet what was decided: the answer waits for a trait. */
static void tell_possible(struct target_reader *reader, const struct stated_basis *stated,
                          const struct decision *decision, const struct target *target) {
    if (target->pattern && target->pattern->state == PATTERN_POSSIBLE && !stated->naming->imported &&
        decision->decl->kind != KIND_RISK)
        diag_add(reader->diagnostics, DIAG_not_asked_yet, decl_source(decision->decl),
                 word_span(target->word), ARGS(word_text(target->word)));
}

static bool is_asked(const struct target *target, const struct row *row) {
    if (target->rule)
        return target->pattern && target->pattern->state != PATTERN_SILENCED;
    return row->state != ROW_NOT_APPLICABLE;
}

static void judge_target(struct target_reader *reader, const struct stated_basis *stated,
                         const struct decision *decision, struct target *target, bool loose) {
    if (target->standing & STANDS_ORPHAN)
        return;
    const struct row *row = row_of(reader->rows, target->subject, target->letter);
    tell_possible(reader, stated, decision, target);
    if (decl_out_of_scope(target->subject))
        target->standing |= STANDS_ASLEEP;
    else if (is_asked_elsewhere(reader, target, row))
        target->standing |= STANDS_ELSEWHERE;
    else if (loose)
        return; /* it is about the row as such, whatever is asked there */
    else if (!is_asked(target, row))
        judge_gone(reader, stated, decision, target);
    else if (target->pattern && target->pattern->state == PATTERN_COVERED)
        target->standing |= STANDS_RESOLVED;
    else if (!target->rule && (row->open || row->covered))
        note_questions(reader, target, row);
    else if (!compare_basis(stated, reader->rows, target))
        target->standing |= STANDS_UNCONFIRMED;
}

/* ---- what a folded row leaves to others -------------------------------------------------- */

/* Questions that the basis does not know were not asked yet when somebody decided: they are not
 * answered by it. */
static void note_folded(struct target_reader *reader, const struct stated_basis *stated,
                        struct target *target) {
    const unsigned nowhere = STANDS_ORPHAN | STANDS_ASLEEP | STANDS_ELSEWHERE | STANDS_GONE;
    if (target->standing & nowhere)
        return;
    struct folded folded = find_folded(reader->arena, reader->rows, target);
    target->folded = folded.items;
    for (size_t i = 0; i < folded.count; i++)
        if (!stated->stated || basis_knows(stated, reader->rows, folded.items[i]))
            target->folded[target->folded_count++] = folded.items[i];
}

/* ---- all of them ------------------------------------------------------------------------- */

void judge_targets(struct target_reader *reader, const struct naming *naming,
                   struct decision *decision, bool loose) {
    struct stated_basis stated = read_basis(naming, decision->decl);
    decision->basis_stated = stated.stated;
    for (size_t i = 0; i < decision->target_count; i++) {
        judge_target(reader, &stated, decision, &decision->targets[i], loose);
        if (!loose)
            note_folded(reader, &stated, &decision->targets[i]);
        decision->standing |= decision->targets[i].standing;
    }
}
