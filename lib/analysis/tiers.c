/* The tier of a row: the lowest that the method's table gives to one of its patterns. */
// SPDX-License-Identifier: MIT
#include "analysis/finder.h"

static bool is_about(const struct tier_rule *tier, const struct row *row, int since) {
    return since >= tier->since && (tier->subjects >> subject_kind_of(row->subject) & 1) &&
           (tier->letters >> row->letter->index & 1);
}

/* The lowest tier whose condition holds, but none below a limit whose condition does not. */
static int find_in_table(struct finder *finder, const struct row *row, struct standing standing,
                         int since) {
    struct judgement *judgement = &finder->trial.judgement;
    int tier = 3, limit = 1;
    judgement->subject = row->subject;
    judgement->standing = standing;
    for (size_t i = 0; i < finder->method->tiers.count; i++) {
        const struct tier_rule *rule = &finder->method->tiers.items[i];
        if (!is_about(rule, row, since) ||
            (rule->is_limit ? rule->tier <= limit : rule->tier >= tier))
            continue;
        bool holds = judge(judgement, rule->when, NULL) == VERDICT_TRUE;
        if (rule->is_limit && !holds)
            limit = rule->tier;
        else if (!rule->is_limit && holds)
            tier = rule->tier;
    }
    return tier > limit ? tier : limit;
}

/* The table is asked once for each standing that patterns of a row have: a condition may look at
 * all flows of an element, and an element with many flows has as many patterns. Those of one rule
 * stand together, so that packs alternate no more often than rules do. */
static int judge_as(struct finder *finder, const struct row *row, struct standing standing,
                    int since) {
    struct known_tiers *known = &finder->known_tiers;
    size_t place = (size_t)(standing.in_scope | standing.unsafe << 1 | standing.specific << 2 |
                            standing.taken_over << 3 | standing.specific_near << 4);
    if (known->row != row)
        *known = (struct known_tiers){.row = row};
    if (!known->tiers[place] || known->since[place] != since)
        known->tiers[place] = (unsigned char)find_in_table(finder, row, standing, since);
    known->since[place] = since;
    return known->tiers[place];
}

/* A specific question that a generic one yields to has at least that one's tier: the one that it has
 * with a specific question `near`, at a flow of the subject. */
static int judge_specific(struct finder *finder, const struct row *row,
                          const struct pattern *pattern, bool near) {
    struct standing standing = {
        .in_scope = true, .unsafe = pattern->takes_unsafe, .specific_near = near};
    int generic = pattern->succeeds ? judge_as(finder, row, standing, pattern->succeeds) : 3;
    standing = (struct standing){.in_scope = true, .unsafe = pattern->unsafe, .specific = true};
    int tier = judge_as(finder, row, standing, pattern->rule->since);
    return generic < tier ? generic : tier;
}

/* Notes the tier of the row's specific patterns; one in tier 1 that was tried at a flow is noted at
 * the flow and at both ends. What is asked in no list takes nothing's place. */
static void find_specific_tier(struct finder *finder, struct row *row) {
    if (row->state == ROW_NOT_APPLICABLE || row->state == ROW_OUT_OF_SCOPE)
        return;
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        const struct decl *flow = pattern->subject;
        if (!pattern->specific || pattern->state == PATTERN_POSSIBLE)
            continue;
        int tier = judge_specific(finder, row, pattern, false);
        if (!row->specific_tier || tier < row->specific_tier)
            row->specific_tier = (unsigned char)tier;
        if (tier > 1 || flow->kind != KIND_FLOW)
            continue;
        finder->specific_near[flow->number] = true;
        finder->specific_near[flow->from->number] = true;
        finder->specific_near[flow->to->number] = true;
    }
}

/* Sets the tiers of the row's open patterns, or of its covered ones when none is open, and returns
 * the lowest; of a row without either its own. */
static int find_tier(struct finder *finder, const struct row *row) {
    int tier = 3;
    struct standing standing = {.taken_over = row->specific_tier == 1};
    bool near = finder->specific_near[row->subject->number];
    standing.specific_near = standing.taken_over || near;
    if (!row->open && !row->covered)
        return judge_as(finder, row, standing, 1);
    standing.in_scope = true;
    for (struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (pattern->state != (row->open ? PATTERN_OPEN : PATTERN_COVERED))
            continue;
        standing.unsafe = pattern->unsafe;
        int own = pattern->specific ? judge_specific(finder, row, pattern, near)
                                    : judge_as(finder, row, standing, pattern->rule->since);
        pattern->tier = (unsigned char)own;
        tier = own < tier ? own : tier;
    }
    return tier;
}

void settle_tiers(struct finder *finder) {
    struct rows *rows = finder->rows;
    finder->specific_near = ARENA_ARRAY(finder->arena, bool, finder->model->subjects.count + 1);
    for (size_t i = 0; i < rows->cell_count; i++)
        find_specific_tier(finder, &rows->cells[i]);
    for (size_t i = 0; i < rows->cell_count; i++) {
        struct row *row = &rows->cells[i];
        arena_step(finder->arena);
        row->tier = (unsigned char)find_tier(finder, row);
    }
}
