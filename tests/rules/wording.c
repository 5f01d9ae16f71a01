/* Conditions as text again, for the list of mutants. */
// SPDX-License-Identifier: MIT
#include "mutants.h"

static const char *const owners[] = {
    [OF_SUBJECT] = "",  [OF_SELF] = "self", [OF_FROM] = "source",
    [OF_TO] = "target", [OF_AT] = "at",     [OF_INTO] = "into",
};

static void write_name(struct writer *writer, const struct condition *condition, const char *name) {
    write_format(writer, "%s%s%s", owners[condition->of], *owners[condition->of] ? "." : "", name);
}

/* "is a", "in [a, b]" */
static void write_values(struct writer *writer, const struct condition *condition,
                         const struct slice *values, size_t count) {
    write_string(writer, condition->negated ? " is not " : count > 1 ? " in [" : " is ");
    for (size_t i = 0; i < count; i++)
        write_format(writer, "%s%.*s", i ? ", " : "", SLICE_ARGS(values[i]));
    write_string(writer, count > 1 && !condition->negated ? "]" : "");
}

static void write_kinds(struct writer *writer, const struct condition *condition) {
    struct slice words[KIND_COUNT];
    size_t count = 0;
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        if (kind_in((enum kind)kind, condition->kinds) && kind != KIND_ACTOR)
            words[count++] = slice_of(kind_rows[kind].word);
    write_string(writer, owners[condition->of]);
    write_values(writer, condition, words, count);
}

static void write_numbers(struct writer *writer, const struct condition *condition) {
    static const char digits[] = "0\0001\0002\0003\0004\0005\0006\0007\0008\0009";
    struct slice words[10];
    size_t count = 0;
    for (size_t i = 0; i < 10; i++)
        if (condition->numbers >> i & 1)
            words[count++] = (struct slice){&digits[2 * i], 1};
    write_name(writer, condition, "calls");
    write_values(writer, condition, words, count);
}

static void write_words(struct writer *writer, const struct vocabulary *vocabulary,
                        const struct condition *condition) {
    enum { MOST = 32 };
    struct slice words[MOST];
    size_t count = condition->word_count < MOST ? condition->word_count : MOST;
    for (size_t i = 0; i < count; i++)
        words[i] = symbol_word(vocabulary, condition->words[i]);
    write_name(writer, condition, attribute_rows[condition->family].name);
    write_values(writer, condition, words, count);
}

static void write_parts(struct writer *writer, const struct vocabulary *vocabulary,
                        const struct condition *condition) {
    const char *between = condition->kind == CONDITION_AND ? " and " : " or ";
    for (const struct condition *part = condition->parts; part; part = part->next) {
        bool bracket = part->kind == CONDITION_AND || part->kind == CONDITION_OR;
        write_string(writer, bracket ? "( " : "");
        write_condition(writer, vocabulary, part);
        write_string(writer, bracket ? " )" : "");
        write_string(writer, part->next ? between : "");
    }
}

static void write_quantifier(struct writer *writer, const struct vocabulary *vocabulary,
                             const struct condition *condition) {
    static const char *const quantifiers[] = {"any", "all", "no"};
    static const char *const ranges[] = {"flow", "incoming", "outgoing", "called", "calling"};
    write_format(writer, "%s %s ( ", quantifiers[condition->quantifier], ranges[condition->range]);
    write_condition(writer, vocabulary, condition->parts);
    write_string(writer, " )");
}

void write_condition(struct writer *writer, const struct vocabulary *vocabulary,
                     const struct condition *condition) {
    switch (condition->kind) {
    case CONDITION_NOT:
        write_string(writer, "not ");
        write_parts(writer, vocabulary, condition);
        break;
    case CONDITION_AND:
    case CONDITION_OR:
        write_parts(writer, vocabulary, condition);
        break;
    case CONDITION_QUANTIFIER:
        write_quantifier(writer, vocabulary, condition);
        break;
    case CONDITION_TRUTH:
        write_name(writer, condition, truth_rows[condition->truth].name);
        break;
    case CONDITION_CALLS:
        write_numbers(writer, condition);
        break;
    case CONDITION_KIND:
        write_kinds(writer, condition);
        break;
    case CONDITION_VALUE:
        write_words(writer, vocabulary, condition);
        break;
    default:
        write_name(writer, condition, attribute_rows[condition->family].name);
    }
}

/* Where the operator stands: the parts on both sides of it. */
static void write_swap(struct writer *writer, const struct vocabulary *vocabulary,
                       const struct mutant *mutant) {
    const struct condition *part = mutant->target->parts;
    for (size_t i = 1; i < mutant->place; i++)
        part = part->next;
    bool and = mutant->target->kind == CONDITION_AND;
    write_format(writer, "%s -> %s between `", and? "and" : "or", and? "or" : "and");
    write_condition(writer, vocabulary, part);
    write_string(writer, "` and `");
    write_condition(writer, vocabulary, part->next);
    write_string(writer, "`");
}

static void write_lost_value(struct writer *writer, const struct vocabulary *vocabulary,
                             const struct mutant *mutant) {
    const struct condition *target = mutant->target;
    struct condition alone = *target;
    struct condition *test = &alone;
    test->negated = false;
    if (target->kind == CONDITION_KIND) {
        test->kinds = mutant->kind;
    } else if (target->kind == CONDITION_CALLS) {
        test->numbers = 1u << mutant->place;
    } else {
        test->words = &target->words[mutant->place];
        test->word_count = 1;
    }
    write_string(writer, "without `");
    write_condition(writer, vocabulary, test);
    write_string(writer, "` in `");
    write_condition(writer, vocabulary, target);
    write_string(writer, "`");
}

void write_mutant(struct writer *writer, const struct vocabulary *vocabulary,
                  const struct mutant *mutant) {
    write_string(writer, mutant->unless ? "unless: " : "when: ");
    if (mutant->mutation == MUTATION_SWAPPED) {
        write_swap(writer, vocabulary, mutant);
    } else if (mutant->mutation == MUTATION_VALUE) {
        write_lost_value(writer, vocabulary, mutant);
    } else {
        write_string(writer, mutant->mutation == MUTATION_NEGATED ? "negated `" : "dropped `");
        write_condition(writer, vocabulary, mutant->target);
        write_string(writer, "`");
    }
}
