/* Binds conditions to attributes and words: each test becomes one comparison of numbers, so that
 * evaluating never touches text. */
// SPDX-License-Identifier: MIT
#include "syntax/bind.h"

#include "syntax/hints.h"

#include <string.h>

static struct diagnostic *report(struct binder *binder, enum diag_code code, struct span span,
                                 const struct slice *args) {
    return diag_add(binder->diagnostics, code, binder->source, span, args);
}

static struct condition *new_condition(struct binder *binder, enum condition_kind kind) {
    struct condition *condition = ARENA_NEW(binder->arena, struct condition);
    condition->kind = kind;
    return condition;
}

/* The owners that may stand before the '.' of a name. */
static const struct {
    const char *word;
    enum condition_of of;
    unsigned from;  /* where it may be used */
    unsigned kinds; /* what it is */
} owners[] = {
    {"source", OF_FROM, ON_FLOW, ON_ELEMENT},
    {"target", OF_TO, ON_FLOW, ON_ELEMENT},
    {"at", OF_AT, ON_CROSSING, ON_PROCESS},
    {"into", OF_INTO, ON_CROSSING, ON_BOUNDARY},
};
#define OWNER_COUNT (sizeof owners / sizeof *owners)

/* Splits `source.kind`; `kinds` becomes the kinds that the owner may be, 0 when there is no such
 * owner here. */
static struct slice find_owner(const struct binder *binder, struct slice name,
                               enum condition_of *of, unsigned *kinds) {
    struct slice rest = name, head;
    *of = OF_SUBJECT;
    *kinds = binder->here;
    if (!slice_has(name, '.') || !slice_cut(&rest, '.', &head))
        return name;
    *kinds = 0;
    if (slice_is(head, "self")) {
        *of = OF_SELF;
        *kinds = binder->subject;
    }
    for (size_t i = 0; i < OWNER_COUNT; i++) {
        if (slice_is(head, owners[i].word) && (binder->here & owners[i].from)) {
            *of = owners[i].of;
            *kinds = owners[i].kinds;
        }
    }
    return rest;
}

static const char *here_in_words(const struct binder *binder) {
    return kind_rows[first_kind(binder->here)].article;
}

/* The attribute of these kinds that has this value: `mfa` is one of `auth`. */
static const struct attribute_row *row_of_value(unsigned kinds, struct slice value) {
    bool safe;
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if ((attribute_rows[i].kinds & kinds) && attribute_rows[i].role != ROLE_NOTE &&
            attribute_rows[i].type == TYPE_WORD && *attribute_rows[i].values &&
            value_is_known((enum attribute_id)i, value, &safe))
            return &attribute_rows[i];
    return NULL;
}

/* Hints at the meaning of a word that means something elsewhere, but not here. False when it means
 * nothing. */
static bool hint_elsewhere(struct binder *binder, struct diagnostic *added, struct slice name,
                           unsigned kinds) {
    const struct attribute_row *row = row_of_value(kinds, name);
    enum attribute_id id = attribute_family(&binder->vocabulary->attributes, name);
    for (size_t i = 0; i < TRUTH_COUNT; i++)
        if (truth_rows[i].of == TRUTH_OF_PATTERN && slice_is(name, truth_rows[i].name)) {
            diag_hint(binder->diagnostics, added, "only the conditions of `tier` know that");
            return true;
        }
    for (; id != ATTRIBUTE_COUNT; id = binder->vocabulary->attributes.next[id])
        if (attribute_rows[id].kinds & kinds) {
            diag_hint(binder->diagnostics, added, "it is a note, and rules read traits and facts");
            return true;
        }
    if (row) {
        diag_hint(binder->diagnostics, added, "write: %s is %.*s", row->name, SLICE_ARGS(name));
        return true;
    }
    row = row_of_value(ON_ANY, name);
    if (row)
        diag_hint(binder->diagnostics, added, "it is a value of `%s`, which is an attribute of %s",
                  row->name, kind_rows[first_kind(row->kinds)].article);
    return row;
}

