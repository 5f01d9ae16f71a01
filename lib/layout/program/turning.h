/* See turning.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_TURNING_H
#define PROGRAM_TURNING_H

#include "network.h"
#include "ways.h"

/* By link: whether it is laid out the other way round than in the DOT. */
bool *choose_turned(const struct network *network, enum turning turning);

#endif
