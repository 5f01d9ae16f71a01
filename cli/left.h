/* How much is left to decide, and what of it the gate asks for. */
// SPDX-License-Identifier: MIT
#ifndef CLI_LEFT_H
#define CLI_LEFT_H

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
/* Whether a threat in this state needs nothing more to be done. */
bool threat_is_settled(const char *state);

#endif