static struct condition *unknown_word(struct binder *binder, const struct word *word,
                                      unsigned kinds) {
    struct diagnostic *added = report(binder, DIAG_unknown_word, word_span(word),
                                      ARGS(slice_of(here_in_words(binder)), word_text(word)));
    struct slice names[ATTRIBUTE_COUNT + TRUTH_COUNT];
    size_t count = 0;
    if (hint_elsewhere(binder, added, word_text(word), kinds))
        return NULL;
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if ((attribute_rows[i].kinds & kinds) && attribute_rows[i].role != ROLE_NOTE)
            names[count++] = slice_of(attribute_rows[i].name);
    for (size_t i = 0; i < TRUTH_COUNT; i++)
        if (binder->judges || truth_rows[i].of == TRUTH_OF_SPOT)
            names[count++] = slice_of(truth_rows[i].name);
    diag_suggest(binder->diagnostics, added, word_text(word), names, count);
    return NULL;
}

/* Steps through a value: each element of a list, or the value itself. */
static const struct value *first_value(const struct value *value) {
    return value->word.kind == VALUE_LIST ? value_items(value) : value;
}

static const struct value *next_value(const struct value *of, const struct value *value) {
    return of->word.kind == VALUE_LIST ? value->next : NULL;
}

/* A test that compares with values; NULL, and reported, when there are none. */
static struct condition *new_comparison(struct binder *binder, const struct expr *expr,
                                        enum condition_kind kind, enum condition_of of) {
    if (expr->comparison == TEST_BARE) {
        report(binder, DIAG_needs_operator, expr->span, ARGS(word_text(&expr->word)));
        return NULL;
    }
    struct condition *condition = new_condition(binder, kind);
    condition->of = of;
    condition->negated = expr->comparison == TEST_IS_NOT;
    return condition;
}

static void keep_mention(struct binder *binder, const struct word *word, enum attribute_id family,
                         bool is_value) {
    if (binder->uses)
        *ARRAY_ADD(binder->arena, &binder->uses->mentions) =
            (struct mention){word_span(word), binder->decl, family, is_value};
}

/* source is external */
static struct condition *bind_kind(struct binder *binder, const struct expr *expr,
                                   enum condition_of of) {
    struct condition *condition = new_comparison(binder, expr, CONDITION_KIND, of);
    if (!condition)
        return NULL;
    for (const struct value *value = first_value(expr->value); value;
         value = next_value(expr->value, value)) {
        enum kind kind = kind_find(word_text(&value->word));
        if (kind == KIND_COUNT || !kind_in(kind, ON_ELEMENT)) {
            report(binder, DIAG_wrong_subject, word_span(&value->word),
                   ARGS(word_text(&value->word)));
            return NULL;
        }
        keep_mention(binder, &value->word, ATTRIBUTE_COUNT, true);
        condition->kinds |= kind == KIND_EXTERNAL ? ON_EXTERNALS : 1u << kind;
    }
    return condition;
}

/* calls in [1, 2] */
static struct condition *bind_calls(struct binder *binder, const struct expr *expr,
                                    enum condition_of of) {
    struct condition *condition = new_comparison(binder, expr, CONDITION_CALLS, of);
    if (!condition)
        return NULL;
    for (const struct value *value = first_value(expr->value); value;
         value = next_value(expr->value, value)) {
        int number;
        if (!slice_number(word_text(&value->word), &number) || number > 31) {
            report(binder, DIAG_wrong_type, word_span(&value->word),
                   ARGS(SLICE("calls"), SLICE("numbers from 0 to 31")));
            return NULL;
        }
        condition->numbers |= 1u << number;
    }
    return condition;
}

static bool has_safe_value(enum attribute_id id) {
    return strchr(attribute_rows[id].values, '!') != NULL;
}

/* The first row of the family for these kinds that knows the value, or ATTRIBUTE_COUNT: `user` is
 * one thing as the kind of an external entity, another one as `runs_as`. */
static enum attribute_id row_that_knows(const struct binder *binder, enum attribute_id family,
                                        unsigned kinds, struct slice word) {
    bool safe;
    int number;
    enum attribute_id id = family;
    while (id != ATTRIBUTE_COUNT &&
           !((attribute_rows[id].kinds & kinds) &&
             (attribute_rows[id].type == TYPE_NUMBER ? slice_number(word, &number)
                                                     : value_is_known(id, word, &safe))))
        id = binder->vocabulary->attributes.next[id];
    return id;
}

