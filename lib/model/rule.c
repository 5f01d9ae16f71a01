/* The words of rules. */
// SPDX-License-Identifier: MIT
#include "model/rule.h"

const struct subject_row subject_rows[SUBJECT_COUNT] = {
#define SUBJECT(id, word, kinds) {#word, kinds},
#include "model/subjects.def"
#undef SUBJECT
};

const struct truth_row truth_rows[TRUTH_COUNT] = {
#define TRUTH(name, of, about) {#name, about, TRUTH_OF_##of},
#include "model/truths.def"
#undef TRUTH
};

enum subject_kind subject_kind_of(const struct decl *decl) {
    unsigned kind = 0;
    while (kind + 1 < SUBJECT_COUNT && !kind_in(decl->kind, subject_rows[kind].kinds))
        kind++;
    return (enum subject_kind)kind;
}

/* "Information disclosure" is information_disclosure. */
static bool is_name_of(struct slice word, struct slice name) {
    bool same = word.length == name.length;
    for (size_t i = 0; i < word.length && same; i++) {
        char c = name.at[i];
        same = word.at[i] == (c == ' ' ? '_' : lower_letter(c));
    }
    return same;
}

const struct letter *method_letter(const struct method *method, struct slice word) {
    for (size_t i = 0; i < method->letter_count; i++)
        if (slice_equal(method->letters[i].code, word) || is_name_of(word, method->letters[i].name))
            return &method->letters[i];
    return NULL;
}

static struct method *method_copy(struct arena *arena, const struct method *method) {
    struct method *copy = ARENA_NEW(arena, struct method);
    *copy = *method;
    ARRAY_RESERVE(arena, &copy->tiers, method->tiers.count);
    for (size_t i = 0; i < method->tiers.count; i++)
        copy->tiers.items[i] = method->tiers.items[i];
    return copy;
}

/* A disabled rule may keep a letter of a method that has been replaced. */
static struct rule *rule_copy(struct arena *arena, const struct rule *rule,
                              const struct method *method) {
    struct rule *copy = ARENA_NEW(arena, struct rule);
    const struct letter *letter = method_letter(method, rule->letter->code);
    *copy = *rule;
    copy->letter = letter ? letter : rule->letter;
    return copy;
}

void rule_pack_copy(struct arena *arena, struct rule_pack *copy, const struct rule_pack *pack) {
    *copy = (struct rule_pack){.method = method_copy(arena, pack->method)};
    ARRAY_RESERVE(arena, &copy->rules, pack->rules.count);
    table_reserve(arena, &copy->by_id, pack->rules.count);
    for (size_t i = 0; i < pack->rules.count; i++) {
        struct rule *rule = rule_copy(arena, pack->rules.items[i], copy->method);
        *ARRAY_ADD(arena, &copy->rules) = rule;
        table_intern(arena, &copy->by_id, rule->id, rule);
    }
}

bool rule_was(const struct rule *rule, struct slice id) {
    for (size_t i = 0; i < rule->was_count; i++)
        if (slice_equal(rule->was[i], id))
            return true;
    return false;
}

struct slice priority_of(const struct bands *bands, int score) {
    for (size_t i = 0; i < bands->count; i++)
        if (score >= bands->of[i].lowest)
            return bands->of[i].word;
    return bands->count ? SLICE("low") : SLICE("");
}
