/* The ids of rules last, as decisions are kept by them: when a rule came, what it was called
 * before, and that no id is used again. */
// SPDX-License-Identifier: MIT
#include "syntax/rule_ids.h"

/* When it came, and under which ids it has been known. */
void build_history(struct diagnostics *diagnostics, const struct rule_pack *pack,
                   struct rule *rule) {
    const struct attribute *since = decl_attribute(rule->decl, ATTRIBUTE_since);
    struct arena *arena = diagnostics->arena;
    int last = pack->method ? pack->method->pack : 0;
    struct slice_list was = decl_words(arena, rule->decl, ATTRIBUTE_was);
    rule->since = decl_number(rule->decl, ATTRIBUTE_since, 1);
    if (since && rule->since > last)
        diag_add(diagnostics, DIAG_rule_of_the_future, decl_source(rule->decl),
                 word_span(&since->item->value->word), ARGS(text_format(arena, "%d", last)));
    rule->was = was.items;
    rule->was_count = was.count;
}

static void report_unknown_rule(struct diagnostics *diagnostics, const struct rule_pack *pack,
                                struct source *source, const struct word *word) {
    struct diagnostic *added =
        diag_add(diagnostics, DIAG_unknown_rule, source, word_span(word), ARGS(word_text(word)));
    struct slice *names = ARENA_ARRAY(diagnostics->arena, struct slice, pack->rules.count + 1);
    for (size_t i = 0; i < pack->rules.count; i++)
        names[i] = pack->rules.items[i]->id;
    diag_suggest(diagnostics, added, word_text(word), names, pack->rules.count);
}

/* NULL when no rule has this id. */
static struct rule *look_up_rule(struct arena *arena, const struct rule_pack *pack,
                                 struct uses *uses, const struct word *word) {
    struct rule *rule = table_get(&pack->by_id, word_text(word));
    if (rule)
        keep_use(arena, uses, word, rule->decl);
    return rule;
}

void disable_rules(struct diagnostics *diagnostics, struct rule_pack *pack, const struct decl *decl,
                   struct uses *uses) {
    const struct attribute *disable = decl_attribute(decl, ATTRIBUTE_disable);
    for (const struct value *value = stated_values(disable); value;
         value = next_stated(disable, value)) {
        struct rule *named = look_up_rule(diagnostics->arena, pack, uses, &value->word);
        bool known = named != NULL;
        if (named)
            named->disabled = true;
        /* A rule that was renamed or split is meant under its old id, too. */
        for (size_t i = 0; i < pack->rules.count && !named; i++) {
            struct rule *rule = pack->rules.items[i];
            bool is_meant = rule_was(rule, word_text(&value->word));
            rule->disabled |= is_meant;
            if (is_meant && !known)
                keep_use(diagnostics->arena, uses, &value->word, rule->decl);
            known |= is_meant;
        }
        if (!known)
            report_unknown_rule(diagnostics, pack, decl_source(decl), &value->word);
    }
}

void check_rule_ids(struct diagnostics *diagnostics, const struct rule_pack *pack,
                    struct source *source) {
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *now = pack->rules.items[i];
        for (size_t j = 0; j < now->was_count; j++) {
            const struct rule *still = table_get(&pack->by_id, now->was[j]);
            const struct rule *here = decl_source(now->decl) == source ? now : still;
            if (!still || still->disabled || decl_source(here->decl) != source)
                continue;
            diag_add(diagnostics, DIAG_reused_rule_id, source, decl_span(here->decl),
                     ARGS(still->id, now->id));
        }
    }
}

void look_up_past_ids(struct arena *arena, const struct rule_pack *pack,
                      const struct model *decls) {
    const struct decl_list *rules = &decls->of[KIND_RULE];
    for (size_t i = 0; i < rules->count && decls->uses; i++) {
        const struct attribute *was = decl_attribute(rules->items[i], ATTRIBUTE_was);
        for (const struct value *value = stated_values(was); value; value = next_stated(was, value))
            look_up_rule(arena, pack, decls->uses, &value->word);
    }
}
