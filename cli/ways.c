/* Words of others are quoted, so that the shell takes them as they are. */
// SPDX-License-Identifier: MIT
#include "ways.h"

#include "text.h"

#include <string.h>

static bool is_plain(const char *word) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "_@%+=:,./-";
    return *word && word[strspn(word, plain)] == 0;
}

static void add_word(struct text *command, const char *word) {
    text_append(command, " ", command->length > 0);
    if (is_plain(word)) {
        text_append(command, word, strlen(word));
        return;
    }
    text_append(command, "'", 1);
    for (; *word; word++)
        if (*word == '\'')
            text_append(command, "'\\''", 4);
        else
            text_append(command, word, 1);
    text_append(command, "'", 1);
}

/* stridec triage VERB FILE and the words, up to NULL. */
static bool take_command(const char *verb, const char *path, const char *const *words,
                         const char *rest, way_taker *take, void *context) {
    struct text command = {0};
    add_word(&command, "stridec");
    add_word(&command, "triage");
    add_word(&command, verb);
    add_word(&command, path);
    for (; *words; words++)
        add_word(&command, *words);
    text_append(&command, rest, strlen(rest));
    bool more = take(context, command.at);
    text_free(&command);
    return more;
}

/* ---- facts ------------------------------------------------------------------------------- */

struct facts {
    stridec *compilation;
    const stridec_question *question;
};

static bool fact_at(const struct facts *facts, size_t index, stridec_fact *fact) {
    *fact = (stridec_fact){.size = sizeof *fact};
    return facts->question->pattern != STRIDEC_NO_PATTERN &&
           stridec_fact_at(facts->compilation, facts->question->row, facts->question->pattern,
                           index, fact);
}

static bool is_joined_by(const stridec_fact *fact, const char *word) {
    return fact->joins && strcmp(fact->joins, word) == 0;
}

/* The next part of the same whole as `index`, from there on; false after the last one. */
static bool part_at(const struct facts *facts, size_t *index, size_t depth, stridec_fact *part) {
    for (; fact_at(facts, *index, part) && part->depth >= depth; ++*index)
        if (part->depth == depth)
            return true;
    return false;
}

static bool take_fact(const char *path, const stridec_fact *fact, way_taker *take, void *context) {
    if (!fact->value_count)
        return true;
    const char *const words[] = {fact->id, fact->attribute, fact->values[0], NULL};
    return take_command("state", path, words, "", take, context);
}

/* Those that are enough alone: the only one, or those of an `or`. */
static bool take_facts(const struct facts *facts, const char *path, size_t whole, way_taker *take,
                       void *context) {
    stridec_fact fact, part;
    if (!fact_at(facts, whole, &fact) || is_joined_by(&fact, "and"))
        return true;
    if (!fact.joins)
        return take_fact(path, &fact, take, context);
    for (size_t i = whole + 1; part_at(facts, &i, fact.depth + 1, &part); i++)
        if (!part.joins && !take_fact(path, &part, take, context))
            return false;
    return true;
}

/* What needs several: the whole, or the first such of an `or` that is the whole. */
static bool find_several(const struct facts *facts, size_t whole, size_t *several) {
    stridec_fact fact, part;
    *several = whole;
    if (!fact_at(facts, whole, &fact) || !fact.joins)
        return false;
    if (is_joined_by(&fact, "and"))
        return true;
    for (*several = whole + 1; part_at(facts, several, fact.depth + 1, &part); ++*several)
        if (part.joins)
            return true;
    return false;
}

/* Where no single fact of a part is enough, its own groups take the place of its group. */
static void take_groups(const struct facts *facts, const char *path, size_t whole,
                        const struct group_taker *taker) {
    stridec_fact fact, part;
    if (!fact_at(facts, whole, &fact))
        return;
    for (size_t i = whole + 1; part_at(facts, &i, fact.depth + 1, &part); i++) {
        stridec_fact first;
        size_t nested;
        bool is_single = !part.joins;
        for (size_t j = i + 1; !is_single && part_at(facts, &j, part.depth + 1, &first); j++)
            is_single = !first.joins;
        if (!is_single && find_several(facts, i, &nested)) {
            take_groups(facts, path, nested, taker);
            continue;
        }
        taker->begin(taker->context);
        take_facts(facts, path, i, taker->take, taker->context);
        taker->end(taker->context);
    }
}

/* ---- all --------------------------------------------------------------------------------- */

void for_each_way(stridec *compilation, const char *path, const stridec_question *question,
                  way_taker *take, void *context) {
    const char *const id[] = {question->id, NULL}, *const before[] = {question->before_id, NULL};
    const struct facts facts = {compilation, question};
    if (*question->before_id && !take_command("confirm", path, before, "", take, context))
        return;
    if (take_command("add", path, id, "", take, context) &&
        take_command("dismiss", path, id, " --reason \"...\"", take, context))
        take_facts(&facts, path, 0, take, context);
}

bool has_groups(stridec *compilation, const stridec_question *question) {
    const struct facts facts = {compilation, question};
    size_t several;
    return find_several(&facts, 0, &several);
}

void for_each_group(stridec *compilation, const char *path, const stridec_question *question,
                    const struct group_taker *taker) {
    const struct facts facts = {compilation, question};
    size_t several;
    if (find_several(&facts, 0, &several))
        take_groups(&facts, path, several, taker);
}