static void report_unmet(struct binder *binder, enum attribute_id family, unsigned kinds,
                         const struct word *word) {
    struct diagnostic *added = report(binder, DIAG_value_never_met, word_span(word),
                                      ARGS(word_text(word), slice_of(attribute_rows[family].name)));
    for (enum attribute_id id = family; id != ATTRIBUTE_COUNT && !added->hint.length;
         id = binder->vocabulary->attributes.next[id])
        if ((attribute_rows[id].kinds & kinds) && attribute_rows[id].type != TYPE_NUMBER)
            hint_values(binder->diagnostics, added, id, word_text(word));
}

/* A number, and what no row knows, is a word for itself. */
static symbol compared_symbol(struct binder *binder, enum attribute_id id, struct slice word) {
    bool has_values = id != ATTRIBUTE_COUNT && attribute_rows[id].type != TYPE_NUMBER;
    return has_values ? value_symbol(binder->arena, binder->vocabulary, id, word)
                      : word_symbol(binder->arena, binder->vocabulary, word);
}

/* Whether a test can hold, and whether it can fail, by the values that this row can have. */
static void try_values(const struct vocabulary *vocabulary, const struct condition *test,
                       enum attribute_id id, bool *holds, bool *fails) {
    const char *rest = attribute_rows[id].values;
    struct slice value;
    bool safe;
    *holds = !*rest || attribute_rows[id].type == TYPE_NUMBER || test->kind == CONDITION_STATED;
    *fails = *holds || attribute_takes_list(attribute_rows[id].type);
    while (!(*holds && *fails) && attribute_next_value(&rest, &value, &safe)) {
        bool met = test->kind == CONDITION_SAFE
                       ? safe
                       : condition_names(vocabulary, test, value) != test->negated;
        *holds |= met;
        *fails |= !met;
    }
}

/* Once, and not at each subject of a model. No kind has two rows of a family. */
static void find_prospects(const struct vocabulary *vocabulary, struct condition *test) {
    for (enum attribute_id id = test->family; id != ATTRIBUTE_COUNT;
         id = vocabulary->attributes.next[id]) {
        unsigned kinds = attribute_rows[id].kinds;
        bool holds, fails;
        try_values(vocabulary, test, id, &holds, &fails);
        test->may_hold |= holds ? kinds : 0;
        test->may_fail |= fails ? kinds : 0;
    }
}

static struct condition *bind_comparison(struct binder *binder, const struct expr *expr,
                                         struct condition *condition, unsigned kinds) {
    ARRAY_OF(symbol) words = {0};
    condition->kind = CONDITION_VALUE;
    condition->negated = expr->comparison == TEST_IS_NOT;
    for (const struct value *value = first_value(expr->value); value;
         value = next_value(expr->value, value)) {
        keep_mention(binder, &value->word, condition->family, true);
        struct slice word = word_text(&value->word);
        enum attribute_id id = row_that_knows(binder, condition->family, kinds, word);
        if (id == ATTRIBUTE_COUNT) {
            report_unmet(binder, condition->family, kinds, &value->word);
            condition->reported = true;
        }
        *ARRAY_ADD(binder->arena, &words) = compared_symbol(binder, id, word);
    }
    condition->words = words.items;
    condition->word_count = words.count;
    find_prospects(binder->vocabulary, condition);
    return condition;
}

static struct condition *bind_attribute(struct binder *binder, const struct expr *expr,
                                        struct slice name, enum condition_of of, unsigned kinds) {
    enum attribute_id id = attribute_family(&binder->vocabulary->attributes, name), fits = id;
    while (fits != ATTRIBUTE_COUNT &&
           (!(attribute_rows[fits].kinds & kinds) || attribute_rows[fits].role == ROLE_NOTE))
        fits = binder->vocabulary->attributes.next[fits];
    if (fits == ATTRIBUTE_COUNT)
        return unknown_word(binder, &expr->word, kinds);
    keep_mention(binder, &expr->word, id, false);
    struct condition *condition = new_condition(binder, CONDITION_SAFE);
    condition->of = of;
    condition->family = id;
    if (expr->comparison != TEST_BARE)
        return bind_comparison(binder, expr, condition, kinds);
    if (*attribute_rows[fits].values == '\0' || attribute_takes_list(attribute_rows[fits].type)) {
        condition->kind = CONDITION_STATED;
    } else if (!has_safe_value(fits)) {
        report(binder, DIAG_needs_operator, expr->span, ARGS(word_text(&expr->word)));
        return NULL;
    }
    find_prospects(binder->vocabulary, condition);
    return condition;
}

