/* The commands that decide a question, as they are typed in a shell. */
// SPDX-License-Identifier: MIT
#ifndef CLI_WAYS_H
#define CLI_WAYS_H

#include "stridec.h"

/* Called with each command; false: no more. */
typedef bool way_taker(void *context, const char *command);
/* Each decides it alone: records a threat, dismisses, confirms what was decided before, states a
 * fact that settles it. */
void for_each_way(stridec *compilation, const char *path, const stridec_question *question,
                  way_taker *take, void *context);

/* Called for the commands of each group, with what is before and after them. */
struct group_taker {
    void (*begin)(void *context), (*end)(void *context);
    way_taker *take;
    void *context;
};
/* Whether facts can settle it that do so only together. */
bool has_groups(stridec *compilation, const stridec_question *question);
/* The first such facts: one of each group, stated together, settles it. */
void for_each_group(stridec *compilation, const char *path, const stridec_question *question,
                    const struct group_taker *taker);

#endif
