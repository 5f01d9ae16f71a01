/* Says how much is left to decide. The gate asks for tier 1 only, so a team has to be told when
 * that is done and the rest is not. */
// SPDX-License-Identifier: MIT
#include "left.h"

#include "terminal.h"

#include <string.h>

struct left count_left(stridec *compilation) {
    struct left left = {.pending = stridec_question_count(compilation)};
    stridec_question question = {.size = sizeof question};
    while (stridec_question_at(compilation, left.first, &question) && question.tier == 1)
        left.first++; /* they come first */
    return left;
}

void tell_first_is_decided(struct left left, const char *path) {
    puts("Tier 1 is decided: the gate asks for no more questions.");
    if (left.pending)
        printf("%zu of tiers 2 and 3 %s left. ", left.pending, left.pending == 1 ? "is" : "are");
    fputs("`stridec check --gate ", stdout);
    print_argument(stdout, path);
    puts("`\nsays what else is missing.");
}

void print_model_arguments(FILE *stream, const struct invocation *run, const char *path) {
    for (size_t i = 0; i < run->rules.count; i++) {
        fputs("--rules ", stream);
        print_argument(stream, run->rules.at[i]);
        putc(' ', stream);
    }
    print_argument(stream, path);
}

void tell_more(struct left left, int tier, const char *path) {
    size_t more = left.pending - 1, first = left.first - (tier == 1);
    if (!left.first)
        tell_first_is_decided(left, path);
    else if (more)
        printf("%zu more %s pending, %zu of them in tier 1.\n", more,
               more == 1 ? "question is" : "questions are", first);
    else
        puts("It is the last one.");
}

bool threat_is_asleep(const char *state) {
    return strcmp(state, "asleep") == 0;
}

bool threat_is_open(const char *state) {
    return strcmp(state, "mitigated") != 0 && strcmp(state, "accepted") != 0 &&
           !threat_is_asleep(state);
}
