/* Facts and rules in balance, shown on the examples of the built-in rules: each fact silences some
 * rule, each rule can be silenced by facts, and taking a fact away never covers anything. Nothing
 * here names a fact or a rule. */
// SPDX-License-Identifier: MIT
#include "rules/examples.h"

#include "api/compilation.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

#define MOST_RULES 1024
#define MOST_VALUES 16 /* safe ones of one fact */

static struct stridec *self;
static struct examples examples;
static bool silences[ATTRIBUTE_COUNT][KIND_COUNT]; /* a fact, stated on such a declaration */
static bool silenced_rules[MOST_RULES];            /* by place in the pack */
static size_t covered_by_less;                     /* patterns, by taking something away */

/* ---- stating and taking away --------------------------------------------------------------- */

static bool reads(const struct condition *condition, enum attribute_id family) {
    bool attribute = condition->kind == CONDITION_SAFE || condition->kind == CONDITION_VALUE ||
                     condition->kind == CONDITION_STATED;
    if (attribute && condition->family == family)
        return true;
    for (const struct condition *part = condition->parts; part; part = part->next)
        if (reads(part, family))
            return true;
    return false;
}

static enum attribute_id family_of(enum attribute_id id) {
    return attribute_family(&self->project.vocabulary->attributes,
                            slice_of(attribute_rows[id].name));
}

/* A fact, or a trait that answers like one: it has safe values. */
static bool answers(enum attribute_id id) {
    return attribute_rows[id].role != ROLE_NOTE && strchr(attribute_rows[id].values, '!');
}

/* In front of the list, where it is found before what was stated. */
static void state_value(struct decl *decl, enum attribute_id id, struct slice word) {
    struct attribute *attribute = ARENA_NEW(&self->project.arena, struct attribute);
    struct value *value = ARENA_NEW(&self->project.arena, struct value);
    struct item *item = ARENA_NEW(&self->project.arena, struct item);
    item->value = value;
    value->word = word_new(&self->project.arena, word, (struct span){0, 0});
    *attribute = (struct attribute){
        .next = decl->attributes,
        .item = item,
        .word_count = 1,
        .only = word_symbol(&self->project.arena, self->project.vocabulary, word),
        .id = (unsigned char)id,
        .family = (unsigned char)family_of(id),
        .stated = true,
        .safe = true};
    decl->attributes = attribute;
    decl->attribute_set |= attribute_bit(id) | attribute_bit(attribute->family);
}

/* Every declaration that an attribute with an effect can stand on. */
typedef void decl_visitor(struct example *example, struct decl *decl);

static void visit_decls(struct example *example, decl_visitor *visit) {
    static const enum kind kinds[] = {KIND_EXTERNAL, KIND_ACTOR, KIND_PROCESS, KIND_STORE,
                                      KIND_BOUNDARY, KIND_FLOW,  KIND_CROSSING};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct decl_list *decls = &example->model->of[kinds[i]];
        for (size_t j = 0; j < decls->count; j++)
            visit(example, decls->items[j]);
    }
}

/* ---- each fact, each rule ------------------------------------------------------------------- */

static size_t count_open(const struct rows *rows) {
    size_t open = 0;
    for (size_t i = 0; i < rows->ranked_count; i++)
        open += rows->ranked[i]->open;
    return open;
}

/* The rule is open nowhere, and not because another one asks in its place: less is open than
 * before. */
static bool is_silent(const struct example *example, size_t before) {
    struct arena scratch;
    const struct rows *rows = judge_model(&examples, example->model, &scratch);
    bool silent = !opens_somewhere(rows, example->rule) && count_open(rows) < before;
    arena_close(&scratch);
    return silent;
}

static size_t count_open_patterns(const struct example *example) {
    struct arena scratch;
    size_t open = count_open(judge_model(&examples, example->model, &scratch));
    arena_close(&scratch);
    return open;
}

static void note_rule(const struct rule *rule) {
    for (size_t i = 0; i < self->project.pack->rules.count; i++)
        silenced_rules[i] |= self->project.pack->rules.items[i] == rule;
}

static void try_values(struct example *example, struct decl *decl, enum attribute_id id) {
    const char *rest = attribute_rows[id].values;
    size_t before = count_open_patterns(example);
    uint32_t set = decl->attribute_set;
    struct attribute *stated = decl->attributes;
    struct slice word;
    for (bool safe; attribute_next_value(&rest, &word, &safe);) {
        if (!safe)
            continue;
        state_value(decl, id, word);
        if (is_silent(example, before)) {
            silences[id][decl->kind == KIND_ACTOR ? KIND_EXTERNAL : decl->kind] = true;
            note_rule(example->rule);
        }
        decl->attributes = stated;
        decl->attribute_set = set;
    }
}

static bool may_answer(const struct example *example, const struct decl *decl,
                       enum attribute_id id) {
    return kind_in(decl->kind, attribute_rows[id].kinds) && answers(id) &&
           reads(example->rule->unless, family_of(id));
}

static void try_facts(struct example *example, struct decl *decl) {
    for (size_t id = 0; id < ATTRIBUTE_COUNT; id++)
        if (may_answer(example, decl, (enum attribute_id)id))
            try_values(example, decl, (enum attribute_id)id);
}

