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

static void take_facts(stridec *compilation, const char *path, const stridec_question *question,
                       way_taker *take, void *context) {
    stridec_fact fact = {.size = sizeof fact};
    bool more = question->pattern != STRIDEC_NO_PATTERN;
    for (size_t i = 0;
         more && stridec_fact_at(compilation, question->row, question->pattern, i, &fact); i++) {
        if (fact.joins || !fact.value_count)
            continue;
        const char *const words[] = {fact.id, fact.attribute, fact.values[0], NULL};
        more = take_command("state", path, words, "", take, context);
    }
}

void for_each_way(stridec *compilation, const char *path, const stridec_question *question,
                  way_taker *take, void *context) {
    const char *const id[] = {question->id, NULL}, *const before[] = {question->before_id, NULL};
    if (*question->before_id && !take_command("confirm", path, before, "", take, context))
        return;
    if (take_command("add", path, id, "", take, context) &&
        take_command("dismiss", path, id, " --reason \"...\"", take, context))
        take_facts(compilation, path, question, take, context);
}
