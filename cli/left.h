/* How much is left to decide, and what of it the gate asks for. */
// SPDX-License-Identifier: MIT
#ifndef CLI_LEFT_H
#define CLI_LEFT_H

#include "options.h"
#include "stridec.h"

struct left {
    size_t pending, first; /* in all, and in tier 1 */
};

struct left count_left(stridec *compilation);
/* "24 more are pending, 11 of them in tier 1", or that tier 1 is decided, for those who see one of
 * these questions now. */
void tell_more(struct left left, int tier, const char *path);
/* That the gate asks for no more questions, in a sentence or three. */
void tell_first_is_decided(struct left left, const char *path);
/* Whether something is left to be done about a threat in this state. */
bool threat_is_open(const char *state);
/* What it is about is out of scope: neither open nor settled, and told apart from both. */
bool threat_is_asleep(const char *state);

/* The model, and the packs that the run was given, as a command takes them. */
void print_model_arguments(FILE *stream, const struct invocation *run, const char *path);

#endif
