/* The gate: its levels by table and policies, and the parts one after the other. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

/* The rules are the codes of the group G09, in order. */
bool is_gate_rule(enum diag_code code) {
    return diag_kind(code)->code[0] == 'G';
}

/* A constant: `explain` asks for it at each of its topics. */
size_t gate_rule_count(void) {
    return 0
#define DIAGNOSTIC(code, level, name, message, about) +(size_t)(#code[0] == 'G')
#include "diag/codes.def"
#undef DIAGNOSTIC
        ;
}

enum diag_code gate_rule_at(size_t index) {
    size_t code = 0;
    while (!is_gate_rule((enum diag_code)code) || index--)
        code++;
    return (enum diag_code)code;
}

enum diag_code find_gate_rule(struct slice word) {
    for (size_t i = 0; i < DIAG_COUNT; i++)
        if (is_gate_rule((enum diag_code)i) &&
            slice_equal_letters(word, slice_of(diag_kind((enum diag_code)i)->name)))
            return (enum diag_code)i;
    return DIAG_COUNT;
}

/* ---- policies ---------------------------------------------------------------------------- */

static const struct attribute *words_of(const struct decl *policy, enum attribute_id id) {
    const struct attribute *words = decl_attribute(policy, id);
    return words && words->stated ? words : NULL;
}

static void report_rule(struct diagnostics *diagnostics, const struct decl *policy,
                        const struct word *word) {
    struct slice names[DIAG_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < DIAG_COUNT; i++)
        if (is_gate_rule((enum diag_code)i))
            names[count++] = gate_rule_word(diagnostics->arena, (enum diag_code)i);
    struct diagnostic *added = diag_add(diagnostics, DIAG_unknown_gate_rule, decl_source(policy),
                                        word_span(word), ARGS(word_text(word)));
    diag_suggest(diagnostics, added, word_text(word), names, count);
}

static bool requires(const struct decl *policy, enum diag_code rule) {
    const struct attribute *words = words_of(policy, ATTRIBUTE_require);
    for (const struct value *at = stated_values(words); at; at = next_stated(words, at))
        if (find_gate_rule(word_text(&at->word)) == rule)
            return true;
    return false;
}

static bool is_required_elsewhere(const struct decisions *decisions, enum diag_code rule) {
    for (size_t i = decisions->own_policies; i < decisions->policies.count; i++)
        if (requires(decisions->policies.items[i], rule))
            return true;
    return false;
}

static void check_words(struct diagnostics *diagnostics, const struct decisions *decisions,
                        const struct decl *policy, enum attribute_id id) {
    const struct attribute *words = words_of(policy, id);
    for (const struct value *at = stated_values(words); at; at = next_stated(words, at)) {
        enum diag_code rule = find_gate_rule(word_text(&at->word));
        if (rule == DIAG_COUNT)
            report_rule(diagnostics, policy, &at->word);
        else if (id == ATTRIBUTE_disable && is_required_elsewhere(decisions, rule))
            diag_add(diagnostics, DIAG_required_elsewhere, decl_source(policy),
                     word_span(&at->word), ARGS(word_text(&at->word)));
    }
}

void check_policies(struct diagnostics *diagnostics, const struct decisions *decisions) {
    for (size_t i = 0; i < decisions->own_policies; i++) {
        check_words(diagnostics, decisions, decisions->policies.items[i], ATTRIBUTE_require);
        check_words(diagnostics, decisions, decisions->policies.items[i], ATTRIBUTE_disable);
    }
}

/* What is required adds up over imports; only the model's own policies disable. */
static void set_levels(const struct decisions *decisions, int levels[DIAG_COUNT]) {
    const struct decl_list *policies = &decisions->policies;
    for (size_t i = 0; i < DIAG_COUNT; i++)
        levels[i] = (int)diag_kind((enum diag_code)i)->level;
    for (size_t i = 0; i < decisions->own_policies; i++) {
        const struct attribute *words = words_of(policies->items[i], ATTRIBUTE_disable);
        for (const struct value *at = stated_values(words); at; at = next_stated(words, at)) {
            enum diag_code rule = find_gate_rule(word_text(&at->word));
            if (rule != DIAG_COUNT)
                levels[rule] = RULE_OFF;
        }
    }
    for (size_t i = 0; i < policies->count; i++) {
        const struct attribute *words = words_of(policies->items[i], ATTRIBUTE_require);
        for (const struct value *at = stated_values(words); at; at = next_stated(words, at)) {
            enum diag_code rule = find_gate_rule(word_text(&at->word));
            if (rule != DIAG_COUNT)
                levels[rule] = LEVEL_ERROR;
        }
    }
}

struct slice_list disabled_gate_rules(struct arena *arena, const struct decisions *decisions) {
    struct slice_list words = {0};
    int levels[DIAG_COUNT];
    if (!decisions)
        return words;
    set_levels(decisions, levels);
    for (size_t i = 0; i < DIAG_COUNT; i++)
        if (levels[i] == RULE_OFF)
            *ARRAY_ADD(arena, &words) = gate_rule_word(arena, (enum diag_code)i);
    return words;
}

/* ---- the run ----------------------------------------------------------------------------- */

static bool is_tried(const struct gate *gate, enum diag_code rule) {
    return is_gate_rule(rule) && gate->levels[rule] != RULE_OFF &&
           (rule != DIAG_checklist_outdated || gate->options->list);
}

/* Hosts show each rule that was tried, also where it finds nothing. */
static void note_tried(struct gate *gate) {
    ARRAY_OF(const char *) tried = {0};
    for (size_t i = 0; i < DIAG_COUNT; i++)
        if (is_tried(gate, (enum diag_code)i))
            *ARRAY_ADD(gate->arena, &tried) =
                slice_string(gate->arena, gate_rule_word(gate->arena, (enum diag_code)i));
    gate->diagnostics->tried = tried.items;
    gate->diagnostics->tried_count = tried.count;
}

void run_gate(struct diagnostics *diagnostics, struct decisions *decisions,
              const struct gate_options *options) {
    struct gate gate = {.arena = diagnostics->arena,
                        .diagnostics = diagnostics,
                        .decisions = decisions,
                        .rows = decisions->rows,
                        .options = options,
                        .today = day_number(options->today)};
    set_levels(decisions, gate.levels);
    note_tried(&gate);
    gate_questions(&gate);
    gate_threats(&gate);
    gate_decisions(&gate);
    gate_references(&gate);
    gate_reviews(&gate);
    gate_evidence(&gate);
    gate_checklist(&gate);
}