/* The safe value number `choice`, or the last one. */
static struct slice safe_value(enum attribute_id id, size_t choice) {
    const char *rest = attribute_rows[id].values;
    struct slice word, chosen = {0};
    for (bool safe; attribute_next_value(&rest, &word, &safe);)
        if (safe && (!chosen.length || choice-- > 0))
            chosen = word;
    return chosen;
}

static size_t choice; /* for every fact at once */

static void state_all(struct example *example, struct decl *decl) {
    for (size_t id = 0; id < ATTRIBUTE_COUNT; id++)
        if (may_answer(example, decl, (enum attribute_id)id))
            state_value(decl, (enum attribute_id)id, safe_value((enum attribute_id)id, choice));
}

/* For a rule that wants two facts at once. Changes the model for good. */
static void try_all_facts(struct example *example) {
    size_t before = count_open_patterns(example);
    for (choice = 0; choice < MOST_VALUES; choice++) {
        visit_decls(example, state_all);
        if (is_silent(example, before))
            note_rule(example->rule);
    }
}

/* ---- unknown ----------------------------------------------------------------------------------
 */

static const struct pattern *find_pattern(const struct row *row, const struct pattern *like) {
    const struct pattern *pattern = row->patterns;
    while (pattern && (pattern->rule != like->rule || pattern->subject != like->subject))
        pattern = pattern->next;
    return pattern;
}

static void compare_cells(const struct example *example, const struct decl *decl,
                          enum attribute_id id, const struct row *with, const struct row *without) {
    for (const struct pattern *pattern = with->patterns; pattern; pattern = pattern->next) {
        const struct pattern *now = find_pattern(without, pattern);
        if (pattern->state != PATTERN_OPEN || !now || now->state != PATTERN_COVERED)
            continue;
        covered_by_less++;
        print_error("rule %.*s, \"%.*s\": without `%s` of %.*s, %.*s is covered at %.*s\n",
                    SLICE_ARGS(example->rule->id),
                    SLICE_ARGS(word_text(&example->item->head->label)), attribute_rows[id].name,
                    SLICE_ARGS(decl_id(decl)), SLICE_ARGS(pattern->rule->id),
                    SLICE_ARGS(decl_id(pattern->subject)));
    }
}

static void take_away(struct example *example, struct decl *decl, struct attribute **place) {
    struct attribute *taken = *place;
    struct arena before, behind;
    const struct rows *with = judge_model(&examples, example->model, &before);
    *place = taken->next;
    const struct rows *without = judge_model(&examples, example->model, &behind);
    size_t cells = example->model->subjects.count * self->project.pack->method->letter_count;
    for (size_t i = 0; i < cells; i++)
        compare_cells(example, decl, taken->id, &with->cells[i], &without->cells[i]);
    *place = taken;
    arena_close(&behind);
    arena_close(&before);
}

static void take_away_each(struct example *example, struct decl *decl) {
    for (struct attribute **place = &decl->attributes; *place; place = &(*place)->next)
        if (attribute_rows[(*place)->id].role != ROLE_NOTE)
            take_away(example, decl, place);
}

/* ---- the tests --------------------------------------------------------------------------------
 */

static stridec_status weigh(struct stridec *of, void *context) {
    (void)context;
    if (!open_examples(&examples, &of->project, NULL, 0) ||
        of->project.pack->rules.count > MOST_RULES)
        return STRIDEC_INVALID;
    for (size_t i = 0; i < examples.list.count; i++) {
        if (examples.list.items[i].hit)
            visit_decls(&examples.list.items[i], try_facts);
        visit_decls(&examples.list.items[i], take_away_each);
        if (examples.list.items[i].hit)
            try_all_facts(&examples.list.items[i]);
    }
    return STRIDEC_OK;
}

static int load(void **state) {
    (void)state;
    self = stridec_new(NULL);
    return self && run_guarded(self, weigh, NULL) == STRIDEC_OK ? 0 : -1;
}

static int forget(void **state) {
    (void)state;
    stridec_free(self);
    return 0;
}

static void each_fact_silences_some_rule_wherever_it_may_stand(void **state) {
    (void)state;
    size_t mute = 0;
    for (size_t id = 0; id < ATTRIBUTE_COUNT; id++) {
        for (size_t kind = 0; kind < KIND_COUNT; kind++) {
            bool may_stand = kind_in((enum kind)kind, attribute_rows[id].kinds) &&
                             kind != KIND_ACTOR && answers((enum attribute_id)id);
            if (!may_stand || silences[id][kind])
                continue;
            print_error("`%s` on %s silences no hit of any rule\n", attribute_rows[id].name,
                        kind_rows[kind].article);
            mute++;
        }
    }
    assert_int_equal(mute, 0);
}

static void each_rule_can_be_silenced_by_facts(void **state) {
    (void)state;
    size_t loud = 0;
    for (size_t i = 0; i < self->project.pack->rules.count; i++) {
        const struct rule *rule = self->project.pack->rules.items[i];
        if (rule->disabled || silenced_rules[i])
            continue;
        print_error("no safe facts silence a hit of %.*s\n", SLICE_ARGS(rule->id));
        loud++;
    }
    assert_int_equal(loud, 0);
}

static void what_is_not_stated_never_silences(void **state) {
    (void)state;
    assert_int_equal(covered_by_less, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fact_silences_some_rule_wherever_it_may_stand),
        cmocka_unit_test(each_rule_can_be_silenced_by_facts),
        cmocka_unit_test(what_is_not_stated_never_silences),
    };
    return cmocka_run_group_tests_name("balance", tests, load, forget);
}
