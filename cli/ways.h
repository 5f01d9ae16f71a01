/* The commands that decide a question, as they are typed in a shell. */
// SPDX-License-Identifier: MIT
#ifndef CLI_WAYS_H
#define CLI_WAYS_H

#include "stridec.h"

/* Called with each command; false: no more. */
typedef bool way_taker(void *context, const char *command);
/* Records a threat, dismisses, confirms what was decided before, states a fact that settles it. */
void for_each_way(stridec *compilation, const char *path, const stridec_question *question,
                  way_taker *take, void *context);

#endif