static struct condition *bind_truth(struct binder *binder, const struct expr *expr,
                                    enum truth truth, enum condition_of of) {
    bool about_pattern = truth_rows[truth].of == TRUTH_OF_PATTERN;
    if (about_pattern && !binder->judges)
        return unknown_word(binder, &expr->word, 0);
    if (expr->comparison != TEST_BARE) {
        struct diagnostic *added =
            report(binder, DIAG_unknown_word, word_span(&expr->word),
                   ARGS(slice_of(here_in_words(binder)), word_text(&expr->word)));
        diag_hint(binder->diagnostics, added, "it is true or not: no operator, no value");
        return NULL;
    }
    struct condition *condition = new_condition(binder, CONDITION_TRUTH);
    condition->of = of;
    condition->truth = truth;
    return condition;
}

static struct condition *bind_test(struct binder *binder, const struct expr *expr) {
    enum condition_of of;
    unsigned kinds;
    struct slice name = find_owner(binder, word_text(&expr->word), &of, &kinds);
    if (!kinds)
        return unknown_word(binder, &expr->word, binder->here);
    for (size_t i = 0; i < OWNER_COUNT && of == OF_SUBJECT; i++)
        if (slice_is(name, owners[i].word) && owners[i].kinds == ON_ELEMENT &&
            (binder->here & owners[i].from))
            return bind_kind(binder, expr, owners[i].of);
    if (slice_is(name, "calls") && (kinds & (unsigned)ON_SUBJECT))
        return bind_calls(binder, expr, of);
    for (size_t i = 0; i < TRUTH_COUNT && (kinds & (unsigned)ON_SUBJECT); i++)
        if (slice_is(name, truth_rows[i].name))
            return bind_truth(binder, expr, (enum truth)i, of);
    return bind_attribute(binder, expr, name, of, kinds);
}

static int find_word(const char *const *words, size_t count, struct slice word) {
    for (size_t i = 0; i < count; i++)
        if (slice_is(word, words[i]))
            return (int)i;
    return -1;
}

static struct condition *bind_quantifier(struct binder *binder, const struct expr *expr) {
    static const char *const ranges[] = {"flow", "incoming", "outgoing", "called", "calling"};
    static const char *const quantifiers[] = {"any", "all", "no"};
    int range = find_word(ranges, sizeof ranges / sizeof *ranges, word_text(&expr->range));
    if (range < 0 || (binder->here & ~(unsigned)ON_ELEMENT)) {
        report(binder, DIAG_wrong_quantifier, word_span(&expr->range),
               ARGS(word_text(&expr->range)));
        return NULL;
    }
    struct condition *condition = new_condition(binder, CONDITION_QUANTIFIER);
    condition->range = (enum flow_range)range;
    condition->quantifier = (enum quantifier)find_word(quantifiers, 3, word_text(&expr->word));
    struct binder inside = *binder;
    inside.here = ON_FLOW;
    condition->parts = bind_condition(&inside, expr->parts);
    return condition->parts ? condition : NULL;
}

static struct condition *bind_joined(struct binder *binder, const struct expr *expr) {
    struct condition *condition = new_condition(binder, expr->kind == EXPR_AND  ? CONDITION_AND
                                                        : expr->kind == EXPR_OR ? CONDITION_OR
                                                                                : CONDITION_NOT);
    struct condition **end = &condition->parts;
    bool whole = true;
    for (const struct expr *part = expr->parts; part; part = part->next) {
        *end = bind_condition(binder, part);
        whole &= *end != NULL;
        if (*end)
            end = &(*end)->next;
    }
    return whole ? condition : NULL;
}

struct condition *bind_condition(struct binder *binder, const struct expr *expr) {
    struct condition *condition = expr->kind == EXPR_TEST         ? bind_test(binder, expr)
                                  : expr->kind == EXPR_QUANTIFIER ? bind_quantifier(binder, expr)
                                                                  : bind_joined(binder, expr);
    if (condition)
        condition->span = expr->span;
    return condition;
}
