/* Finds what someone who mistyped a command, an option or a value probably meant. */
// SPDX-License-Identifier: MIT
#include "options.h"

#include <string.h>

#define LONGEST_WORD 32

struct guess guess_begin(const char *word, size_t length) {
    return (struct guess){.word = word, .length = length, .distance = length / 3 + 1};
}

/* The number of letters to insert, delete or replace, or neighbours to swap; both words are short.
 */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length) {
    size_t at[LONGEST_WORD + 1][LONGEST_WORD + 1];
    for (size_t i = 0; i <= a_length; i++)
        at[i][0] = i;
    for (size_t j = 0; j <= b_length; j++)
        at[0][j] = j;
    for (size_t i = 1; i <= a_length; i++)
        for (size_t j = 1; j <= b_length; j++) {
            size_t best = at[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (at[i - 1][j] + 1 < best)
                best = at[i - 1][j] + 1;
            if (at[i][j - 1] + 1 < best)
                best = at[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                at[i - 2][j - 2] + 1 < best)
                best = at[i - 2][j - 2] + 1;
            at[i][j] = best;
        }
    return at[a_length][b_length];
}

void guess_try(struct guess *guess, const char *candidate) {
    size_t length = strlen(candidate);
    if (guess->length > LONGEST_WORD || length > LONGEST_WORD)
        return;
    size_t distance = edit_distance(guess->word, guess->length, candidate, length);
    /* A word of which nothing is left is no guess. */
    if (distance < guess->distance && distance < guess->length) {
        guess->distance = distance;
        guess->best = candidate;
    }
}
